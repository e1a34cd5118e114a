/**
 * The way from the root file to a file in which something was found: through `!include`, `uses`, `extends` and `$ref`.
 *
 * Looked for in the texts and not noted while reading: the RAML parser does not say which file asks, and whoever reads
 * a file a second time gets the one that is there. Only findings in included files pay for it.
 */
import { posix } from 'node:path';
import type { Diagnostic } from '../diagnostics.ts';
import type { Position } from '../model/description.ts';
import type { SourceFile } from './source.ts';

/** Says of each finding outside of the root file which references led there, the nearest first. */
export function withInclusions(
  diagnostics: readonly Diagnostic[],
  files: readonly Pick<SourceFile, 'path' | 'text'>[],
  rootFile: string,
): readonly Diagnostic[] {
  if (diagnostics.every(({ at }) => at === undefined || at.file === rootFile)) return diagnostics;
  const references = referencesFrom(rootFile, files);
  return diagnostics.map((finding) => {
    const includedFrom = finding.at ? wayTo(finding.at.file, references) : [];
    return includedFrom.length === 0 ? finding : { ...finding, includedFrom };
  });
}

function wayTo(file: string, references: ReadonlyMap<string, Position>): readonly Position[] {
  const way: Position[] = [];
  for (let at = references.get(file); at; at = references.get(at.file)) way.push(at);
  return way;
}

/** Of each file that is reached from the root file, the first reference to it: on a shortest way, so in no circle. */
function referencesFrom(
  rootFile: string,
  files: readonly Pick<SourceFile, 'path' | 'text'>[],
): ReadonlyMap<string, Position> {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const found = new Map<string, Position>();
  const reached = [rootFile];
  // Grows while it is walked.
  for (const file of reached) {
    for (const { path, at } of referencesIn(file, texts.get(file) ?? '', rootFile, (path) => texts.has(path))) {
      if (path === rootFile || found.has(path)) continue;
      found.set(path, at);
      reached.push(path);
    }
  }
  return found;
}

interface FileReference {
  readonly path: string;
  readonly at: Position;
}

/**
 * What may be a path: behind `!include`, or the value of a key, which is what `$ref`, `extends` and the names under
 * `uses` are. Whether it is one is decided by the files that were read.
 */
const CANDIDATE = /(?:!include[ \t]+|:[ \t]*(?!!))["']?([^\s"'#,{}[\]]+)/g;

function referencesIn(
  file: string,
  text: string,
  rootFile: string,
  isRead: (path: string) => boolean,
): readonly FileReference[] {
  const references: FileReference[] = [];
  let line = 1;
  let lineStart = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const [whole, written = ''] = match;
    const path = pathsOf(written, file, rootFile).find(isRead);
    if (path === undefined || path === file) continue;
    const start = match.index + whole.length - written.length;
    for (let end = text.indexOf('\n', lineStart); end !== -1 && end < start; end = text.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = end + 1;
    }
    references.push({ path, at: { file, line, column: start - lineStart + 1 } });
  }
  return references;
}

/** Relative to the file; in RAML a leading `/` counts from the folder of the root file (RAML 1.0, "Includes"). */
function pathsOf(written: string, file: string, rootFile: string): readonly string[] {
  if (written.startsWith('/')) return [posix.normalize(posix.join(posix.dirname(rootFile), written))];
  return [...new Set([written, decoded(written)])].map((path) =>
    posix.normalize(posix.join(posix.dirname(file), path)),
  );
}

/** A `$ref` is a URI reference: `my%20schema.json`. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
