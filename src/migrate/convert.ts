import type { Form } from './migration.ts';

/** `value`: `undefined` takes the property away. */
export type Converted = { readonly value: unknown } | { readonly problem: string };

/**
 * A value of another type, where nothing of it is lost: `'12'` is 12, 12 is `'12'`, `'x'` is no number. A list of one is
 * that one, and the other way round. Where null is no longer allowed, the property goes.
 *
 * @example convert('12', { types: ['integer'] }) // { value: 12 }
 */
export function convert(value: unknown, to: Form): Converted {
  const { types } = to;
  if (types === undefined) return { value };
  const wantsList = types.includes('array');
  if (Array.isArray(value)) return wantsList ? convertItems(value, to.items) : unwrapped(value, to);
  if (types.some((type) => isOfType(value, type)))
    return { value: typeof value === 'string' ? dated(value, to) : value };
  if (value === null) return { value: undefined };
  for (const type of types) {
    const converted = scalar(value, type);
    if (converted !== undefined) return { value: typeof converted === 'string' ? dated(converted, to) : converted };
  }
  if (wantsList) return convertItems([value], to.items);
  return { problem: `${shown(value)} cannot become ${types.join(' or ')}` };
}

function convertItems(values: readonly unknown[], form: Form | undefined): Converted {
  if (form === undefined) return { value: values };
  const items: unknown[] = [];
  for (const value of values) {
    const converted = convert(value, form);
    if ('problem' in converted) return converted;
    if (converted.value !== undefined) items.push(converted.value);
  }
  return { value: items };
}

function unwrapped(values: readonly unknown[], to: Form): Converted {
  if (values.length === 0) return { value: undefined };
  if (values.length === 1) return convert(values[0], to);
  return { problem: `a list of ${values.length} values cannot become one` };
}

export function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/** `undefined`: something would be lost, or guessed. */
function scalar(value: unknown, type: string): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    case 'integer':
      return integerText.test(String(value)) && Number.isSafeInteger(Number(value))
        ? fromText(value, Number)
        : undefined;
    case 'number':
      return numberText.test(String(value)) && Number.isFinite(Number(value)) ? fromText(value, Number) : undefined;
    case 'boolean':
      return value === 'true' || value === 'false' ? value === 'true' : undefined;
    default:
      return undefined;
  }
}

function fromText<Result>(value: unknown, read: (text: string) => Result): Result | undefined {
  return typeof value === 'string' ? read(value) : undefined;
}

/** As JSON writes numbers: `007` is none, and may be a code. */
const integerText = /^(?:0|-?[1-9]\d*)$/;
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A day is the beginning of it, in UTC; of an instant, its day in UTC is left. */
function dated(text: string, { format }: Form): string {
  if (format === 'date-time' && /^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`;
  if (format === 'date' && /^\d{4}-\d\d-\d\d[Tt]/.test(text)) {
    const instant = new Date(text);
    return Number.isNaN(instant.getTime()) ? text : instant.toISOString().slice(0, 10);
  }
  return text;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
