/**
 * Rules for the keywords that OpenAPI adds to JSON Schema: `discriminator`, `xml`, `externalDocs`.
 */
import { diagnostic } from '../../../diagnostics.ts';
import { suggest } from '../../../suggest.ts';
import { childOf, placeOf } from '../../document/node.ts';
import { isObject, own, setOwn } from '../../record.ts';
import { checkKeyword } from '../keywords.ts';
import type { Lifting, Rules } from '../lifting.ts';

export const openapiRules: Rules = {
  discriminator,
  xml: describing({ name: 'text', namespace: 'text', prefix: 'text', attribute: 'flag', wrapped: 'flag' }),
  externalDocs: describing({ description: 'text', url: 'text' }),
};

function discriminator(lifting: Lifting, value: unknown) {
  // As in Swagger 2.0, and in RAML.
  if (typeof value === 'string') {
    lifting.report('schema-questionable', '"discriminator" is an object, since OpenAPI 3.0.', 'discriminator', {
      hint: `write { propertyName: ${value} }`,
    });
    return lifting.set('discriminator', { propertyName: value });
  }
  if (!isObject(value)) return lifting.invalid('discriminator', value, 'an object with "propertyName"');
  checkKeys(lifting, 'discriminator', value, ['propertyName', 'mapping']);
  const property = own(value, 'propertyName');
  if (typeof property === 'string') checkProperty(lifting, property);
  else {
    lifting.report('schema-invalid', '"discriminator" needs "propertyName".', 'discriminator', {
      key: true,
      hint: 'add the name of the property that tells the forms apart',
    });
  }
  const mapping = own(value, 'mapping');
  lifting.set('discriminator', isObject(mapping) ? { ...value, mapping: led(lifting, mapping) } : value);
}

/** Only where it was misspelt: a form may declare the property where it is not seen here. */
function checkProperty({ source, node, context }: Lifting, name: string) {
  const properties = own(source, 'properties');
  if (!isObject(properties) || Object.hasOwn(properties, name)) return;
  const near = suggest(name, Object.keys(properties));
  if (near === undefined) return;
  context.registry.report(
    diagnostic('undeclared-property', `The discriminator names a property "${name}", and there is none.`, {
      at: placeOf(childOf(node, 'discriminator', 'propertyName')),
      hint: `did you mean "${near}"?`,
    }),
  );
}

/** The mapping with its names and references led into `$defs`. */
function led(lifting: Lifting, mapping: Readonly<Record<string, unknown>>) {
  const found: Record<string, unknown> = {};
  for (const [name, target] of Object.entries(mapping)) {
    if (typeof target !== 'string') {
      lifting.invalid('discriminator', target, 'names of schemas in its mapping');
      continue;
    }
    const isName = /^[A-Za-z0-9._-]+$/.test(target) && !/\.(json|ya?ml)$/.test(target);
    const reference = isName ? `#/components/schemas/${target}` : target;
    const node = childOf(lifting.node, 'discriminator', 'mapping', name);
    setOwn(found, name, lifting.context.registry.refer(reference, node, lifting.context) ?? target);
  }
  return found;
}

/** Objects that say something to people and other programs, and are kept as they are. */
function describing(fields: Readonly<Record<string, 'text' | 'flag'>>) {
  return (lifting: Lifting, value: unknown, keyword: string) => {
    lifting.set(keyword, value);
    if (!isObject(value)) return lifting.invalid(keyword, value, 'an object');
    checkKeys(lifting, keyword, value, Object.keys(fields));
    for (const [name, kind] of Object.entries(fields)) {
      const checked = Object.hasOwn(value, name) ? checkKeyword(kind, own(value, name)) : { value };
      const hint = 'expected' in checked ? undefined : checked.repaired;
      if (!('expected' in checked) && hint === undefined) continue;
      const expected = kind === 'text' ? 'a text' : 'true or false';
      lifting.report('schema-questionable', `"${name}" of "${keyword}" is ${expected}.`, keyword, {
        node: childOf(lifting.node, keyword, name),
        hint,
      });
    }
  };
}

function checkKeys(lifting: Lifting, keyword: string, value: object, known: readonly string[]) {
  for (const key of Object.keys(value)) {
    if (known.includes(key) || /^(x-|_)/.test(key)) continue;
    const near = suggest(key, known) ?? known.find((name) => name.startsWith(key));
    lifting.report('unknown-key', `"${key}" is no key of "${keyword}".`, keyword, {
      node: childOf(lifting.node, keyword, key),
      key: true,
      severity: 'warning',
      hint: near ? `did you mean "${near}"?` : `one of ${known.join(', ')}`,
    });
  }
}
