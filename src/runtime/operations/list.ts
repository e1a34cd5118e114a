import type { Parameter } from '../../model/description.ts';
import { mergeParameters } from '../../model/parameter.ts';
import { queryNames } from '../../model/spread-parameters.ts';
import type { Action, ApiModel, Control } from '../../model/types.ts';
import { decodeQuery } from '../../query/decode.ts';
import { type ParseContext, type ParsedQuery, parseQuery } from '../../query/parse.ts';
import { documentProperties } from '../../query/selectable.ts';
import type { Page, TextPage } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import type { Answer } from '../present/answer.ts';
import { compileDocumentPresenter, isSentAsStored, type PresentDocument } from '../present/document.ts';
import { compileEnvelope, envelopeNeedsCursor, envelopeNeedsLinks, envelopeNeedsTotal } from '../present/envelope.ts';
import { highlighting } from '../present/highlighting.ts';
import { compilePageLinks, type PagingParameters, pageLinkHeader } from '../present/links.ts';
import { compileRelations } from '../present/relations.ts';
import { revalidated, tagged } from '../present/revalidation.ts';
import { isPromise } from '../promise.ts';
import { remembering } from '../remember.ts';
import { compileListPairs } from '../request/parameters.ts';
import type { ItemRange } from '../request/range.ts';
import { compilePlace, placeFilter } from '../scope.ts';
import { type Handler, type OperationContext, storedResource } from '../service.ts';
import { aggregationsAnswer } from './aggregations.ts';
import { addCountHeaders, asPreferred } from './counting.ts';
import { declaredTotalHeader } from './declared-headers.ts';
import { jsonTypeOf } from './document-answers.ts';
import { nextCursor } from './next-cursor.ts';
import { compileRanges, type PageFacts, type RangedList } from './ranges.ts';

export type ListAction = Extract<Action, { readonly kind: 'list' }>;

/** A page of a collection, within its parent where it is nested. */
export function compileList(context: OperationContext, action: ListAction): Handler {
  const { service } = context;
  const { resource, collection } = storedResource(service, action.resource);
  const totalHeader = declaredTotalHeader(context);
  const reading = parseContext(context, action, totalHeader !== undefined || envelopeNeedsTotal(action.envelope));
  const present = compileListAnswer(context, action, totalHeader);
  const pairsOf = compileListPairs(context, action.controls);
  const asStored = isSentAsStored(resource, context.binding);
  const ranges = compileRanges(context, action, limitsOf(context, action.controls));
  const answer: ListAnswer = (exchange, parsed, page) => {
    const { whole, facts } = present(exchange, parsed, page);
    ranges?.describe(whole.headers, facts);
    return tagged(exchange.request.headers, whole);
  };
  const findPart = async (list: RangedList, range: ItemRange, exchange: Exchange, asked: ParsedQuery) => {
    const query = await list.queryOf(range, asked.query, collection);
    const page = await collection.list(query);
    await list.verify(query, page, collection);
    const { whole, facts } = present(exchange, { ...asked, query }, page, true);
    list.describe(whole.headers, facts);
    return list.answerOf(exchange, whole, facts);
  };
  const find = (exchange: Exchange, asked: ParsedQuery): Answer | Promise<Answer> => {
    const parsed = asPreferred(asked, exchange);
    const { query, selection, countOnly, aggregations, cursorScope } = parsed;
    const { headers } = exchange.request;
    if (countOnly)
      return countAnswer(context, collection.count(query.filter)).then((answer) => revalidated(headers, answer));
    if (aggregations) {
      return aggregationsAnswer(context, collection, query.filter, aggregations).then((answer) =>
        revalidated(headers, answer),
      );
    }
    const part = ranges?.partOf(exchange, parsed);
    if (ranges !== undefined && part !== undefined) return findPart(ranges, part, exchange, parsed);
    const texts =
      asStored && !selection && !cursorScope && !parsed.highlight ? collection.listTexts?.(query) : undefined;
    if (texts) return answer(exchange, parsed, texts);
    const page = collection.list(query);
    return isPromise(page) ? page.then((found) => answer(exchange, parsed, found)) : answer(exchange, parsed, page);
  };
  if (action.scope.length === 0) {
    const parse = remembering((search: string) => parseQuery(pairsOf({ pairs: decodeQuery(search) }), reading));
    return (exchange) => find(exchange, parse(exchange.search));
  }
  const placeOf = compilePlace(context, resource, action.scope);
  return async (exchange) => {
    const within = placeFilter(resource, await placeOf(exchange));
    return find(exchange, parseQuery(pairsOf(exchange), within ? { ...reading, within } : reading));
  };
}

function parseContext(context: OperationContext, action: ListAction, withTotal: boolean): ParseContext {
  const { service, binding } = context;
  const limits = limitsOf(context, action.controls);
  const enumerated = queryPartsOf(context)
    .filter(({ schema }) => typeof schema === 'object' && schema.enum !== undefined)
    .map(({ name }) => name);
  const { resource } = storedResource(service, action.resource);
  const properties = documentProperties(resource, service.model.$defs);
  return {
    resource,
    ...(properties && { properties }),
    controls: action.controls,
    dialect: binding.dialect,
    purpose: 'list',
    withTotal,
    cursors: service.cursors,
    withCursor: action.envelope.slots.some(({ meaning }) => meaning === 'cursor'),
    enumerated: new Set(enumerated),
    ...limits,
  };
}

export interface PageLimits {
  readonly defaultLimit?: number;
  readonly maximumLimit?: number;
}

