/** Where a document has the words that were looked for, as people read it. The same in every store: it is computed from the text. */
import type { Resource } from '../model/types.ts';
import type { QueryPair } from './decode.ts';
import { resolveOperand } from './operand.ts';
import { soughtWords, type WordsFilter } from './relevance.ts';
import { searchedPath } from './search.ts';
import type { Filter } from './types.ts';
import { valuesOf } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';
import { type LocatedWord, locatedWords } from './words.ts';

/** What to show of each document. */
export interface Highlight {
  readonly sought: readonly WordsFilter[];
  /** The texts to show hits of: path, and the name that clients call it by. */
  readonly fields: ReadonlyMap<string, string>;
}

/** So much of a text stands before and behind a hit, in UTF-16 units. */
const around = 60;
/** Of one property. */
const mostFragments = 5;

/**
 * What `_highlight` asks for: `true` is every text that is searched, else the named ones (`title,summary`). `undefined`
 * for nothing, as where nothing is looked for.
 */
export function highlightOf(
  given: QueryPair | undefined,
  searched: Filter | undefined,
  { subjects }: Vocabulary,
  report: (parameter: string, message: string) => void,
): Highlight | undefined {
  if (given === undefined || given[1] === 'false') return undefined;
  const [parameter, value] = given;
  const paths = [...subjects].flatMap(([name, subject]) => {
    const path = searchedPath(subject);
    return path === undefined ? [] : [[name, path] as const];
  });
  const wanted = new Set(value.split(',').map((part) => part.trim()));
  const chosen = value === 'true' || value === '' ? paths : paths.filter(([name]) => wanted.delete(name));
  if (value !== 'true' && value !== '') {
    for (const name of wanted)
      report(parameter, `"${name.slice(0, 100)}" is no text to highlight; "true" means all texts`);
  }
  const sought = searched === undefined ? [] : soughtWords(searched);
  if (sought.length === 0) return undefined;
  return { sought, fields: new Map(chosen.map(([name, path]) => [path, name])) };
}

/**
 * Fragments of the texts around what was found, by the names of their properties. They are HTML: everything is escaped
 * but `<em>` around each hit. A text without a hit is left out.
 *
 * @example highlighted({ title: 'Salt & Pepper' }, highlight, books) // { title: ['<em>Salt</em> &#38; Pepper'] }
 */
export function highlighted(
  document: unknown,
  { sought, fields }: Highlight,
  resource: Resource,
): Readonly<Record<string, readonly string[]>> {
  const entries: [string, readonly string[]][] = [];
  for (const [path, name] of fields) {
    const here = sought.filter((each) => each.fields.some((field) => field.path === path));
    const operand = resolveOperand({ kind: 'field', path }, resource);
    if (here.length === 0 || operand.kind !== 'field') continue;
    const fragments = valuesOf(document, operand.field).flatMap((text) =>
      typeof text === 'string' ? fragmentsOf(text, hitsIn(text, here)) : [],
    );
    if (fragments.length > 0) entries.push([name, fragments.slice(0, mostFragments)]);
  }
  return Object.fromEntries(entries);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** In the order of the text, none within another. */
function hitsIn(text: string, sought: readonly WordsFilter[]): readonly Range[] {
  const words = locatedWords(text);
  const hits = sought.flatMap((each) => occurrencesIn(words, each)).sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Range[] = [];
  for (const hit of hits) {
    const last = apart.at(-1);
    if (last === undefined || hit.start >= last.end) apart.push(hit);
    else if (hit.end > last.end) apart[apart.length - 1] = { start: last.start, end: hit.end };
  }
  return apart;
}

function occurrencesIn(text: readonly LocatedWord[], { words, prefix }: WordsFilter): readonly Range[] {
  const [first] = words;
  if (first === undefined) return [];
  if (prefix) return text.filter(({ word }) => word.startsWith(first));
  return text.flatMap(({ start }, at) => {
    const last = text[at + words.length - 1];
    const holds = last !== undefined && words.every((word, offset) => text[at + offset]?.word === word);
    return holds ? [{ start, end: last.end }] : [];
  });
}

/** Hits that lie near each other share a fragment. */
function fragmentsOf(text: string, hits: readonly Range[]): readonly string[] {
  const fragments: Range[][] = [];
  for (const hit of hits) {
    const last = fragments.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && hit.start - before.end <= around) last.push(hit);
    else fragments.push([hit]);
  }
  return fragments.slice(0, mostFragments).map((each) => fragmentOf(text, each));
}

function fragmentOf(text: string, hits: readonly Range[]): string {
  const first = hits[0]?.start ?? 0;
  const last = hits.at(-1)?.end ?? text.length;
  const start = first <= around ? 0 : startOfWord(text, first - around, first);
  const end = text.length - last <= around ? text.length : endOfWord(text, last + around, last);
  let html = '';
  let at = start;
  for (const hit of hits) {
    html += `${escapeHtml(text.slice(at, hit.start))}<em>${escapeHtml(text.slice(hit.start, hit.end))}</em>`;
    at = hit.end;
  }
  return `${start > 0 ? '…' : ''}${html}${escapeHtml(text.slice(at, end))}${end < text.length ? '…' : ''}`;
}

/** A fragment begins behind a space, where there is one. */
function startOfWord(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/);
  return space < 0 ? wholeCharacter(text, from) : from + space + 1;
}

function endOfWord(text: string, from: number, to: number): number {
  const space = /\s\S*$/.exec(text.slice(to, from));
  return space === null || space.index === 0 ? wholeCharacter(text, from) : to + space.index;
}

/** Not in the middle of a pair of surrogates. */
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
