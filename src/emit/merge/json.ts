import { type Change, changesFor, type Path } from './changes.ts';
import type { Merge, ThreeWay } from './merge.ts';

/**
 * Merges JSON by structure, and keeps the user's order of members and indentation. `undefined` where one of the three
 * is no JSON, as a tsconfig.json with comments.
 */
export function mergeJson({ base, ours, theirs }: ThreeWay): Merge | undefined {
  const parsed = [base, ours, theirs].map(parse);
  const [before, mine, now] = parsed;
  if (!before || !mine || !now) return undefined;
  const { changes, clashes } = changesFor(before.value, mine.value, now.value);
  const merged = changes.reduce((value, change) => applied(value, change, change.path, now.value), mine.value);
  const end = /\s*$/.exec(ours)?.[0] ?? '';
  return {
    text: changes.length === 0 ? ours : JSON.stringify(merged, null, indentOf(ours)) + end,
    conflicts: clashes.map((clash) => ({
      place: clash.path.join('.'),
      ours: textOf(clash.ours),
      theirs: textOf(clash.theirs),
    })),
  };
}

export function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value, null, 2);
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** `path` is what is left of the change's; `model` is theirs at this place, for the order of what is new. */
function applied(value: unknown, change: Change, path: Path, model: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change.kind === 'set' ? change.value : value;
  // `Object.fromEntries` keeps a member called `__proto__` what it is.
  const entries = Object.entries(isObject(value) ? value : {});
  const members = Object.keys(isObject(model) ? model : {});
  const at = entries.findIndex(([own]) => own === name);
  const isLast = rest.length === 0;
  if (isLast && change.kind === 'delete') return Object.fromEntries(entries.filter(([own]) => own !== name));
  const inner = isObject(model) && Object.hasOwn(model, name) ? model[name] : undefined;
  const next = applied(at === -1 ? {} : entries[at]?.[1], change, rest, inner);
  if (at !== -1) entries[at] = [String(name), next];
  else entries.splice(placeFor(String(name), entries, members), 0, [String(name), next]);
  return Object.fromEntries(entries);
}

/** Behind the nearest member that it stands behind in theirs; else in front. */
function placeFor(name: string, entries: readonly (readonly [string, unknown])[], members: readonly string[]): number {
  const before = members.slice(0, members.indexOf(name));
  const neighbour = before.findLast((other) => entries.some(([own]) => own === other));
  return neighbour === undefined ? 0 : entries.findIndex(([own]) => own === neighbour) + 1;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function indentOf(text: string): string {
  return /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? (text.includes('\n') ? '  ' : '');
}
