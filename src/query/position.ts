/**
 * Places in an order, as filters: what lies behind a document, whatever was inserted or deleted since. Every store pages
 * by these rather than by a mechanism of its own (Elasticsearch's `search_after` gives a missing number a value that
 * JSON cannot carry).
 */
import type { Resource } from '../model/types.ts';
import { type Candidate, readerOf } from './candidate.ts';
import type { CursorPosition, Filter, Operand, Query, Scalar, SortKey } from './types.ts';

/** Where a document stands in the order of a sort. */
export function positionOf(candidate: Candidate, sort: readonly SortKey[], resource: Resource): CursorPosition {
  return { key: candidate.key, values: sort.map(({ operand }) => readerOf(operand, resource)(candidate)[0]) };
}

/** The filter of a query, within what lies behind its position. */
export function pageFilter({ filter, sort, after }: Query, resource: Resource): Filter {
  if (after === undefined) return filter;
  const behind = behindPosition(after, sort, resource);
  return filter.kind === 'all' ? behind : { kind: 'and', filters: [filter, behind] };
}

/**
 * All that comes later in the order: larger in the first key, or equal there and larger in the second, and so on. No
 * value is the smallest. `at least` the first key is said beforehand, though it follows: by it, SQLite enters an index.
 */
export function behindPosition({ values, key }: CursorPosition, sort: readonly SortKey[], resource: Resource): Filter {
  const steps = [...sort.map((each, at) => ({ ...each, value: values[at] })), ...lastSteps(key, sort, resource)];
  const alternatives: Filter[] = [];
  for (const [at, step] of steps.entries()) {
    const beyond = beyondValue(step);
    if (beyond === undefined) continue;
    const equal = steps.slice(0, at).map(equalTo);
    alternatives.push(equal.length === 0 ? beyond : { kind: 'and', filters: [...equal, beyond] });
  }
  const behind: Filter = { kind: 'or', filters: alternatives };
  const [first] = steps;
  if (first?.value === undefined || first.direction === 'descending') return behind;
  const atLeast: Filter = { kind: 'compare', operand: first.operand, operator: 'gte', value: first.value };
  return { kind: 'and', filters: [atLeast, behind] };
}

/** The reverse of an order: a page before a place is one behind it, read backwards. */
export function reversed(sort: readonly SortKey[]): readonly SortKey[] {
  const keys: readonly SortKey[] = sort.length > 0 ? sort : [{ operand: { kind: 'id' }, direction: 'ascending' }];
  return keys.map(({ operand, direction }) => ({
    operand,
    direction: direction === 'ascending' ? 'descending' : 'ascending',
  }));
}

interface Step {
  readonly operand: Operand;
  readonly direction: SortKey['direction'];
  readonly value: Scalar | undefined;
}

/** The keys that every order ends with, in the direction of the one before. */
function lastSteps(key: string, sort: readonly SortKey[], resource: Resource): readonly Step[] {
  const direction = sort.at(-1)?.direction ?? 'ascending';
  const id: Operand = { kind: 'id' };
  const [value] = readerOf(id, resource)({ key, links: {}, document: undefined });
  const byId: Step = { operand: id, direction, value };
  return resource.id.scope === 'parent' ? [byId, { operand: { kind: 'key' }, direction, value: key }] : [byId];
}

/** `undefined`: nothing is smaller than no value. */
function beyondValue({ operand, direction, value }: Step): Filter | undefined {
  const exists: Filter = { kind: 'exists', operand };
  if (value === undefined) return direction === 'ascending' ? exists : undefined;
  if (direction === 'ascending') return { kind: 'compare', operand, operator: 'gt', value };
  const smaller: Filter = { kind: 'compare', operand, operator: 'lt', value };
  return operand.kind === 'field' ? { kind: 'or', filters: [smaller, { kind: 'not', filter: exists }] } : smaller;
}

function equalTo({ operand, value }: Step): Filter {
  if (value === undefined) return { kind: 'not', filter: { kind: 'exists', operand } };
  return { kind: 'compare', operand, operator: 'eq', value };
}
