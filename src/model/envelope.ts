/**
 * The shape of a collection's answer: where the array is, and which other properties mean something to a reader of lists
 * (`total`, `next`, `has_more` …), recognised by name and type.
 */
import type { JsonSchema } from './description.ts';
import { folded, sameNoun } from './names.ts';
import { type Definitions, isRecord, isSchema, type Shape, schemaKey, shapeOf } from './schema.ts';
import type { Envelope } from './types.ts';

export type Slot = Envelope['slots'][number];
export type Meaning = Slot['meaning'];

/** A list as a schema declares it: its envelope and what its elements are. */
export interface ListShape {
  readonly envelope: Envelope;
  readonly element?: JsonSchema;
  /** Why it was taken for a list; weaker reasons need more evidence from the path. */
  readonly certainty: 'array' | 'envelope' | 'perhaps';
  /** It counts or pages: totals, limits, cursors. */
  readonly hasSlots: boolean;
}

export const plainArray: Envelope = { kind: 'array', items: '', slots: [], constants: [] };
export const ramsesEnvelope: Envelope = { kind: 'ramses', items: '/data', slots: [], constants: [] };

/** Names of the array in an envelope that belong to envelopes and not to things. */
const arrayNames: ReadonlySet<string> = new Set(
  'items data results result records rows list content values entries elements hits docs documents objects collection resources value embedded'.split(
    ' ',
  ),
);

/** Arrays that stand beside the list. */
const aside =
  /^_?(?:links?|errors?|warnings?|messages?|facets?|aggregations?|included|diagnostics|fields|sort|filters?)$/i;

const deepest = 3;

/**
 * Sees a list in a response schema: an array, or an object with one array of things.
 *
 * @param about What the elements may be: the key of the resource's schema, and the noun of the path.
 * @returns `undefined` when it is no list.
 */
export function listShapeOf(
  schema: JsonSchema | undefined,
  definitions: Definitions,
  about: { readonly key?: string | undefined; readonly noun?: string | undefined } = {},
): ListShape | undefined {
  const shape = shapeOf(schema, definitions);
  if (shape.type === 'array') {
    return {
      envelope: plainArray,
      certainty: 'array',
      hasSlots: false,
      ...(shape.items !== undefined && { element: shape.items }),
    };
  }
  if (shape.type !== 'object') return undefined;
  const found = arraysIn(shape, '', definitions, 0, about.noun);
  const best = choose(found, definitions, about);
  if (best === undefined) return undefined;
  const slots = settle(slotsIn(shape, '', definitions, 0, best.pointer));
  const isAbout = matches(best, definitions, about);
  const others = [...shape.properties.keys()].filter((name) => !aside.test(name)).length - 1;
  const known = new Set(slots.map(({ pointer }) => pointer.split('/')[1])).size;
  const certain = isAbout || arrayNames.has(folded(best.name)) || known >= others;
  return {
    envelope: {
      kind: 'object',
      items: best.pointer,
      slots,
      constants: constantsIn(shape, '', definitions, [best.pointer, ...slots.map(({ pointer }) => pointer)]),
    },
    ...(best.element !== undefined && { element: best.element }),
    certainty: certain ? 'envelope' : 'perhaps',
    hasSlots: slots.some(({ meaning }) => meaning !== 'self' && meaning !== 'count'),
  };
}

/** The author's word on where the array is and what other properties mean. */
export function withOverrides(
  envelope: Envelope | undefined,
  said: { readonly items?: string; readonly slots?: Readonly<Record<string, unknown>> },
): Envelope {
  const items = said.items ?? envelope?.items ?? '';
  const named = Object.entries(said.slots ?? {}).flatMap(([pointer, value]): readonly Slot[] => {
    const meaning = allMeanings.find((known) => known === value);
    return meaning === undefined ? [] : [{ pointer, meaning }];
  });
  const overruled = new Set([items, ...Object.keys(said.slots ?? {})]);
  const kept = <Entry extends { readonly pointer: string }>(entries: readonly Entry[]) =>
    entries.filter(({ pointer }) => !overruled.has(pointer));
  return {
    kind: items === '' ? 'array' : 'object',
    items,
    slots: [...kept(envelope?.slots ?? []), ...named],
    constants: kept(envelope?.constants ?? []),
  };
}

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

/** The elements of an actual answer: what stands where the envelope has its array. */
export function elementsAt(answer: unknown, pointer: string): readonly unknown[] {
  let current = answer;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    current = isRecord(current) && Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return Array.isArray(current) ? current : [];
}

interface FoundArray {
  readonly pointer: string;
  readonly name: string;
  readonly depth: number;
  readonly element?: JsonSchema;
  readonly ofObjects: boolean;
}

