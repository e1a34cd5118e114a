/**
 * Which properties of a list's answer mean something to a reader of lists (`total`, `next`, `has_more` …), recognised by
 * name and type.
 */
import { folded } from './names.ts';
import { escapePointer } from './pointer.ts';
import { type Definitions, type Shape, shapeOf } from './schema.ts';
import type { Envelope } from './types.ts';

export type Slot = Envelope['slots'][number];
export type Meaning = Slot['meaning'];

export const allMeanings: readonly Meaning[] = [
  'total',
  'count',
  'limit',
  'offset',
  'page',
  'pages',
  'cursor',
  'has-more',
  'next',
  'previous',
  'first',
  'last',
  'self',
];

/** How far below the top an envelope may hold something. */
export const deepest = 3;

/** Objects whose members are about the list: `meta.total`, `_links.next.href`, `paging.cursors.after`. */
function isAboutList(name: string): boolean {
  return /^_?(?:meta|metadata|_?links|page|paging|pagination|pageinfo|page_info|cursors?|resultinfo|responsemetadata|response_metadata|info|summary)$/i.test(
    name,
  );
}

export function slotsIn(
  shape: Shape,
  pointer: string,
  definitions: Definitions,
  depth: number,
  itemsPointer: string,
): readonly Slot[] {
  if (depth >= deepest) return [];
  return [...shape.properties].flatMap(([name, schema]): readonly Slot[] => {
    const here = `${pointer}/${escapePointer(name)}`;
    if (here === itemsPointer) return [];
    const inner = shapeOf(schema, definitions);
    const meaning = meaningOf(name, inner, pointer);
    if (inner.type === 'object' && (isAboutList(name) || itemsPointer.startsWith(`${here}/`) || isLink(meaning))) {
      return isLink(meaning) && inner.properties.has('href')
        ? [
            {
              pointer: `${here}/href`,
              meaning,
              ...absenceOfLink(meaning, inner, here, shape.required.has(name), definitions),
            },
          ]
        : slotsIn(inner, here, definitions, depth + 1, itemsPointer);
    }
    return meaning === undefined
      ? []
      : [{ pointer: here, meaning, ...absence(meaning, inner, shape.required.has(name)) }];
  });
}

type Absence = Pick<Slot, 'absent' | 'whole'>;

/**
 * What may stand in a slot that has no value: null, where that is declared or nothing is; else nothing, where nothing
 * need be there. A text that must be there can still say nothing; where it must be a URL, only the page itself is no lie,
 * and where it must be a cursor, the one that leads to what is yet to be created.
 */
function absence(meaning: Meaning, declared: Shape, isRequired: boolean): Absence {
  if (declared.nullable || declared.type === undefined) return {};
  if (!isRequired) return { absent: 'omit' };
  if (declared.type !== 'string') return {};
  if (mayBeEmpty(declared)) return { absent: 'empty' };
  return { absent: isLink(meaning) ? 'self' : meaning === 'cursor' ? 'behind' : 'empty' };
}

/** `""` is a `uri-reference`, but no `uri`; whoever declares a pattern means one of URLs. */
function mayBeEmpty({ schema: { format, minLength, pattern } }: Shape): boolean {
  if (format === 'uri' || format === 'iri' || format === 'url' || typeof pattern === 'string') return false;
  return !(typeof minLength === 'number' && minLength > 0);
}

/** `next: { href }` without a next page is no link at all, rather than a link to nowhere. */
function absenceOfLink(
  meaning: Meaning,
  link: Shape,
  pointer: string,
  isRequired: boolean,
  definitions: Definitions,
): Absence {
  if (link.nullable) return { whole: pointer };
  if (!isRequired) return { absent: 'omit', whole: pointer };
  return absence(meaning, shapeOf(link.properties.get('href'), definitions), link.required.has('href'));
}

/**
 * Words with two meanings are settled by their company: a `count` without a total is the total (`count, next, previous,
 * results`), and `size` beside a count is the size of a page.
 */
export function settle(slots: readonly Slot[]): readonly Slot[] {
  const has = (meaning: Meaning) => slots.some((slot) => slot.meaning === meaning);
  return slots.map((slot): Slot => {
    const name = folded(slot.pointer.split('/').at(-1) ?? '');
    if (slot.meaning !== 'count') return slot;
    if (name === 'count' && !has('total')) return { ...slot, meaning: 'total' };
    if (name === 'size' && (has('total') || has('page'))) return { ...slot, meaning: 'limit' };
    return slot;
  });
}

function isLink(meaning: Meaning | undefined): meaning is 'next' | 'previous' | 'first' | 'last' | 'self' {
  return ['next', 'previous', 'first', 'last', 'self'].some((link) => link === meaning);
}

const numbers: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^(?:total|totalcount|counttotal|totalrecords|recordstotal|totalitems|totalelements|totalresults|totalhits|totalrows|numfound|totalsize|resultcount|resulttotal|totalentries|totalnumber|totalresultcount|itemcount|recordcount|size_total|odatacount)$/,
    'total',
  ],
  [/^(?:pages|totalpages|pagecount|lastpage|numpages|pagestotal|numberofpages)$/, 'pages'],
  [/^(?:count|size|numberofelements|length|returned|resultsize|itemsinpage|currentcount|numreturned)$/, 'count'],
  [/^(?:limit|perpage|pagesize|itemsperpage|pagelimit|maxresults|take|rowsperpage|maxitems)$/, 'limit'],
  [/^(?:offset|start|skip|startindex|from|startat|firstresult)$/, 'offset'],
  [/^(?:page|pagenumber|currentpage|pageindex|number|pageno|pagenum)$/, 'page'],
];

const texts: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^(?:cursor|nextcursor|nextpagetoken|nexttoken|continuationtoken|endcursor|after|pagetoken|nextmarker|continuation|scrollid|pagingtoken|nextpagecursor)$/,
    'cursor',
  ],
  [/^(?:next|nextpage|nexturl|nexthref|nextlink|nextpageurl|odatanextlink|nextpagelink|nexturi)$/, 'next'],
  [
    /^(?:prev|previous|prevpage|previouspage|prevurl|previousurl|prevlink|previouslink|prevpageurl|previouspageurl|previoushref)$/,
    'previous',
  ],
  [/^(?:first|firstpage|firsturl|firstlink|firstpageurl)$/, 'first'],
  [/^(?:last|lastpage|lasturl|lastlink|lastpageurl)$/, 'last'],
  [/^(?:self|selfurl|selflink|href|url)$/, 'self'],
];

const hasMore = /^(?:hasmore|more|hasnext|hasnextpage|ismore|moreresults|hasmoreitems|hasmoreresults|incomplete)$/;

/** What a property of an envelope means, by its name and type; without a declared type, by name alone. */
function meaningOf(name: string, shape: Shape, pointer: string): Meaning | undefined {
  const text = folded(name);
  const untyped = shape.type === undefined;
  if (shape.type === 'boolean' || untyped) {
    if (hasMore.test(text)) return 'has-more';
  }
  if (shape.type === 'integer' || shape.type === 'number' || untyped) {
    for (const [pattern, meaning] of numbers) if (pattern.test(text)) return meaning;
    return undefined;
  }
  if (shape.type !== 'string' && shape.type !== 'object') return undefined;
  for (const [pattern, meaning] of texts) {
    if (!pattern.test(text)) continue;
    // `{ "data": [...], "url": "…" }` names the list itself; deeper `href`s belong to whatever they stand in.
    if (meaning === 'self' && /^(?:href|url)$/.test(text) && pointer !== '') return undefined;
    return meaning;
  }
  return undefined;
}
