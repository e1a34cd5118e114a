import { castText } from './cast.ts';
import { type Condition, conditionOf, controlOperator, splitName } from './conditions.ts';
import { createConjunction } from './conjunction.ts';
import type { QueryPair } from './decode.ts';
import { createOrdering } from './ordering.ts';
import { createPaging } from './paging.ts';
import type { ParseContext, ParsedQuery } from './parse.ts';
import { createReport } from './report.ts';
import { searchFilter } from './search.ts';
import { selectionOf } from './selection.ts';
import { type KnownControl, nameOf, type Subject, vocabularyOf } from './vocabulary.ts';

/** A query that is being read, one parameter at a time. */
export interface Reading {
  read(name: string, value: string): void;
  /** Throws `ApiError` if anything was wrong. */
  finish(): ParsedQuery;
}

/** See `parseQuery`. */
export function createReading(context: ParseContext): Reading {
  const vocabulary = vocabularyOf(context.resource, context.controls);
  const report = createReport(vocabulary, context.purpose);
  const paging = createPaging(context, report.invalid);
  const ordering = createOrdering(vocabulary, context.enumerated, report.invalid);
  const conjunction = createConjunction(context.within, report.invalid);
  const selected: QueryPair[] = [];
  let search: QueryPair | undefined;
  let searchFields: QueryPair | undefined;
  let countOnly = false;
  let withTotal = context.withTotal ?? false;

  const read = (name: string, value: string): void => {
    const control = vocabulary.controls.get(name);
    if (control === undefined) readField(name, value);
    else if (control.meaning === 'filter') readFilter(control, value);
    else if (context.purpose === 'list' || filters.has(control.meaning)) readControl(control, value);
    else if (control.whose === 'ours') report.unknown(name);
    else report.invalid(name, 'cannot be used here: the request is for all that match the filters');
  };

  const readControl = ({ parameter, meaning, whose }: KnownControl, value: string): void => {
    switch (meaning) {
      case 'limit':
      case 'offset':
      case 'page':
      case 'page-from-zero':
        paging.read(meaning, parameter, value);
        break;
      case 'sort':
        ordering.readKeys(parameter, value, whose);
        break;
      case 'order':
        ordering.readDirection(parameter, value);
        break;
      case 'cursor':
        // None was given out; one that is silently ignored would send a client round the first page for ever.
        if (value !== '') report.invalid(parameter, 'is no cursor of this server');
        break;
      case 'fields':
        selected.push([parameter, value]);
        break;
      case 'search':
        if (search !== undefined) report.invalid(parameter, 'must be given once');
        search = [parameter, value];
        break;
      case 'search-fields':
        if (searchFields !== undefined) report.invalid(parameter, 'must be given once');
        searchFields = [parameter, value];
        break;
      case 'count':
        withTotal ||= isTrue(value);
        break;
      case 'count-only':
        countOnly = value === '' || isTrue(value);
        break;
      case 'filter':
      case 'none':
        break;
    }
  };

  const readFilter = (control: KnownControl, value: string): void => {
    const { field } = control;
    const subject = field === undefined ? undefined : vocabulary.subjects.get(nameOf(field, context.resource));
    // A description may declare a filter by a secret; that would tell it, one guess at a time.
    if (subject === undefined) report.unknown(control.parameter);
    else add(control.parameter, subject, controlOperator(control), value);
  };

  const readField = (name: string, value: string): void => {
    const plain = vocabulary.subjects.get(name);
    const split = plain === undefined ? splitName(name) : { name, operator: 'eq' as const };
    const subject = split && vocabulary.subjects.get(split.name);
    if (split !== undefined && subject !== undefined) {
      // Ramses drops this term: forms send it for "any".
      if (context.dialect !== 'ramses' || value !== '_all') add(name, subject, split.operator, value);
    } // Ramses' index lags behind its database; ours does not, so there is nothing to refresh.
    else if (context.dialect !== 'ramses' || name !== '_refresh_index') report.unknown(name);
  };

  const add = (
    parameter: string,
    subject: Subject,
    operator: Parameters<typeof conditionOf>[1],
    text: string,
  ): void => {
    const condition: Condition = conditionOf(subject, operator, text);
    if ('message' in condition) report.invalid(parameter, condition.message);
    // `tags=red&tags=blue` is how OpenAPI writes an array.
    else if (operator === 'eq' || operator === 'in') conjunction.addAlternative(subject, condition.filter);
    else conjunction.add(condition.filter);
  };

  return {
    read,
    finish: () => {
      const { limit, offset } = paging.finish();
      const sort = ordering.finish();
      const filter = conjunction.finish(searchFilter(search, searchFields, vocabulary, report.invalid));
      const selection = selectionOf(selected, context, report.invalid);
      report.throwIfAny();
      return {
        query: { filter, sort, limit, offset, count: withTotal ? 'exact' : 'none' },
        ...(selection !== undefined && { selection }),
        countOnly,
      };
    },
  };
}

/** Controls that say which documents, and so have a meaning for a request to change them all. */
const filters: ReadonlySet<KnownControl['meaning']> = new Set(['search', 'search-fields', 'none']);

function isTrue(text: string): boolean {
  const cast = castText(text, 'boolean');
  return cast?.kind === 'value' && cast.value === true;
}
