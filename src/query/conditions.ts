import type { Control } from '../model/types.ts';
import { type CastValue, castText, expectations } from './cast.ts';
import type { Bound, Filter, Operand } from './types.ts';
import type { Subject } from './vocabulary.ts';

/** What can follow a field's name: `price__gte=10`, `price[gte]=10`. */
const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'nin',
  'between',
  'exists',
  'prefix',
  'contains',
  'iprefix',
  'icontains',
] as const;

export type Operator = (typeof operators)[number];

/** A condition, or what the value must be. */
export type Condition = { readonly filter: Filter } | { readonly message: string };

/** Longer lists are for a body, or for a better idea. */
const longestList = 1000;

/** Splits `price__gte` and `price[gte]`. No operator: the name is a field's own, or nobody's. */
export function splitName(name: string): { readonly name: string; readonly operator: Operator } | undefined {
  const [, field, suffix, bracketed] = /^(.+?)(?:__([a-z]+)|\[([a-z]+)\])$/s.exec(name) ?? [];
  const operator = operators.find((known) => known === (suffix ?? bracketed));
  return field === undefined || operator === undefined ? undefined : { name: field, operator };
}

/** The condition that one parameter makes. */
export function conditionOf(subject: Subject, operator: Operator, text: string): Condition {
  if (text.includes('\0')) return { message: 'must not contain NUL' };
  switch (operator) {
    case 'eq':
      return equality(subject, text);
    case 'in':
      return membership(subject, text.split(','));
    case 'nin':
      return negated(membership(subject, text.split(',')));
    case 'between':
      return between(subject, text.split(','));
    case 'exists':
      return existence(subject, text);
    case 'prefix':
    case 'contains':
    case 'iprefix':
    case 'icontains':
      return textCondition(subject, operator, text);
    default: {
      const cast = castText(text, subject.type);
      return cast === undefined ? misfit(subject) : { filter: comparison(subject.operand, operator, cast) };
    }
  }
}

/** A declared parameter's own operator. Declared texts are for people, who do not care for letter case. */
export function controlOperator(control: Pick<Control, 'operator'>): Operator {
  const operator = control.operator ?? 'eq';
  return operator === 'prefix' || operator === 'contains' ? `i${operator}` : operator;
}

/**
 * `field=value`, and where no text is declared lists (`30,40`) and Ramses' ranges: `>30`, `<=30`, `[30 TO 50]`,
 * `{30 TO *}`. In a text a comma is a part of the value: titles have commas; `field__in=a,b` is for lists.
 */
function equality(subject: Subject, text: string): Condition {
  if (subject.type !== 'string') {
    const [, sign, operand] = /^(>=|<=|>|<)\s*(.*)$/s.exec(text) ?? [];
    if (sign !== undefined && operand !== undefined) return conditionOf(subject, signs[sign] ?? 'eq', operand);
    const range = /^([[{])\s*(\S+)\s+TO\s+(\S+)\s*([\]}])$/.exec(text);
    if (range !== null) return ramsesRange(subject, range);
    if (text.includes(',')) return membership(subject, text.split(','));
  }
  const cast = castText(text, subject.type);
  return cast === undefined ? misfit(subject) : { filter: comparison(subject.operand, 'eq', cast) };
}

const signs: Readonly<Record<string, Operator>> = { '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' };

function ramsesRange(subject: Subject, [, open, low = '*', high = '*', close]: readonly string[]): Condition {
  const from = low === '*' ? undefined : castText(low, subject.type);
  const to = high === '*' ? undefined : castText(high, subject.type);
  if ((low !== '*' && from === undefined) || (high !== '*' && to === undefined)) return misfit(subject);
  return {
    filter: {
      kind: 'range',
      operand: subject.operand,
      ...(from !== undefined && { from: lowerBound(from, open === '[') }),
      ...(to !== undefined && { to: upperBound(to, close === ']') }),
    },
  };
}

function membership(subject: Subject, texts: readonly string[]): Condition {
  if (texts.length > longestList) return { message: `must have at most ${longestList} values` };
  const casts: CastValue[] = [];
  for (const text of texts) {
    const cast = castText(text, subject.type);
    if (cast === undefined) return { message: `each value ${expectations[subject.type]}` };
    casts.push(cast);
  }
  const values = casts.flatMap((cast) => (cast.kind === 'value' ? [cast.value] : []));
  const days = casts.flatMap((cast) => (cast.kind === 'day' ? [comparison(subject.operand, 'eq', cast)] : []));
  const list: Filter = { kind: 'in', operand: subject.operand, values };
  return { filter: days.length === 0 ? list : { kind: 'or', filters: [list, ...days] } };
}

/** Both ends belong to it. */
function between(subject: Subject, [low = '', high = '', ...more]: readonly string[]): Condition {
  const from = castText(low.trim(), subject.type);
  const to = castText(high.trim(), subject.type);
  if (more.length > 0 || high === '') return { message: 'must be two values, such as "10,20"' };
  if (from === undefined || to === undefined) return { message: `each value ${expectations[subject.type]}` };
  return {
    filter: { kind: 'range', operand: subject.operand, from: lowerBound(from, true), to: upperBound(to, true) },
  };
}

function negated(condition: Condition): Condition {
  return 'message' in condition ? condition : { filter: { kind: 'not', filter: condition.filter } };
}

function existence(subject: Subject, text: string): Condition {
  const cast = text === '' ? castText('true', 'boolean') : castText(text, 'boolean');
  if (cast?.kind !== 'value') return { message: expectations.boolean };
  const exists: Filter = { kind: 'exists', operand: subject.operand };
  return { filter: cast.value === true ? exists : { kind: 'not', filter: exists } };
}

function textCondition(
  subject: Subject,
  operator: 'prefix' | 'contains' | 'iprefix' | 'icontains',
  text: string,
): Condition {
  if (subject.type !== 'string') return { message: `cannot be used: "${subject.name}" is no text` };
  const ignoreCase = operator === 'iprefix' || operator === 'icontains';
  const kind = operator === 'prefix' || operator === 'iprefix' ? 'prefix' : 'contains';
  return { filter: { kind, operand: subject.operand, value: text, ignoreCase } };
}

/** A day compares as the interval that it is: `gt` is after its end, `lte` before it. */
function comparison(operand: Operand, operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte', cast: CastValue): Filter {
  if (cast.kind === 'value') return { kind: 'compare', operand, operator, value: cast.value };
  const { start, end } = cast;
  switch (operator) {
    case 'eq':
    case 'ne': {
      const from = { value: start, inclusive: true };
      const within: Filter = { kind: 'range', operand, from, to: { value: end, inclusive: false } };
      return operator === 'eq' ? within : { kind: 'not', filter: within };
    }
    case 'gt':
      return { kind: 'compare', operand, operator: 'gte', value: end };
    case 'lte':
      return { kind: 'compare', operand, operator: 'lt', value: end };
    case 'gte':
    case 'lt':
      return { kind: 'compare', operand, operator, value: start };
  }
}

function lowerBound(cast: CastValue, inclusive: boolean): Bound {
  if (cast.kind === 'value') return { value: cast.value, inclusive };
  return { value: inclusive ? cast.start : cast.end, inclusive: true };
}

function upperBound(cast: CastValue, inclusive: boolean): Bound {
  if (cast.kind === 'value') return { value: cast.value, inclusive };
  return { value: inclusive ? cast.end : cast.start, inclusive: false };
}

function misfit(subject: Subject): Condition {
  return { message: expectations[subject.type] };
}
