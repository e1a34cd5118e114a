import { aggregationPrefix, parseAggregations } from './aggregation-parameters.ts';
import { castText } from './cast.ts';
import { createConjunction } from './conjunction.ts';
import { type CursorScope, isRank, rankOf } from './cursor.ts';
import type { QueryPair } from './decode.ts';
import { createFieldConditions } from './field-conditions.ts';
import { highlightOf } from './highlight.ts';
import { createOrdering } from './ordering.ts';
import { createPaging } from './paging.ts';
import type { ParseContext, ParsedQuery } from './parse.ts';
import { soughtWords } from './relevance.ts';
import { createReport } from './report.ts';
import { searchFilter } from './search.ts';
import { selectionOf } from './selection.ts';
import type { Query } from './types.ts';
import { controlNamed, type KnownControl, vocabularyOf } from './vocabulary.ts';

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
  const fields = createFieldConditions(context, vocabulary, report);
  const selected: QueryPair[] = [];
  const cursors: QueryPair[] = [];
  const aggregating: QueryPair[] = [];
  let search: QueryPair | undefined;
  let searchFields: QueryPair | undefined;
  let highlighting: QueryPair | undefined;
  let countOnly = false;
  let withTotal = context.withTotal ?? false;

  const read = (name: string, value: string): void => {
    const control = controlNamed(name, vocabulary);
    if (control === undefined && context.purpose === 'list' && aggregationPrefix.test(name))
      aggregating.push([name, value]);
    else if (control === undefined) fields.readField(name, value, conjunction);
    else if (control.meaning === 'filter') fields.readFilter(control, value, conjunction);
    else if (control.meaning === 'filters') fields.readMember(control, name, value, conjunction);
    else if (control.meaning === 'group') fields.readGroup(name, value, conjunction);
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
        // An empty one asks for the first page of those that cursors lead through.
        if (cursors.length > 0) report.invalid(parameter, 'must be given once');
        else if (context.cursors === undefined && value !== '') report.invalid(parameter, notOurs);
        cursors.push([parameter, value]);
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
      case 'highlight':
        if (highlighting !== undefined) report.invalid(parameter, 'must be given once');
        highlighting = [parameter, value];
        break;
      case 'count':
        withTotal ||= isTrue(value);
        break;
      case 'count-only':
        countOnly = value === '' || isTrue(value);
        break;
      case 'filter':
      case 'filters':
      case 'group':
      case 'none':
        break;
    }
  };

  /** Where the page begins. */
  const placeOf = (
    [given]: readonly QueryPair[],
    { offset }: { readonly offset: number },
    scope: CursorScope,
    ranked: boolean,
  ): Pick<Query, 'offset' | 'after' | 'measure'> => {
    const [parameter, text] = given ?? ['', ''];
    if (text === '' || context.cursors === undefined) return { offset };
    if (offset > 0) report.invalid(parameter, 'cannot be combined with a page or an offset');
    const position = context.cursors.read(text, scope);
    if (position === undefined) {
      report.invalid(parameter, `${notOurs}, or belongs to a query with other filters or another order`);
      return { offset };
    }
    return ranked || isRank(position) ? rankOf(position) : { offset: 0, after: position };
  };

  return {
    read,
    finish: () => {
      const page = paging.finish();
      const sort = ordering.finish();
      const searched = searchFilter(search, searchFields, vocabulary, report.invalid);
      const filter = conjunction.finish(searched);
      const ranked = searched !== undefined && sort.length === 0 && soughtWords(searched).length > 0;
      const scope: CursorScope = { resource: context.resource.name, filter, sort };
      const place = placeOf(cursors, page, scope, ranked);
      const aggregations =
        aggregating.length > 0 ? parseAggregations(aggregating, vocabulary, report.invalid) : undefined;
      const selection = selectionOf(selected, context, report.invalid);
      const highlight = highlightOf(highlighting, searched, vocabulary, report.invalid);
      report.throwIfAny();
      const count = withTotal ? 'exact' : 'none';
      const pagedBy = cursors[0]?.[0] ?? page.named;
      return {
        query: { filter, sort, ...(ranked && { ranked }), limit: page.limit, ...place, count },
        ...((cursors.length > 0 || context.withCursor) && { cursorScope: scope }),
        ...(aggregations !== undefined && { aggregations }),
        ...(selection !== undefined && { selection }),
        ...(highlight !== undefined && { highlight }),
        ...(pagedBy !== undefined && { pagedBy }),
        countOnly,
      };
    },
  };
}

/** Controls that say which documents, and so have a meaning for a request to change them all. */
const filters: ReadonlySet<KnownControl['meaning']> = new Set(['search', 'search-fields', 'none']);

const notOurs = 'is no cursor of this server';

function isTrue(text: string): boolean {
  const cast = castText(text, 'boolean');
  return cast?.kind === 'value' && cast.value === true;
}
