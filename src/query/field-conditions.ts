import { conditionOf, controlOperator, type Operator, splitName } from './conditions.ts';
import { type Conjunction, createConjunction } from './conjunction.ts';
import { decodeQuery } from './decode.ts';
import type { ParseContext } from './parse.ts';
import type { Report } from './report.ts';
import type { Filter } from './types.ts';
import { controlNamed, type KnownControl, nameOf, type Subject, type Vocabulary } from './vocabulary.ts';

/** Reads the parameters of a query that say which documents, into a conjunction. */
export interface FieldConditions {
  /** `price__gte=10`, under the name of a field. */
  readField(name: string, value: string, into: Conjunction): void;
  /** A parameter of the description that stands for such a condition. */
  readFilter(control: KnownControl, value: string, into: Conjunction): void;
  /** A member of an object of filters with free names: `filter[price][gte]`, whose control is that of `filter`. */
  readMember(control: KnownControl, name: string, value: string, into: Conjunction): void;
  /**
   * Conditions in parentheses, so to speak: the value is a query string of its own, in which groups may stand again.
   *
   * @example readGroup('_or', 'title=Emma&pages__gt=300', conjunction)
   */
  readGroup(parameter: string, value: string, into: Conjunction): void;
}

/** What a group's parameter makes of the conditions in it. */
const groups: Readonly<Record<string, (filters: readonly Filter[]) => Filter>> = {
  _or: (filters) => ({ kind: 'or', filters }),
  _and: (filters) => ({ kind: 'and', filters }),
  _not: (filters) => ({ kind: 'not', filter: { kind: 'and', filters } }),
};

/** Elasticsearch ends at 30 levels, of which each group costs two. */
const deepest = 4;

export function createFieldConditions(
  { dialect, resource }: Pick<ParseContext, 'dialect' | 'resource'>,
  vocabulary: Vocabulary,
  report: Report,
): FieldConditions {
  let depth = 0;

  const add = (parameter: string, subject: Subject, operator: Operator, text: string, into: Conjunction): void => {
    const condition = conditionOf(subject, operator, text);
    if ('message' in condition) report.invalid(parameter, condition.message);
    // `tags=red&tags=blue` is how OpenAPI writes an array.
    else if (operator === 'eq' || operator === 'in') into.addAlternative(subject, condition.filter);
    else into.add(condition.filter);
  };

  const conditions: FieldConditions = {
    readField: (name, value, into) => {
      const plain = vocabulary.subjects.get(name);
      const split = plain === undefined ? splitName(name) : { name, operator: 'eq' as const };
      const subject = split && vocabulary.subjects.get(split.name);
      if (split !== undefined && subject !== undefined) {
        // Ramses drops this term: forms send it for "any".
        if (dialect !== 'ramses' || value !== '_all') add(name, subject, split.operator, value, into);
      } // Ramses' index lags behind its database; ours does not, so there is nothing to refresh.
      else if (dialect !== 'ramses' || name !== '_refresh_index') report.unknown(name);
    },

    readFilter: (control, value, into) => {
      const { field } = control;
      const subject = field === undefined ? undefined : vocabulary.subjects.get(nameOf(field, resource));
      // A description may declare a filter by a secret; that would tell it, one guess at a time.
      if (subject === undefined) report.unknown(control.parameter);
      else add(control.parameter, subject, controlOperator(control), value, into);
    },

    readMember: ({ parameter }, name, value, into) => {
      const steps = [...name.slice(parameter.length).matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step);
      if (/^\d*$/.test(steps.at(-1) ?? '')) steps.pop();
      const path = steps.join('.');
      const split = splitName(`${steps.slice(0, -1).join('.')}[${steps.at(-1) ?? ''}]`);
      const plain = vocabulary.subjects.get(path);
      const subject = plain ?? (split && vocabulary.subjects.get(split.name));
      if (subject === undefined) report.unknown(name);
      else add(name, subject, plain === undefined && split ? split.operator : 'eq', value, into);
    },

    readGroup: (parameter, value, into) => {
      const combine = groups[parameter];
      if (combine === undefined) return report.unknown(parameter);
      if (depth >= deepest) return report.invalid(parameter, `must be nested at most ${deepest} deep`);
      depth += 1;
      const filters: Filter[] = [];
      // Each condition for itself: in a group, a repeated field is no list.
      for (const [name, text] of decodeQuery(value)) {
        const one = createConjunction(undefined, report.invalid);
        const control = controlNamed(name, vocabulary);
        if (control?.meaning === 'group') conditions.readGroup(name, text, one);
        else if (control?.meaning === 'filter') conditions.readFilter(control, text, one);
        else if (control?.meaning === 'filters') conditions.readMember(control, name, text, one);
        else if (control === undefined) conditions.readField(name, text, one);
        else report.invalid(parameter, `cannot hold "${name}": a group is of conditions on fields`);
        filters.push(one.finish(undefined));
      }
      depth -= 1;
      if (filters.length === 0) report.invalid(parameter, 'must hold conditions, such as "title=Emma&pages__gt=300"');
      else into.add(combine(filters));
    },
  };
  return conditions;
}
