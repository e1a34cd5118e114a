/**
 * Strings, numbers and the like as RAML's scalar types (RAML 1.0, "Scalar Types").
 */
import type { SchemaObject } from '../../model/description.ts';
import { onlyWith, type Typed } from './typed.ts';

/** RAML's own types, as its readers give them: a pattern, with the type's name beside it. */
const namedFormats: Readonly<Record<string, object>> = {
  'time-only': { type: 'time-only' },
  'datetime-only': { type: 'datetime-only' },
  rfc2616: { type: 'datetime', format: 'rfc2616' },
};

const dateTypes: ReadonlyMap<unknown, string> = new Map([
  ['date', 'date-only'],
  ['date-time', 'datetime'],
  ['binary', 'file'],
]);

export function scalarType(schema: SchemaObject): Typed {
  switch (schema.type) {
    case 'string':
      return stringType(schema);
    case 'integer':
    case 'number':
      return numberType(schema);
    case 'boolean':
      return onlyWith(schema, ['type', 'default'], () => ({ type: { ...schema } }));
    case 'null':
      return onlyWith(schema, ['type'], () => ({ type: 'nil' }));
    default:
      return { unsaid: 'type' };
  }
}

function stringType(schema: SchemaObject): Typed {
  const { format, pattern, ...others } = schema;
  const named = schema['x-format'];
  if (typeof named === 'string' && Object.hasOwn(namedFormats, named)) {
    return onlyWith(schema, ['type', 'pattern', 'x-format'], () => ({ type: { ...namedFormats[named] } }));
  }
  const date = dateTypes.get(format);
  if (date === 'file') return onlyWith(schema, ['type', 'format', 'minLength', 'maxLength'], () => fileType(schema));
  if (date !== undefined) {
    return onlyWith(schema, ['type', 'format', 'default'], () => ({
      type: { type: date, ...(schema.default !== undefined && { default: schema.default }) },
    }));
  }
  return onlyWith(schema, ['type', 'minLength', 'maxLength', 'pattern', 'enum', 'default'], () => {
    if (!areAll(schema.enum, 'string')) return { unsaid: 'enum' };
    const whole = pattern === undefined ? undefined : wholePattern(pattern);
    if (pattern !== undefined && whole === undefined) return { unsaid: 'pattern' };
    return { type: { ...others, ...(whole !== undefined && { pattern: whole }) } };
  });
}

function fileType({ minLength, maxLength }: SchemaObject): Typed {
  return {
    type: {
      type: 'file',
      ...(minLength !== undefined && { minLength }),
      ...(maxLength !== undefined && { maxLength }),
    },
  };
}

const numberFormats: ReadonlyMap<unknown, string> = new Map([
  ['int32', 'integer'],
  ['int64', 'integer'],
  ['float', 'number'],
  ['double', 'number'],
]);

function numberType(schema: SchemaObject): Typed {
  const { format, 'x-format': named, ...others } = schema;
  const isNamed = (named === 'int8' || named === 'int16') && format === undefined;
  if (format !== undefined && numberFormats.get(format) !== schema.type) return { unsaid: 'format' };
  if (named !== undefined && !isNamed) return { unsaid: 'x-format' };
  if (!areAll(schema.enum, 'number')) return { unsaid: 'enum' };
  const keywords = ['type', 'format', 'x-format', 'minimum', 'maximum', 'multipleOf', 'enum', 'default'];
  return onlyWith(schema, keywords, () => ({
    type: { ...others, ...(format !== undefined && { format }), ...(isNamed && { format: named }) },
  }));
}

function areAll(values: unknown, type: 'string' | 'number'): boolean {
  return values === undefined || (Array.isArray(values) && values.every((value) => typeof value === type));
}

/** RAML's patterns match whole strings: only one that is tied to both ends says the same in RAML. */
function wholePattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  if (/^\^[^|]*(?<!\\)\$$/.test(pattern)) return pattern;
  const grouped = /^\^\(\?:(.*)\)\$$/s.exec(pattern)?.[1];
  return grouped !== undefined && isExpression(grouped) ? grouped : undefined;
}

/** `a)|(?:b`, which is what is left of `^(?:a)|(?:b)$`, is none. */
function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}
