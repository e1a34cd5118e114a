import type { Envelope, Wrapper } from '../../model/types.ts';
import type { PageLinks } from './links.ts';

/** One page, ready to be wrapped. */
export interface PresentedPage {
  /** JSON texts of the documents, presented already. */
  readonly texts: readonly string[];
  /** How many documents they are, where several are joined in one text by commas; else as many as texts. */
  readonly count?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  /** Present if it was counted: `envelopeNeedsTotal` says when it must be. */
  readonly total?: number | undefined;
  /** There is at least one more document after this page. */
  readonly more: boolean;
  /** Opaque token of the next page, if there is one; of what may come to be one, where the envelope wants it always. */
  readonly cursor?: string | undefined;
  /** The number of the first page: 1 unless the description counts from 0. */
  readonly firstPage?: 0 | 1 | undefined;
  /** Must be given where `envelopeNeedsLinks`. */
  readonly links?: PageLinks | undefined;
  /** Ramses: the `_fields` of the request, as sent. */
  readonly fields?: string | undefined;
}

type Meaning = Envelope['slots'][number]['meaning'];
type Write = (page: PresentedPage) => string;

/**
 * The page as body text, in the shape that the description declares. Compiled once per binding: it joins texts and
 * never parses one.
 *
 * @example compileEnvelope({ kind: 'object', items: 'items', slots: [{ pointer: '/total', meaning: 'total' }], constants: [] })
 * // (page) => '{"items":[…],"total":42}'
 */
export function compileEnvelope(envelope: Envelope): Write {
  switch (envelope.kind) {
    case 'array':
      return array;
    case 'ramses':
      return ramses;
    case 'object':
      return compileNode(layOut(envelope));
  }
}

/**
 * A document's text within the object that the description declares around it.
 *
 * @example compileWrapper({ document: '/data', constants: [] })('{"id":1}') // '{"data":{"id":1}}'
 */
export function compileWrapper({ document, constants }: Wrapper): (text: string) => string {
  const root: Node = { members: new Map() };
  place(root, segments(document)).write = ({ texts }) => texts.join();
  for (const { pointer, value } of constants) fill(place(root, segments(pointer)), value);
  const write = compileNode(root);
  return (text) => write({ texts: [text], limit: 1, offset: 0, more: false });
}

/** Whether a list must count everything that matches, and not only its page. */
export function envelopeNeedsTotal(envelope: Envelope): boolean {
  const counting: readonly Meaning[] = ['total', 'pages', 'last'];
  return envelope.kind === 'ramses' || envelope.slots.some(({ meaning }) => counting.includes(meaning));
}

/** Whether the body holds URLs of pages, so that `links` must be computed before it. */
export function envelopeNeedsLinks(envelope: Envelope): boolean {
  const urls: readonly Meaning[] = ['next', 'previous', 'first', 'last', 'self'];
  return envelope.slots.some(({ meaning }) => urls.includes(meaning));
}

/** Whether the body holds a cursor on the last page, too. */
export function envelopeNeedsCursor(envelope: Envelope): boolean {
  return envelope.slots.some(({ meaning, absent }) => meaning === 'cursor' && absent === 'behind');
}

function array(page: PresentedPage): string {
  return `[${page.texts.join(',')}]`;
}

/**
 * Ramses' own order of keys, without `took`: the milliseconds of Elasticsearch would make every answer differ, so that
 * no list could ever be revalidated by its ETag, and a constant would be a lie.
 */
function ramses(page: PresentedPage): string {
  const { texts, offset, fields, total } = page;
  const known = total ?? knownTotal(page);
  return `{"data":[${texts.join(',')}],"start":${offset},"fields":${JSON.stringify(fields ?? '')},${
    known === undefined ? '' : `"total":${known},`
  }"count":${countOf(page)}}`;
}

function countOf({ texts, count }: PresentedPage): number {
  return count ?? texts.length;
}

/** The last page tells the total without counting: nothing follows it, and what precedes it is known. */
function knownTotal(page: PresentedPage): number | undefined {
  const { offset, more } = page;
  const count = countOf(page);
  return !more && (count > 0 || offset === 0) ? offset + count : undefined;
}

