/** The shape of a collection's answer: where the array is, and what stands around it. */

import { constantsIn } from './constants.ts';
import type { JsonSchema } from './description.ts';
import { folded, sameNoun } from './names.ts';
import { escapePointer, pointerSteps } from './pointer.ts';
import { type Definitions, isRecord, type Shape, schemaKey, shapeOf } from './schema.ts';
import { allMeanings, deepest, type Slot, settle, slotsIn } from './slots.ts';
import type { Envelope } from './types.ts';

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
  const best = found.length === 0 ? undefined : choose(found, definitions, about);
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
    const known = envelope?.slots.find((slot) => slot.pointer === pointer);
    return meaning === undefined ? [] : [{ ...known, pointer, meaning }];
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

/** The elements of an actual answer: what stands where the envelope has its array. */
export function elementsAt(answer: unknown, pointer: string): readonly unknown[] {
  let current = answer;
  for (const name of pointerSteps(pointer)) {
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
  const found: FoundArray[] = [];
  shape.properties.forEach((schema, name) => {
    const inner = shapeOf(schema, definitions);
    const { type, items } = inner;
    if (type !== 'array' && type !== 'object') return;
    const isCalledSo = noun !== undefined && sameNoun(name, noun);
    const here = `${pointer}/${escapePointer(name)}`;
    if (type === 'object') {
      if (isCalledSo || isWrapperName(name)) found.push(...arraysIn(inner, here, definitions, depth + 1, noun));
    } else if (isCalledSo || !aside.test(name)) {
      const element = shapeOf(items, definitions);
      const ofObjects = element.type === 'object' || element.type === undefined;
      found.push({ pointer: here, name, depth, ofObjects, ...(items !== undefined && { element: items }) });
    }
  });
  return found;
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
