import type { Filter } from './types.ts';
import type { Subject } from './vocabulary.ts';

/** Conditions that must all hold, collected one by one. */
export interface Conjunction {
  add(condition: Filter): void;
  /** An equality; of those on one subject, one must hold. */
  addAlternative(subject: Subject, condition: Filter): void;
  finish(last: Filter | undefined): Filter;
}

/** Conditions that a URL may state; each costs every store some work on every document. */
const mostConditions = 200;
/** Values of one repeated field. */
const mostValues = 1000;

export function createConjunction(
  within: Filter | undefined,
  report: (parameter: string, message: string) => void,
): Conjunction {
  const conditions: Filter[] = [];
  const alternatives = new Map<Subject, Filter[]>();
  return {
    add: (condition) => {
      conditions.push(condition);
    },
    addAlternative: (subject, condition) => {
      const others = alternatives.get(subject);
      if (others === undefined) alternatives.set(subject, [condition]);
      else others.push(condition);
    },
    finish: (last) => {
      const filters: Filter[] = within === undefined ? [] : [within];
      for (const [subject, others] of alternatives) filters.push(anyOf(subject, others, report));
      filters.push(...conditions);
      if (filters.length > mostConditions) report('', `the query must have at most ${mostConditions} conditions`);
      if (last !== undefined) filters.push(last);
      const [only] = filters;
      if (only === undefined) return { kind: 'all' };
      return filters.length === 1 ? only : { kind: 'and', filters };
    },
  };
}

/** Plain equalities become one list, which every store looks up in one go; ranges stay beside it. */
function anyOf(
  subject: Subject,
  filters: readonly Filter[],
  report: (parameter: string, message: string) => void,
): Filter {
  const [first] = filters;
  if (first !== undefined && filters.length === 1) return first;
  const isEquality = (filter: Filter) => filter.kind === 'compare' && filter.operator === 'eq';
  const values = filters.flatMap((filter) => (filter.kind === 'compare' && isEquality(filter) ? [filter.value] : []));
  const others = filters.filter((filter) => !isEquality(filter));
  if (values.length > mostValues || others.length > mostConditions) report(subject.name, 'is repeated too often');
  const list: Filter = { kind: 'in', operand: subject.operand, values };
  return others.length === 0 ? list : { kind: 'or', filters: values.length === 0 ? others : [list, ...others] };
}