function arraysIn(
  shape: Shape,
  pointer: string,
  definitions: Definitions,
  depth: number,
  noun: string | undefined,
): readonly FoundArray[] {
  if (depth >= deepest) return [];
  return [...shape.properties].flatMap(([name, schema]): readonly FoundArray[] => {
    const here = `${pointer}/${escapePointer(name)}`;
    const inner = shapeOf(schema, definitions);
    if (inner.type === 'array') {
      if (aside.test(name) && !(noun !== undefined && sameNoun(name, noun))) return [];
      const element = shapeOf(inner.items, definitions);
      const ofObjects = element.type === 'object' || element.type === undefined;
      return [{ pointer: here, name, depth, ofObjects, ...(inner.items !== undefined && { element: inner.items }) }];
    }
    const wraps = inner.type === 'object' && (isWrapperName(name) || (noun !== undefined && sameNoun(name, noun)));
    return wraps ? arraysIn(inner, here, definitions, depth + 1, noun) : [];
  });
}

function choose(
  found: readonly FoundArray[],
  definitions: Definitions,
  about: { readonly key?: string | undefined; readonly noun?: string | undefined },
): FoundArray | undefined {
  const byKey = found.find((array) => matches(array, definitions, about));
  if (byKey !== undefined) return byKey;
  const objects = found.filter(({ ofObjects }) => ofObjects);
  const named = objects.filter(({ name }) => arrayNames.has(folded(name)));
  if (named.length === 1) return named[0];
  if (objects.length === 1) return objects[0];
  return found.length === 1 && arrayNames.has(folded(found[0]?.name ?? '')) ? found[0] : undefined;
}

function matches(
  array: FoundArray,
  definitions: Definitions,
  about: { readonly key?: string | undefined; readonly noun?: string | undefined },
): boolean {
  if (about.key !== undefined && schemaKey(array.element, definitions) === about.key) return true;
  return about.noun !== undefined && array.ofObjects && sameNoun(array.name, about.noun);
}

function isWrapperName(name: string): boolean {
  return /^_?(?:embedded|result|results|response|data|payload|body|page|hits|content|list|collection)$/i.test(name);
}

/** Objects whose members are about the list: `meta.total`, `_links.next.href`, `paging.cursors.after`. */
function isAboutList(name: string): boolean {
  return /^_?(?:meta|metadata|_?links|page|paging|pagination|pageinfo|page_info|cursors?|resultinfo|responsemetadata|response_metadata|info|summary)$/i.test(
    name,
  );
}

function slotsIn(
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
        ? [{ pointer: `${here}/href`, meaning }]
        : slotsIn(inner, here, definitions, depth + 1, itemsPointer);
    }
    return meaning === undefined ? [] : [{ pointer: here, meaning }];
  });
}

/**
 * Words with two meanings are settled by their company: a `count` without a total is the total (`count, next, previous,
 * results`), and `size` beside a count is the size of a page.
 */
function settle(slots: readonly Slot[]): readonly Slot[] {
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

/** Required properties without a meaning, with a value that fits. */
function constantsIn(
  shape: Shape,
  pointer: string,
  definitions: Definitions,
  filled: readonly string[],
): Envelope['constants'] {
  return [...shape.required].flatMap((name): Envelope['constants'] => {
    const schema = shape.properties.get(name);
    const here = `${pointer}/${escapePointer(name)}`;
    if (schema === undefined || filled.includes(here)) return [];
    const inner = shapeOf(schema, definitions);
    if (filled.some((other) => other.startsWith(`${here}/`))) return constantsIn(inner, here, definitions, filled);
    const value = sampleOf(inner, definitions, 0);
    return value === undefined ? [] : [{ pointer: here, value }];
  });
}

/** The smallest value that fits: a declared one first (`const`, `default`, example, `enum`), else an empty one. */
function sampleOf(shape: Shape, definitions: Definitions, depth: number): unknown {
  const { schema } = shape;
  for (const key of ['const', 'default', 'example']) if (key in schema) return schema[key];
  for (const key of ['examples', 'enum']) {
    const values = schema[key];
    if (Array.isArray(values) && values.length > 0) return values[0];
  }
  switch (shape.type) {
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 0;
    case 'array':
      return [];
    case 'object':
      return depth > 4 ? {} : sampleObject(shape, definitions, depth);
    case 'string':
      return sampleString(schema);
    default:
      return null;
  }
}

function sampleObject(shape: Shape, definitions: Definitions, depth: number): unknown {
  const value: Record<string, unknown> = {};
  for (const name of shape.required) {
    const property = shape.properties.get(name);
    if (!isSchema(property)) continue;
    Object.defineProperty(value, name, {
      value: sampleOf(shapeOf(property, definitions), definitions, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return value;
}

function sampleString(schema: Readonly<Record<string, unknown>>): string {
  switch (schema.format) {
    case 'date':
      return '1970-01-01';
    case 'date-time':
      return '1970-01-01T00:00:00Z';
    case 'uri':
    case 'url':
      return 'https://example.com/';
    case 'email':
      return 'someone@example.com';
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000';
    default: {
      const length = isRecord(schema) && typeof schema.minLength === 'number' ? schema.minLength : 0;
      return 'x'.repeat(Math.min(length, 1000));
    }
  }
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
