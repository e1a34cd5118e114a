import type { Resource } from '../../model/types.ts';
import { measureOf } from '../../query/bucket-key.ts';
import { readerOf } from '../../query/candidate.ts';
import type { ResolvedOperand } from '../../query/operand.ts';
import type { Operand, Scalar } from '../../query/types.ts';
import { fold } from '../../query/values.ts';
import { wordsOf } from '../../query/words.ts';
import type { StoredDocument } from '../contract.ts';
import { indexable, keyword, orderedMoment } from './indexable.ts';
import { operandsOf, type Slot, slotOf } from './slots.ts';

export type Entry = Readonly<Record<string, unknown>>;

/**
 * What an index is sent of a document: the values of its fields, in the form in which they are compared, and nothing
 * else. Never the document itself, which may hold what nobody is to find.
 */
export function entryOf(resource: Resource): (stored: StoredDocument) => Entry {
  const parts = operandsOf(resource).map((operand) => ({
    slot: slotOf(operand),
    read: valuesReader(operand, resource),
  }));
  return ({ key, links, text }) => {
    const candidate = { key, links, document: JSON.parse(text) as unknown };
    const entry: Record<string, unknown> = { raw: key };
    for (const { slot, read } of parts) {
      const values = read(candidate).filter((value) => fits(value, slot));
      for (const [path, contents] of contentsOf(values, slot)) put(entry, path, contents);
    }
    return entry;
  };
}

/** Of the types that a slot holds; an integer id may be a text in what was stored long ago. */
function fits(value: Scalar, { type }: Slot): boolean {
  return typeof value === (type === 'number' || type === 'boolean' ? type : 'string');
}

function contentsOf(
  values: readonly Scalar[],
  slot: Slot,
): readonly (readonly [path: string, values: readonly Scalar[]])[] {
  // Of numbers, each counts in a sum; of anything else, different ones.
  if (slot.type === 'number') return [[slot.exact, values.map(indexable)]];
  const different = [...new Set(values)];
  if (slot.type === 'boolean') return [[slot.exact, different]];
  const texts = different.filter((value) => typeof value === 'string');
  const contents: [string, readonly Scalar[]][] = [[slot.exact, texts.map(indexable)]];
  if (slot.folded !== undefined) contents.push([slot.folded, texts.map((text) => keyword(fold(text)))]);
  if (slot.words !== undefined) contents.push([slot.words, texts.map((text) => wordsOf(text).join(' '))]);
  if (slot.dates !== undefined) {
    const { measured, ordered, others, length } = slot.dates;
    const moments = texts.flatMap((text) => measureOf(text, 'datetime') ?? []);
    contents.push([measured, moments.map((time) => new Date(time).toISOString())]);
    contents.push([ordered, texts.flatMap((text) => orderedMoment(text, length) ?? [])]);
    contents.push([others, texts.filter((text) => orderedMoment(text, length) === undefined)]);
  }
  return contents;
}

function valuesReader(operand: ResolvedOperand, resource: Resource) {
  // `readerOf` refuses the key where ids are unique without it; an index has it always, to page by.
  if (operand.kind === 'key') return ({ key }: { readonly key: string }): readonly Scalar[] => [key];
  return readerOf(unresolved(operand), resource);
}

function unresolved(operand: Exclude<ResolvedOperand, { readonly kind: 'key' }>): Operand {
  switch (operand.kind) {
    case 'id':
      return { kind: 'id' };
    case 'link':
      return { kind: 'link', name: operand.link.name };
    case 'field':
      return { kind: 'field', path: operand.field.path };
  }
}

/** Paths have one dot at most: `f.title`. */
function put(entry: Record<string, unknown>, path: string, values: readonly Scalar[]): void {
  if (values.length === 0) return;
  const value = values.length === 1 ? values[0] : values;
  const [tree = '', name] = path.split('.');
  if (name === undefined) entry[tree] = value;
  else entry[tree] = { ...Object(entry[tree] ?? {}), [name]: value };
}