/** The envelope as a tree: an object's members in the order in which they were placed. */
interface Node {
  readonly members: Map<string, Node>;
  write?: Write;
  /** `write` may give an empty string: the member is then left out. */
  optional?: boolean;
  /** Without it, an object is not written, but `nothing` instead. */
  condition?: { readonly holds: (page: PresentedPage) => boolean; readonly nothing: Write };
}

/** Items first, then slots, then constants, which only fill what is still free. */
function layOut(envelope: Envelope): Node {
  const root: Node = { members: new Map() };
  const items = place(root, segments(envelope.items));
  items.write = array;
  for (const { pointer, meaning, absent = 'null', whole } of envelope.slots) {
    const node = place(root, segments(pointer));
    node.write ??= slotWriter(meaning, absent);
    const member = whole === undefined ? node : place(root, segments(whole));
    member.optional = absent === 'omit';
    if (whole === undefined) continue;
    const read = slotValue(meaning);
    const nothing = absentWriter(absent);
    member.condition = { holds: (page) => read(page) !== undefined, nothing };
  }
  for (const { pointer, value } of envelope.constants) fill(place(root, segments(pointer)), value);
  return root;
}

/** A pointer (`/meta/total`), or the name of a property (`items`). */
function segments(pointer: string): readonly string[] {
  if (!pointer.startsWith('/')) return [pointer];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function place(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const name of path) {
    let child = node.members.get(name);
    if (!child) {
      child = { members: new Map() };
      node.members.set(name, child);
    }
    node = child;
  }
  return node;
}

/** A constant object around slots keeps its other members: `{"meta":{"total":…,"version":"1"}}`. */
function fill(node: Node, value: unknown): void {
  if (node.write) return;
  if (node.members.size > 0) {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) fill(place(node, [name]), member);
    return;
  }
  const text = JSON.stringify(value) ?? 'null';
  node.write = () => text;
}

function compileNode(node: Node): Write {
  if (node.write) return node.write;
  const members = [...node.members].map(([name, child]) => ({
    prefix: `${JSON.stringify(name)}:`,
    write: compileNode(child),
    optional: child.optional === true,
  }));
  const { condition } = node;
  return (page) => {
    if (condition && !condition.holds(page)) return condition.nothing(page);
    let text = '';
    for (const { prefix, write, optional } of members) {
      const value = write(page);
      if (optional && value === '') continue;
      text += text === '' ? prefix + value : `,${prefix}${value}`;
    }
    return `{${text}}`;
  };
}

type Absent = NonNullable<Envelope['slots'][number]['absent']>;

function absentWriter(absent: Absent): Write {
  switch (absent) {
    case 'null':
      return () => 'null';
    case 'omit':
      return () => '';
    case 'empty':
    case 'behind':
      return () => '""';
    case 'self':
      return ({ links }) => JSON.stringify(links?.self ?? '');
  }
}

function slotWriter(meaning: Meaning, absent: Absent): Write {
  const read = slotValue(meaning);
  const nothing = absentWriter(absent);
  return (page) => {
    const value = read(page);
    return value === undefined ? nothing(page) : JSON.stringify(value);
  };
}

function slotValue(meaning: Meaning): (page: PresentedPage) => number | boolean | string | undefined {
  switch (meaning) {
    case 'total':
      return (page) => page.total ?? knownTotal(page);
    case 'count':
      return countOf;
    case 'limit':
      return ({ limit }) => limit;
    case 'offset':
      return ({ offset }) => offset;
    case 'page':
      return ({ limit, offset, firstPage = 1 }) => (limit > 0 ? Math.floor(offset / limit) : 0) + firstPage;
    case 'pages':
      return (page) => pages(page);
    case 'cursor':
      return ({ cursor }) => cursor;
    case 'has-more':
      return ({ more }) => more;
    case 'next':
    case 'previous':
    case 'first':
    case 'last':
    case 'self':
      return ({ links }) => links?.[meaning];
  }
}

function pages(page: PresentedPage): number | undefined {
  const total = page.total ?? knownTotal(page);
  return total === undefined ? undefined : page.limit > 0 ? Math.ceil(total / page.limit) : 0;
}
