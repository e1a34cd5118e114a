import { isRecord } from '../../model/schema.ts';
import { memberOf, quoted, visible } from '../typescript/text.ts';

/**
 * A JSON value as JavaScript, in one line.
 *
 * @example literal({ type: 'string', 'x-a': [1, null] }) // "{ type: 'string', 'x-a': [1, null] }"
 */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value).map(([name, member]) => memberOf(name, literal(member)));
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Code of ajv, in whose string literals nothing is left that reorders or hides what people see. */
export function withoutInvisible(code: string): string {
  return code.split('\n').map(visible).join('\n');
}
