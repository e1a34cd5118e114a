/** Changes between two JSON values, and their application to a third: the part that JSON and YAML have in common. */
import { isDeepStrictEqual } from 'node:util';

export type Path = readonly (string | number)[];

/** Sets what is at the path, or deletes it. */
export type Change =
  | { readonly path: Path; readonly kind: 'set'; readonly value: unknown }
  | { readonly path: Path; readonly kind: 'delete' };

export interface Clash {
  readonly path: Path;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** What `Map` and a property that is not there have in common: it is not there. */
const absent = Symbol('absent');
type Slot = unknown;

/**
 * What has to be done to `ours` so that it has what changed from `base` to `theirs`, and where both changed the same
 * thing differently. Objects are compared member by member; lists of texts and numbers as sets in an order; other lists
 * as a whole, because their elements have no names to be recognised by.
 */
export function changesFor(
  base: unknown,
  ours: unknown,
  theirs: unknown,
): { changes: readonly Change[]; clashes: readonly Clash[] } {
  const changes: Change[] = [];
  const clashes: Clash[] = [];
  compare([], base, ours, theirs);
  return { changes, clashes };

  function compare(path: Path, before: Slot, mine: Slot, now: Slot): void {
    if (isDeepStrictEqual(before, now) || isDeepStrictEqual(mine, now)) return;
    if (isDeepStrictEqual(before, mine)) return void changes.push(changeTo(path, now));
    if (isObject(mine) && isObject(now) && (isObject(before) || before === absent)) {
      const names = new Set([...Object.keys(now), ...(isObject(before) ? Object.keys(before) : [])]);
      for (const name of names) compare([...path, name], member(before, name), member(mine, name), member(now, name));
      return;
    }
    const list = isScalars(before) && isScalars(mine) && isScalars(now) ? mergedList(before, mine, now) : undefined;
    if (list) changes.push({ path, kind: 'set', value: list });
    else clashes.push({ path, ours: shown(mine), theirs: shown(now) });
  }
}

function changeTo(path: Path, value: Slot): Change {
  return value === absent ? { path, kind: 'delete' } : { path, kind: 'set', value };
}

function shown(slot: Slot): unknown {
  return slot === absent ? undefined : slot;
}

function member(value: Slot, name: string): Slot {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : absent;
}

function isObject(value: Slot): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of different scalars, so that each element is recognised by itself. */
function isScalars(value: Slot): value is readonly unknown[] {
  if (!Array.isArray(value) || value.some((element) => typeof element === 'object' && element !== null)) return false;
  return new Set(value).size === value.length;
}

/** Ours, without what was taken away, and with what is new behind the element that it stands behind in theirs. */
function mergedList(before: readonly unknown[], mine: readonly unknown[], now: readonly unknown[]): unknown[] {
  const list = mine.filter((element) => now.includes(element) || !before.includes(element));
  for (const [at, element] of now.entries()) {
    if (before.includes(element) || list.includes(element)) continue;
    const previous = now.slice(0, at).findLast((other) => list.includes(other));
    list.splice(previous === undefined ? 0 : list.indexOf(previous) + 1, 0, element);
  }
  return list;
}
