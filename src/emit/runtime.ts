import { posix } from 'node:path';
import type { ProjectFile } from './file.ts';

/** Texts of our own sources, by their path below `src`: `runtime/app.ts`. `undefined`: there is no such file. */
export type Sources = (path: string) => string | undefined;

/** Where a project has its copy of them. */
export const runtimeFolder = 'src/cartouche';

/**
 * What of our own sources a project needs: whatever its files import below `src/cartouche`, and what that imports, and so
 * on, as it stands.
 *
 * @throws Error for an import that leads nowhere, which would be a defect of ours
 */
export function runtimeFilesFor(files: readonly ProjectFile[], sources: Sources): readonly ProjectFile[] {
  const copies = new Map<string, ProjectFile>();
  const pending = files.flatMap(({ path, text }) => localImports(path, text));
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (!path.startsWith(`${runtimeFolder}/`) || copies.has(path)) continue;
    const own = path.slice(runtimeFolder.length + 1);
    const text = inProjects.get(own) ?? sources(own);
    if (text === undefined) throw new Error(`src/${own} is imported, and not there`);
    copies.set(path, { path, class: 'generated', text });
    pending.push(...localImports(path, text));
  }
  return [...copies.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The packages that files import, Node's own modules aside. */
export function packagesOf(files: readonly ProjectFile[]): readonly string[] {
  const names = files
    .flatMap(({ text }) => importsIn(text))
    .filter((path) => !path.startsWith('.') && !path.startsWith('node:'))
    .map((path) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
  return [...new Set(names)].sort();
}

/** What a file imports of its own project, as paths of the project. */
function localImports(from: string, text: string): readonly string[] {
  return importsIn(text)
    .filter((path) => path.startsWith('.'))
    .map((path) => posix.join(posix.dirname(from), path));
}

/**
 * What a file imports, in whatever way. Our files are regular: a statement begins a line, so that the examples in
 * comments are none; a thread's file is called its `source` (`worker-location.ts`).
 */
function importsIn(text: string): readonly string[] {
  const statements = text.matchAll(/^(?:import|export)\b(?:[^;'"]*?\bfrom)?\s*'([^'\n]+)'/gm);
  const calls = text.matchAll(/\bimport\('([^'\n]+)'\)/g);
  const threads = text.matchAll(/^ +source: '(\.[^'\n]+\.ts)'/gm);
  return [statements, calls, threads].flatMap((matches) => [...matches].map(([, path = '']) => path));
}

/** Files that say less in a project: it needs a newer Node than we do, and no stand-ins for what an older one lacks. */
const inProjects: ReadonlyMap<string, string> = new Map([
  [
    'stores/sqlite/libraries.ts',
    `/** Which libraries may be SQLite's. */
export const libraries: readonly string[] = ['node:sqlite'];

/** What to do where none is there. */
export const wanted = 'Use Node 22.13 or newer.';
`,
  ],
]);
