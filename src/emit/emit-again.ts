import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from './file.ts';
import { basePath, type Manifest, manifestOf, manifestPath, manifestText, parseManifest } from './manifest.ts';
import { type PlanOptions, planOf, type Standing, type Step } from './plan.ts';
import { assertWithin, commit, type Edit, recover } from './write.ts';

export interface EmitAgainOptions extends PlanOptions {
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
}

export interface Emission {
  readonly steps: readonly Step[];
  /** Nothing was written, because of files that were edited or are in the way. */
  readonly stopped: boolean;
}

/**
 * Emits a project into a folder, for the first time or the hundredth. Nobody's edit is lost: see `planOf` for what is
 * done to each file, `commit` for how.
 *
 * @throws SyntaxError for a manifest that cannot be read; what the file system throws
 */
export function emitAgain(
  folder: string,
  files: readonly ProjectFile[],
  about: Pick<Manifest, 'cartouche' | 'options'>,
  options: EmitAgainOptions,
): Emission {
  if (!options.dryRun) recover(folder);
  const manifest = manifestIn(folder);
  const standing = standingIn(folder, manifest);
  const steps = planOf(files, standing, options);
  const stopped = steps.some(({ kind }) => kind === 'edited' || kind === 'occupied');
  if (!stopped && !options.dryRun) {
    const edits = editsFor(files, steps, { manifest, about, standing });
    if (edits.length > 0) commit(folder, edits);
  }
  return { steps, stopped };
}

/** What was emitted into the folder last; `undefined` if nothing was. */
export function manifestIn(folder: string): Manifest | undefined {
  const text = textIn(folder, manifestPath);
  return text === undefined ? undefined : parseManifest(text);
}

function standingIn(folder: string, manifest: Manifest | undefined): Standing {
  return {
    textOf: (path) => textIn(folder, path),
    baseOf: (path) => textIn(folder, basePath(path)),
    entries: manifest?.files ?? [],
  };
}

function textIn(folder: string, path: string): string | undefined {
  assertWithin(folder, path);
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

interface Before {
  readonly manifest: Manifest | undefined;
  readonly about: Pick<Manifest, 'cartouche' | 'options'>;
  readonly standing: Standing;
}

function editsFor(files: readonly ProjectFile[], steps: readonly Step[], before: Before): readonly Edit[] {
  const { standing, manifest, about } = before;
  const edits = new Map<string, string | undefined>();
  for (const step of steps) {
    if ('text' in step && step.text !== undefined) edits.set(step.path, step.text);
    if (step.kind === 'delete' || step.kind === 'prune') edits.set(step.path, undefined);
    if ('aside' in step && step.aside !== undefined) edits.set(asidePath(step.path, standing), step.aside);
    if (step.kind === 'conflict' && step.rejected !== undefined) edits.set(`${step.path}.rej`, step.rejected);
  }
  for (const { path, class: own, text } of files) if (own === 'merged') edits.set(basePath(path), text);
  const kept = entriesKept(steps, manifest);
  for (const { path, class: own } of manifest?.files ?? []) {
    const isGone = !files.some((file) => file.path === path) && !kept.some((entry) => entry.path === path);
    if (isGone && own === 'merged') edits.set(basePath(path), undefined);
  }
  const next = manifestOf(files, about);
  const entries = [...next.files, ...kept].sort((one, other) => (one.path < other.path ? -1 : 1));
  edits.set(manifestPath, manifestText({ ...next, files: entries }));
  return [...edits]
    .map(([path, text]) => ({ path, text, before: standing.textOf(path) }))
    .filter(({ text, before: was }) => text !== was);
}

/** Orphans stay known, so that they are told of again, and can be pruned later. */
function entriesKept(steps: readonly Step[], manifest: Manifest | undefined): Manifest['files'] {
  const orphans = new Set(steps.filter(({ kind }) => kind === 'orphan').map(({ path }) => path));
  return (manifest?.files ?? []).filter(({ path }) => orphans.has(path));
}

/** Where nothing lies yet: what was put aside earlier is somebody's work too. */
function asidePath(path: string, standing: Standing): string {
  for (let number = 1; ; number++) {
    const candidate = `.cartouche/aside/${path}${number === 1 ? '' : `.${number}`}`;
    if (standing.textOf(candidate) === undefined) return candidate;
  }
}
