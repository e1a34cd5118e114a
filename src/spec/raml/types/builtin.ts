/**
 * RAML's own types as JSON Schema (RAML 1.0, "RAML Data Types"; RAML 0.8, "Named Parameters", `type`).
 */
import type { SchemaObject } from '../../../model/description.ts';

/** HTTP dates (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`. */
const httpDate =
  '^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT$';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?';
/** With the length of each month; 29 February where the year has one. */
const date = `(?:${[
  '[0-9]{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  '[0-9]{4}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  '[0-9]{4}-02-(?:0[1-9]|1[0-9]|2[0-8])',
  '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29',
].join('|')})`;

/**
 * What JSON Schema has no format for is checked by a pattern, with RAML's name beside it as `x-format`: an unknown
 * `format` would be ignored, or refused, by whoever compiles the schema.
 */
const builtins: Readonly<Record<string, SchemaObject>> = {
  any: {},
  object: { type: 'object' },
  array: { type: 'array' },
  string: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  nil: { type: 'null' },
  null: { type: 'null' },
  'date-only': { type: 'string', format: 'date' },
  'time-only': { type: 'string', pattern: `^${time}$`, 'x-format': 'time-only' },
  'datetime-only': { type: 'string', pattern: `^${date}T${time}$`, 'x-format': 'datetime-only' },
  datetime: { type: 'string', format: 'date-time' },
  file: { type: 'string', format: 'binary' },
};

/** The schema of a built-in type, `undefined` for any other name. */
export function builtinType(name: string): SchemaObject | undefined {
  return Object.hasOwn(builtins, name) ? builtins[name] : undefined;
}

/** The names of RAML 1.0's types, for "did you mean". */
export const builtinNames: readonly string[] = Object.keys(builtins).filter((name) => name !== 'null');

/** What people write for a type that RAML calls otherwise. */
const otherWords: Readonly<Record<string, string>> = {
  int: 'type: integer',
  int32: 'type: integer with format: int32',
  int64: 'type: integer with format: int64',
  long: 'type: integer with format: int64',
  float: 'type: number with format: float',
  double: 'type: number with format: double',
  decimal: 'type: number',
  bool: 'type: boolean',
  text: 'type: string',
  str: 'type: string',
  uuid: 'type: string with a pattern',
  email: 'type: string with a pattern',
  'date-time': 'type: datetime',
  timestamp: 'type: datetime',
  time: 'type: time-only',
  binary: 'type: file',
  map: 'type: object with the property //: any',
  dict: 'type: object with the property //: any',
  list: 'type: array',
};

/** What to write instead of a type of another language: `write type: integer` for `int`. */
export function builtinWord(name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(otherWords, lower) ? `write ${otherWords[lower]}` : undefined;
}

/** RAML 0.8's `date`, and RAML 1.0's `datetime` with `format: rfc2616`. */
export const httpDateType: SchemaObject = { type: 'string', pattern: httpDate, 'x-format': 'rfc2616' };

/** The `format` of a number (RAML 1.0, "Number"); JSON Schema knows the last four, the others become bounds. */
export function numberFormat(format: string): SchemaObject | undefined {
  switch (format) {
    case 'int8':
      return { type: 'integer', minimum: -128, maximum: 127, 'x-format': 'int8' };
    case 'int16':
      return { type: 'integer', minimum: -32_768, maximum: 32_767, 'x-format': 'int16' };
    case 'int':
    case 'int32':
      return { type: 'integer', format: 'int32' };
    case 'long':
    case 'int64':
      return { type: 'integer', format: 'int64' };
    case 'float':
    case 'double':
      return { type: 'number', format };
    default:
      return undefined;
  }
}