/** A declared `default` and `maximum` of the page size hold. */
export function limitsOf(operation: Parameters<typeof queryPartsOf>[0], controls: readonly Control[]): PageLimits {
  const name = controls.find(({ meaning }) => meaning === 'limit')?.parameter;
  const declared = queryPartsOf(operation).find((parameter) => parameter.name === name);
  if (!declared || typeof declared.schema !== 'object') return {};
  const { default: usual, maximum } = declared.schema;
  return {
    ...(typeof usual === 'number' && usual > 0 && { defaultLimit: usual }),
    ...(typeof maximum === 'number' && maximum > 0 && { maximumLimit: maximum }),
  };
}

/** The declared query parameters by the names that they are sent under: `page[size]` of an object `page`. */
function queryPartsOf({
  item,
  operation,
  service,
}: Pick<OperationContext, 'item' | 'operation'> & {
  readonly service: { readonly model: Pick<ApiModel, '$defs'> };
}): readonly Parameter[] {
  return mergeParameters(item.parameters, operation.parameters)
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter) => queryNames(parameter, service.model.$defs))
    .map(({ parameter }) => parameter);
}

type ListAnswer = (exchange: Exchange, query: ParsedQuery, page: Page | TextPage) => Answer;

/** `isPart`: the request names its page by what no URL can say, so that there are no URLs of others. */
type PresentList = (
  exchange: Exchange,
  query: ParsedQuery,
  page: Page | TextPage,
  isPart?: boolean,
) => { readonly whole: Answer & { readonly headers: Record<string, string> }; readonly facts: PageFacts };

function compileListAnswer(
  context: OperationContext,
  action: ListAction,
  totalHeader: string | undefined,
): PresentList {
  const { service, binding } = context;
  const { resource } = storedResource(service, action.resource);
  const present = compileDocumentPresenter(service.model, resource, binding);
  const wrap = compileEnvelope(action.envelope);
  const paging = pagingOf(action.controls);
  const pageLinks = compilePageLinks(paging);
  const hasLinks = envelopeNeedsLinks(action.envelope);
  const hasCursor = envelopeNeedsCursor(action.envelope);
  const relations = compileRelations(service.model, binding, service.descriptionPaths);
  const contentType = jsonTypeOf(context, binding.success);
  return (exchange, { query, selection, highlight, cursorScope }, page, isPart = false) => {
    const target = exchange.request.originalUrl;
    const { more, total } = page;
    const { limit, offset } = query;
    const cursor =
      (more || hasCursor) && cursorScope ? nextCursor(service.cursors, query, cursorScope, page, resource) : undefined;
    const window = { limit, offset, more, total, cursor: more ? cursor : undefined };
    const links = isPart ? { self: target } : pageLinks(target, window);
    // No object is spread into another here: this runs for every list, and a spread costs as much as reading the query.
    const body = wrap({
      texts:
        'documents' in page
          ? presented(
              highlight ? highlighting(present, highlight, resource) : present,
              page.documents,
              exchange,
              selection,
            )
          : joined(page),
      count: 'documents' in page ? undefined : page.count,
      limit,
      offset,
      more,
      total,
      cursor,
      firstPage: paging.firstPage,
      links: hasLinks
        ? isPart
          ? { self: absoluteUrl(exchange) }
          : pageLinks(absoluteUrl(exchange), window)
        : undefined,
      fields: selection && fieldsAsSent(exchange),
    });
    const around = relations(exchange);
    const pages = pageLinkHeader(links);
    const headers: Record<string, string> = {
      'Content-Type': contentType,
      Link: around === '' ? pages : pages === '' ? around : `${pages}, ${around}`,
    };
    if (totalHeader !== undefined && total !== undefined) headers[totalHeader] = String(total);
    addCountHeaders(headers, exchange, page, totalHeader);
    const partial = selection !== undefined || highlight !== undefined;
    const count = 'documents' in page ? page.documents.length : page.count;
    return { whole: { status: binding.success, headers, body, partial }, facts: { offset, total, more, count } };
  };
}

function presented(
  present: PresentDocument,
  documents: Page['documents'],
  exchange: Exchange,
  selection: ParsedQuery['selection'],
): readonly string[] {
  const shown = selection ? { url: exchange.url, parameters: exchange.parameters, fields: selection } : exchange;
  return documents.map((document) => present(document, shown));
}

function joined({ texts, count }: TextPage): readonly string[] {
  return count === 0 ? [] : [texts];
}

/** URLs in bodies are absolute: whoever reads a body may have forgotten where it came from. */
function absoluteUrl({ url, base, request }: Exchange): string {
  return url.slice(0, url.length - base.length) + request.originalUrl;
}

function fieldsAsSent({ pairs }: Exchange): string | undefined {
  return pairs.find(([name]) => name === '_fields')?.[1];
}

/** The description's own names for paging, else ours. */
function pagingOf(controls: readonly Control[]): PagingParameters {
  const named = (meaning: Control['meaning']) => controls.find((control) => control.meaning === meaning)?.parameter;
  const offset = named('offset');
  const fromZero = named('page-from-zero');
  const page = named('page') ?? fromZero;
  const cursor = named('cursor');
  if (offset === undefined && page === undefined) return { offset: '_start', page: '_page', firstPage: 0, cursor };
  return { offset, page, firstPage: fromZero === undefined ? 1 : 0, cursor };
}

async function countAnswer(context: OperationContext, count: number | Promise<number>): Promise<Answer> {
  const { binding } = context;
  // Ramses says it under "data".
  const member = binding.dialect === 'ramses' ? 'data' : 'count';
  return {
    status: binding.success,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ [member]: await count }),
    partial: true,
  };
}
