import type { ProjectFile } from './file.ts';
import { hashOf, type ManifestEntry } from './manifest.ts';
import { type Merge, type MergeConflict, merge } from './merge/merge.ts';

/** What to do where the user and Cartouche changed the same thing, or where a generated file was edited. */
export type ConflictPolicy = 'markers' | 'rej' | 'ours' | 'theirs';

/** The project as it stands on the disk, and as it was emitted last. */
export interface Standing {
  /** The text of a file, `undefined` if it is not there. */
  readonly textOf: (path: string) => string | undefined;
  /** What was emitted last for a merged file. */
  readonly baseOf: (path: string) => string | undefined;
  /** Nothing was emitted before: empty. */
  readonly entries: readonly ManifestEntry[];
}

/** One file's fate. `text` is what is written, `aside` what is kept of the file's former text, beside the project. */
export type Step =
  | { readonly kind: 'add' | 'update' | 'merge'; readonly path: string; readonly text: string; readonly aside?: string }
  | { readonly kind: 'delete' | 'prune'; readonly path: string; readonly aside?: string }
  /** Nothing is written: it is equal, the user's, or was deleted by the user. */
  | { readonly kind: 'same' | 'yours' | 'left-deleted'; readonly path: string }
  /** Not emitted any more, and kept because it is, or may be, the user's work. */
  | { readonly kind: 'orphan'; readonly path: string }
  /** Both sides changed it. `text` is written unless the policy keeps the user's; `rejected` goes to `<path>.rej`. */
  | {
      readonly kind: 'conflict';
      readonly path: string;
      readonly text?: string;
      readonly rejected?: string;
      readonly conflicts: readonly MergeConflict[];
    }
  /** Stops everything: a generated file was edited, or a file of somebody else is in the way. */
  | { readonly kind: 'edited' | 'occupied'; readonly path: string };

export interface PlanOptions {
  /** Default: edited generated files stop the run, conflicts in merged files are marked. */
  readonly conflict?: ConflictPolicy;
  /** Move orphans aside. */
  readonly prune: boolean;
}

/**
 * What emitting would do to each file, in the order of the paths: pure, so that `--check` and `--dry-run` are this and
 * nothing else. No step ever loses an edit: what is replaced though it was edited is kept aside.
 */
export function planOf(emitted: readonly ProjectFile[], standing: Standing, options: PlanOptions): readonly Step[] {
  const known = new Map(standing.entries.map((entry) => [entry.path, entry]));
  const wanted = new Set(emitted.map(({ path }) => path));
  const steps = emitted.map((file) => stepFor(file, known.get(file.path), standing, options));
  const gone = standing.entries.filter(({ path }) => !wanted.has(path));
  return [...steps, ...gone.flatMap((entry) => stepForGone(entry, standing, options))].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
}

function stepFor(file: ProjectFile, entry: ManifestEntry | undefined, standing: Standing, options: PlanOptions): Step {
  const { path, text } = file;
  const found = standing.textOf(path);
  if (found === undefined) {
    // Generated and owned files are imported by others; what is merged can be deleted on purpose, as a Dockerfile.
    return entry && file.class === 'merged' ? { kind: 'left-deleted', path } : { kind: 'add', path, text };
  }
  if (hashOf(found) === hashOf(text)) return { kind: 'same', path };
  if (file.class === 'owned') return { kind: 'yours', path };
  if (file.class === 'merged') return mergeStep(file, found, entry, standing, options);
  if (entry && hashOf(found) === entry.hash) return { kind: 'update', path, text };
  switch (options.conflict) {
    case 'theirs':
      return { kind: 'update', path, text, aside: found };
    case 'ours':
      return { kind: 'yours', path };
    default:
      return { kind: entry ? 'edited' : 'occupied', path };
  }
}

function mergeStep(
  { path, text }: ProjectFile,
  found: string,
  entry: ManifestEntry | undefined,
  standing: Standing,
  options: PlanOptions,
): Step {
  // Markers that nobody has resolved since: to merge into them would bury them.
  if (/^<<<<<<< yours$/m.test(found)) return { kind: 'conflict', path, conflicts: [] };
  const base = standing.baseOf(path);
  if (base === undefined) {
    // Somebody's own file of this name, in a folder that nothing was emitted to yet.
    if (options.conflict === 'theirs') return { kind: 'update', path, text, aside: found };
    if (options.conflict === 'ours') return { kind: 'yours', path };
    if (!entry) return { kind: 'occupied', path };
  }
  const merged = merge(path, { base: base ?? '', ours: found, theirs: text });
  if (merged.conflicts.length > 0) return conflictStep(path, text, found, merged, options);
  return hashOf(merged.text) === hashOf(found) ? { kind: 'same', path } : { kind: 'merge', path, text: merged.text };
}

function conflictStep(path: string, text: string, found: string, merged: Merge, { conflict }: PlanOptions): Step {
  const { conflicts } = merged;
  switch (conflict) {
    case 'ours':
      return { kind: 'merge', path, text: merged.text };
    case 'theirs':
      return { kind: 'update', path, text, aside: found };
    case 'rej':
      return { kind: 'conflict', path, text: merged.text, rejected: rejectionOf(conflicts), conflicts };
    default:
      // JSON and YAML have no markers that would still be JSON and YAML.
      return merged.marked === undefined
        ? { kind: 'conflict', path, text: merged.text, rejected: rejectionOf(conflicts), conflicts }
        : { kind: 'conflict', path, text: merged.marked, conflicts };
  }
}

/** Both sides of each conflict, for people. */
function rejectionOf(conflicts: readonly MergeConflict[]): string {
  const side = (name: string, text: string | undefined): string =>
    text === undefined ? `${name}: deleted` : `${name}:\n${text.replace(/^/gm, '  ')}`;
  return conflicts
    .map(({ place, ours, theirs }) => `${place}\n${side('yours', ours)}\n${side('emitted now', theirs)}\n`)
    .join('\n');
}

function stepForGone(entry: ManifestEntry, standing: Standing, { conflict, prune }: PlanOptions): readonly Step[] {
  const { path } = entry;
  const found = standing.textOf(path);
  if (found === undefined) return [];
  const isPristine = hashOf(found) === entry.hash;
  if (entry.class === 'owned' || !isPristine) {
    if (entry.class === 'generated' && !prune) {
      return [conflict === 'theirs' ? { kind: 'delete', path, aside: found } : { kind: 'edited', path }];
    }
    return [prune ? { kind: 'prune', path, aside: found } : { kind: 'orphan', path }];
  }
  return [{ kind: 'delete', path }];
}
