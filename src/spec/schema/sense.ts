/**
 * Schemas that are valid and make no sense: limits that exclude each other, defaults that do not fit, required
 * properties that nobody declares, patterns that take for ever, versions of JSON Schema that do not exist.
 */
import { mayExplode } from '../../slow-pattern.ts';
import { suggest } from '../../suggest.ts';
import { childOf } from '../document/library.ts';
import { stepsOf } from '../pointer.ts';
import { isObject, own } from '../record.ts';
import { isKnownDraft } from './dialect.ts';
import type { Lifting } from './lifting.ts';
import { impossibleRange } from './limits.ts';
import { checkRamsesSettings } from './ramses.ts';

export function checkSense(lifting: Lifting): void {
  const range = impossibleRange(lifting.source);
  if (range) {
    lifting.report('impossible-range', range.message, range.lower, {
      key: true,
      hint: 'swap the two',
      severity: 'warning',
    });
  }
  checkDraft(lifting);
  checkPattern(lifting);
  checkValues(lifting);
  checkRequired(lifting);
  checkRamsesSettings(lifting);
}

function checkDraft(lifting: Lifting): void {
  const draft = own(lifting.source, '$schema');
  if (typeof draft !== 'string' || isKnownDraft(draft)) return;
  lifting.report('unknown-draft', `"${draft}" is no version of JSON Schema.`, '$schema', {
    hint: 'e.g. "http://json-schema.org/draft-07/schema#"',
  });
}

function checkPattern(lifting: Lifting): void {
  const pattern = own(lifting.source, 'pattern');
  if (typeof pattern !== 'string' || !mayExplode(pattern)) return;
  lifting.report('slow-pattern', SLOW_PATTERN.message, 'pattern', { hint: SLOW_PATTERN.hint });
}

/** Also for patterns of RAML. */
export const SLOW_PATTERN = {
  message: 'This pattern may take for ever: it repeats a group that holds a repetition or a choice.',
  hint: 'write it without a repetition inside of another; requests are checked against it for 100 ms at most',
} as const;

function checkValues(lifting: Lifting): void {
  const { source } = lifting;
  const types = typesOf(own(source, 'type'));
  const values = own(source, 'enum');
  const allowed = Array.isArray(values) ? values : undefined;
  for (const [index, value] of (types ? (allowed ?? []) : []).entries()) {
    if (!types || fits(value, types) || (value === null && own(source, 'nullable') === true)) continue;
    const node = childOf(lifting.node, 'enum', index);
    lifting.report('value-mismatch', `${shown(value)} of "enum" is not of type ${types.join(' or ')}.`, 'enum', {
      node,
    });
  }
  if (!Object.hasOwn(source, 'default')) return;
  const value = own(source, 'default');
  if (value === null) return;
  if (types && !fits(value, types)) {
    lifting.report(
      'value-mismatch',
      `The default ${shown(value)} is not of type ${types.join(' or ')}.`,
      'default',
      {},
    );
  } else if (allowed && typeof value === 'string' && !allowed.includes(value)) {
    const near = suggest(
      value,
      allowed.filter((item) => typeof item === 'string'),
    );
    lifting.report('value-mismatch', `The default ${shown(value)} is none of the values of "enum".`, 'default', {
      hint: near && `did you mean "${near}"?`,
    });
  }
}

function typesOf(type: unknown): readonly string[] | undefined {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.every((name) => typeof name === 'string') && !types.includes('any') ? types : undefined;
}

function fits(value: unknown, types: readonly string[]): boolean {
  if (value === null) return types.includes('null');
  if (Array.isArray(value)) return types.includes('array');
  if (typeof value === 'number')
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  // A type that is none is told as such.
  return types.includes(typeof value) || !types.every((type) => JSON_TYPES.has(type));
}

const JSON_TYPES: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Where schemas are combined, another one may declare the property. */
function checkRequired(lifting: Lifting): void {
  const { source, node } = lifting;
  const [required, properties] = [own(source, 'required'), own(source, 'properties')];
  if (!Array.isArray(required) || !isObject(properties)) return;
  const known = Object.keys(properties);
  const combined =
    COMBINING.some((keyword) => Object.hasOwn(source, keyword)) || stepsOf(node.pointer).some(isCombining);
  for (const [index, name] of required.entries()) {
    if (typeof name !== 'string' || known.includes(name)) continue;
    const near = suggest(
      name,
      known.filter((other) => !required.includes(other)),
    );
    if (near === undefined && combined) continue;
    lifting.report('undeclared-property', `"${name}" is required, and there is no such property.`, 'required', {
      node: childOf(node, 'required', index),
      hint: near ? `did you mean "${near}"?` : `declare it under "properties", or take it out of "required"`,
    });
  }
}

const COMBINING = ['$ref', 'allOf', 'anyOf', 'oneOf', 'extends', 'if', 'patternProperties', 'not'];

function isCombining(step: string): boolean {
  return [
    'allOf',
    'anyOf',
    'oneOf',
    'extends',
    'not',
    'if',
    'then',
    'else',
    'dependencies',
    'dependentSchemas',
  ].includes(step);
}
