/** What the name and the type of a query parameter say of it, where it is no filter. */
import type { Parameter } from './description.ts';
import { folded } from './names.ts';
import type { Shape } from './schema.ts';
import type { Control } from './types.ts';

type Meaning = Control['meaning'];

/** Paging by number, which wins over a field of the same name. */
export function isSystem(meaning: Meaning): boolean {
  return meaning === 'limit' || meaning === 'offset' || meaning === 'page' || meaning === 'page-from-zero';
}

const numeric: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^(?:limit|perpage|pagesize|itemsperpage|pagelimit|maxresults|take|rows|max|maxitems|top|resultsperpage|rpp|paginglimit|maximum|first|count|size|pagecount|numresults)$/,
    'limit',
  ],
  [/^(?:offset|start|skip|startindex|from|startat|firstresult|startfrom|pageoffset|begin)$/, 'offset'],
  [/^(?:page|pagenumber|pageno|pagenum|currentpage|pageindex|p)$/, 'page'],
];

const textual: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^(?:cursor|after|pagetoken|nexttoken|nextpagetoken|continuationtoken|marker|pagecursor|pageafter|continuation)$/,
    'cursor',
  ],
  [/^(?:sort|sortby|orderby|ordering|sorting|sortfield|sorts|sortkey|sortcolumn|ordercolumn|orderfield)$/, 'sort'],
  [/^(?:order|sortorder|direction|sortdirection|sortdir|orderdirection|dir|orderdir|sorttype)$/, 'order'],
  [/^(?:fields|select|field|include_fields|includefields|partial|only|properties|attributes)$/, 'fields'],
  [
    /^(?:q|query|search|searchterm|term|keyword|keywords|text|searchtext|searchquery|fulltext|searchstring|freetext)$/,
    'search',
  ],
];

const flags: readonly (readonly [RegExp, Meaning])[] = [
  [/^(?:count|totalcount|includetotal|withcount|includecount|countonly)$/, 'count'],
];

/** By name and type; a parameter without a declared type may be anything. */
export function meaningOf(name: string, parameter: Parameter, shape: Shape): Meaning | undefined {
  const text = folded(name);
  const find = (table: readonly (readonly [RegExp, Meaning])[]) => table.find(([pattern]) => pattern.test(text))?.[1];
  const isNumber = shape.type === 'integer' || shape.type === 'number';
  const isText = shape.type === 'string' || shape.type === 'array';
  if (isNumber || shape.type === undefined || (shape.type === 'string' && looksNumeric(shape))) {
    const meaning = find(numeric);
    if (meaning === 'page') return startsAtZero(parameter, shape) ? 'page-from-zero' : 'page';
    if (meaning !== undefined) return meaning;
  }
  if (shape.type === 'boolean') return find(flags);
  return isText || shape.type === undefined ? find(textual) : undefined;
}

/** RAML 0.8 parameters are strings unless they say otherwise; a numeric default or example tells. */
export function looksNumeric(shape: Shape): boolean {
  const { schema } = shape;
  const values = [schema.default, schema.example, ...(Array.isArray(schema.examples) ? schema.examples : [])];
  return schema.pattern === '[0-9]+' || values.some((value) => /^\d+$/.test(String(value ?? '')));
}

function startsAtZero(parameter: Parameter, shape: Shape): boolean {
  const { schema } = shape;
  if (schema.default === 0) return true;
  if (schema.default !== undefined) return false;
  if (schema.minimum === 0) return true;
  return /zero.?based|from (?:zero|0)\b|0.?based|starts? (?:at|with|from) (?:zero|0)\b/i.test(
    parameter.description ?? '',
  );
}
