/** A filter and a sort as Elasticsearch's query DSL. */
import type { Resource } from '../../model/types.ts';
import { comparableTo, type Predicate } from '../../query/evaluate.ts';
import { type ResolvedOperand, resolveOperand } from '../../query/operand.ts';
import { soughtWords, type WordsFilter } from '../../query/relevance.ts';
import type { Bound, Filter, Query, Scalar, SortKey } from '../../query/types.ts';
import { compareScalars, fold } from '../../query/values.ts';
import { allOf, anyOf, type Clause, leaf, type Node, none, not, render } from './boolean.ts';
import { indexable, keyword, orderedMoment } from './indexable.ts';
import { exactTypes } from './mapping.ts';
import { type Slot, slotOf } from './slots.ts';

/** The condition that a filter is. Throws `StoreError` `too-many` for one that is nested too deeply. */
export function compileFilter(filter: Filter, resource: Resource): Clause {
  return render(nodeOf(filter, resource));
}

/** The condition of a query whose matches are ordered by how well they answer it. */
export function compileRanked({ filter }: Query, condition: Clause, resource: Resource): Clause {
  const should = soughtWords(filter).flatMap((sought) => wordClauses(sought, resource));
  return { bool: { filter: [condition], should } };
}

/** Throws `TypeError` for an array, as the reference does. */
export function compileSort({ sort, ranked }: Pick<Query, 'sort' | 'ranked'>, resource: Resource): readonly Clause[] {
  const keys = sort.map(({ operand, direction }) => {
    const resolved = resolveOperand(operand, resource);
    if (resolved.kind === 'field' && resolved.field.array) {
      throw new TypeError(`The array "${resolved.field.path}" cannot be sorted by.`);
    }
    return sortBy(slotOf(resolved), direction);
  });
  const last = sort.at(-1)?.direction ?? 'ascending';
  const id = sortBy(slotOf({ kind: 'id', type: resource.id.type, scope: resource.id.scope }), last);
  const key = sortBy(slotOf({ kind: 'key' }), last);
  return [...(ranked ? [{ _score: { order: 'desc' } }] : []), ...keys, id, key];
}

function sortBy({ exact, type }: Slot, direction: SortKey['direction']): Clause {
  const ascending = direction === 'ascending';
  const order = ascending ? 'asc' : 'desc';
  return { [exact]: { order, missing: ascending ? '_first' : '_last', unmapped_type: exactTypes[type] } };
}

function nodeOf(filter: Filter, resource: Resource): Node {
  switch (filter.kind) {
    case 'all':
      return allOf([]);
    case 'and':
      return allOf(filter.filters.map((each) => nodeOf(each, resource)));
    case 'or':
      return anyOf(filter.filters.map((each) => nodeOf(each, resource)));
    case 'not':
      return not(nodeOf(filter.filter, resource));
    case 'words':
      return anyOf(wordClauses(filter, resource).map(leaf));
    default: {
      const operand = resolveOperand(filter.operand, resource);
      const node = predicateNode(filter, operand, slotOf(operand));
      return filter.kind === 'compare' && filter.operator === 'ne' ? not(node) : node;
    }
  }
}

/** One for each field: how well it answers, by its weight. */
function wordClauses({ words, prefix, fields }: WordsFilter, resource: Resource): readonly Clause[] {
  const [first] = words;
  if (first === undefined) return [];
  return fields.map(({ path, weight }) => {
    const operand = resolveOperand({ kind: 'field', path }, resource);
    const field = slotOf(operand).words;
    if (field === undefined) throw new TypeError(`"${path}" is no text.`);
    if (prefix) return { prefix: { [field]: { value: first, boost: weight } } };
    if (words.length === 1) return { term: { [field]: { value: first, boost: weight } } };
    return { match_phrase: { [field]: { query: words.join(' '), boost: weight } } };
  });
}

