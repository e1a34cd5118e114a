/**
 * Rules for keywords about objects and arrays.
 */
import { childOf } from '../../document/library.ts';
import { isObject, own, setOwn } from '../../record.ts';
import type { Lifting, Rules } from '../lifting.ts';
import { patternFault, unicodePattern } from '../pattern.ts';

export const objectRules: Rules = {
  properties,
  required,
  patternProperties,
  items,
  // Read together with `items`: alone, or beside a single schema for all items, it has no effect.
  additionalItems: () => {},
  dependencies,
  dependentRequired: dependencies,
};

function properties(lifting: Lifting, value: unknown) {
  lifting.set('properties', lifting.map('properties', value));
  if (!isObject(value)) return;
  for (const [name, property] of Object.entries(value)) {
    if (!isObject(property) || own(property, 'required') !== true) continue;
    lifting.required.add(name);
  }
}

function required(lifting: Lifting, value: unknown) {
  if (typeof value === 'boolean') return requiredFlag(lifting);
  const names = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(names)) return lifting.invalid('required', value, 'a list of property names');
  if (typeof value === 'string') {
    lifting.report('schema-questionable', '"required" is a list of property names.', 'required', {
      hint: `write [${value}]`,
    });
  }
  for (const [index, name] of names.entries()) {
    if (typeof name === 'string') lifting.required.add(name);
    else lifting.invalid('required', name, 'names of properties', { node: childOf(lifting.node, 'required', index) });
  }
}

/** Draft 3 says on the property that it is required; the object above collects it. */
function requiredFlag(lifting: Lifting) {
  if (lifting.context.dialect === 'draft-03') return;
  lifting.report(
    'schema-questionable',
    '"required" is a list of property names on the object, since draft 4.',
    'required',
    {
      hint: 'list the property in "required" of the object that has it',
    },
  );
}

function patternProperties(lifting: Lifting, value: unknown) {
  const map = lifting.map('patternProperties', value);
  if (!map) return;
  const led: Record<string, unknown> = {};
  for (const [pattern, schema] of Object.entries(map)) {
    const unicode = unicodePattern(pattern);
    if (unicode !== undefined) setOwn(led, unicode, schema);
    else
      lifting.invalid('patternProperties', pattern, 'regular expressions as keys', {
        node: childOf(lifting.node, 'patternProperties', pattern),
        hint: patternFault(pattern),
        code: 'invalid-pattern',
      });
  }
  lifting.set('patternProperties', led);
}

function items(lifting: Lifting, value: unknown) {
  if (!Array.isArray(value)) return lifting.set('items', lifting.lift('items'));
  if (lifting.context.dialect === '2020-12') {
    lifting.report('schema-questionable', '"items" is one schema for all items, since 2020-12.', 'items', {
      hint: 'write "prefixItems" for a list of schemas',
    });
  }
  const schemas = value.map((_, index) =>
    lifting.liftNode(childOf(lifting.node, 'items', index), lifting.below('prefixItems', index)),
  );
  if (schemas.length > 0) lifting.set('prefixItems', schemas);
  if (Object.hasOwn(lifting.source, 'additionalItems')) lifting.set('items', lifting.lift('additionalItems', 'items'));
}

function dependencies(lifting: Lifting, value: unknown, keyword: string) {
  if (!isObject(value)) return lifting.invalid(keyword, value, 'an object');
  const required: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (const [name, dependency] of Object.entries(value)) {
    const node = childOf(lifting.node, keyword, name);
    const names = typeof dependency === 'string' ? [dependency] : dependency;
    if (Array.isArray(names)) setOwn(required, name, [...new Set(names.map(String))]);
    else if (keyword === 'dependencies')
      setOwn(schemas, name, lifting.liftNode(node, lifting.below('dependentSchemas', name)));
    else lifting.invalid(keyword, dependency, 'lists of property names', { node });
  }
  if (Object.keys(required).length > 0) lifting.set('dependentRequired', required);
  if (Object.keys(schemas).length > 0) lifting.set('dependentSchemas', schemas);
}
