/**
 * The keyword `type` in all its historic forms.
 */
import { suggest } from '../../suggest.ts';

export const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;

export type TypeName = (typeof TYPES)[number];

export function isTypeName(value: unknown): value is TypeName {
  return TYPES.some((type) => type === value);
}

/** A known type in other letters: `String`. */
export function respelled(name: string): TypeName | undefined {
  return TYPES.find((type) => type === name.toLowerCase());
}

/** What people write for a type that JSON Schema calls otherwise. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  int: 'type: integer',
  int32: 'type: integer with format: int32',
  int64: 'type: integer with format: int64',
  long: 'type: integer with format: int64',
  short: 'type: integer',
  float: 'type: number with format: float',
  double: 'type: number with format: double',
  decimal: 'type: number',
  bool: 'type: boolean',
  text: 'type: string',
  char: 'type: string',
  uuid: 'type: string with format: uuid',
  email: 'type: string with format: email',
  date: 'type: string with format: date',
  datetime: 'type: string with format: date-time',
  'date-time': 'type: string with format: date-time',
  'date-only': 'type: string with format: date',
  timestamp: 'type: string with format: date-time',
  file: 'type: string with format: binary',
  binary: 'type: string with format: binary',
  map: 'type: object with additionalProperties',
  dict: 'type: object with additionalProperties',
  list: 'type: array',
  nil: "type: 'null'",
  none: "type: 'null'",
};

/** What to write instead of a wrong type. */
export function typeHint(name: string): string {
  const lower = name.toLowerCase();
  const word = Object.hasOwn(OTHER_WORDS, lower) ? OTHER_WORDS[lower] : undefined;
  if (word) return `write ${word}`;
  const near = suggest(name, TYPES);
  return near ? `did you mean "${near}"?` : `one of ${TYPES.join(', ')}`;
}