/** `ne` is `eq` here; the caller turns it round. */
function predicateNode(predicate: Predicate, operand: ResolvedOperand, slot: Slot): Node {
  switch (predicate.kind) {
    case 'exists':
      return leaf({ exists: { field: slot.exact } });
    case 'compare': {
      const { operator, value } = predicate;
      if (operator === 'eq' || operator === 'ne') return inValues([value], operand, slot);
      const bound = { value, inclusive: operator === 'gte' || operator === 'lte' };
      return operator.startsWith('g') ? range(bound, undefined, operand, slot) : range(undefined, bound, operand, slot);
    }
    case 'in':
      return inValues(predicate.values, operand, slot);
    case 'range':
      return range(predicate.from, predicate.to, operand, slot);
    case 'prefix':
    case 'contains':
      return textNode(predicate, slot);
  }
}

function inValues(values: readonly Scalar[], operand: ResolvedOperand, slot: Slot): Node {
  const wanted = values.filter((value) => fits(value, slot)).map((value) => indexable(comparableTo(operand, value)));
  const [first] = wanted;
  if (first === undefined) return none;
  return leaf(wanted.length === 1 ? { term: { [slot.exact]: { value: first } } } : { terms: { [slot.exact]: wanted } });
}

function range(from: Bound | undefined, to: Bound | undefined, operand: ResolvedOperand, slot: Slot): Node {
  const bounds = [from, to].filter((bound) => bound !== undefined);
  if (bounds.length === 0) return leaf({ exists: { field: slot.exact } });
  if (!bounds.every(({ value }) => fits(value, slot))) return none;
  const low = from && { ...from, value: comparableTo(operand, from.value) };
  const high = to && { ...to, value: comparableTo(operand, to.value) };
  if (slot.type === 'boolean') {
    return anyOf([false, true].filter((each) => isWithin(each, low, high)).map((value) => term(slot.exact, value)));
  }
  return dateRange(low, high, slot) ?? rangeOf(slot.exact, low, high, indexable);
}

/** As numbers, where each bound is a moment that its text sorts as; other texts are compared as texts. */
function dateRange(low: Bound | undefined, high: Bound | undefined, { dates }: Slot): Node | undefined {
  if (dates === undefined) return undefined;
  const moment = (value: Scalar) => (typeof value === 'string' ? orderedMoment(value, dates.length) : undefined);
  if ([low, high].some((bound) => bound !== undefined && moment(bound.value) === undefined)) return undefined;
  return anyOf([
    rangeOf(dates.ordered, low, high, (value) => moment(value) ?? value),
    rangeOf(dates.others, low, high, indexable),
  ]);
}

function rangeOf(field: string, from: Bound | undefined, to: Bound | undefined, form: (value: Scalar) => Scalar): Node {
  const low = from && { [from.inclusive ? 'gte' : 'gt']: form(from.value) };
  const high = to && { [to.inclusive ? 'lte' : 'lt']: form(to.value) };
  return leaf({ range: { [field]: { ...low, ...high } } });
}

function isWithin(value: Scalar, from: Bound | undefined, to: Bound | undefined): boolean {
  const above = from === undefined ? 1 : compareScalars(value, from.value);
  const below = to === undefined ? -1 : compareScalars(value, to.value);
  return (
    (above > 0 || (above === 0 && from?.inclusive === true)) && (below < 0 || (below === 0 && to?.inclusive === true))
  );
}

function textNode(predicate: Extract<Predicate, { readonly kind: 'prefix' | 'contains' }>, slot: Slot): Node {
  if (!fits('', slot)) return none;
  const field = predicate.ignoreCase ? slot.folded : slot.exact;
  if (field === undefined) return none;
  const wanted = predicate.ignoreCase ? fold(predicate.value) : predicate.value;
  if (predicate.kind === 'prefix') return leaf({ prefix: { [field]: { value: keyword(wanted) } } });
  return leaf({ wildcard: { [field]: { value: `*${wanted.replace(/[\\*?]/g, '\\$&')}*` } } });
}

function term(field: string, value: Scalar): Node {
  return leaf({ term: { [field]: { value } } });
}

/** A value of another type than the operand's compares as false with everything. */
function fits(value: Scalar, { type }: Slot): boolean {
  return typeof value === (type === 'number' || type === 'boolean' ? type : 'string');
}
