/**
 * Files that were not read: the parser says where they are named, the source why they stay closed.
 */
import { posix } from 'node:path';
import { type Diagnostic, diagnostic } from '../../../diagnostics.ts';
import type { Position } from '../../../model/description.ts';
import type { ParserFinding, RefusedReference } from '../parsed.ts';
import type { Excerpts } from './excerpt.ts';

/** The diagnostics of unread files, and which of the parser's findings they explain. */
export interface UnreadFiles {
  readonly diagnostics: readonly Diagnostic[];
  explains(finding: ParserFinding): boolean;
}

export function unreadFiles(
  findings: readonly ParserFinding[],
  refused: readonly RefusedReference[],
  excerpts: Excerpts,
): UnreadFiles {
  const byPath = new Map(refused.map((reference) => [reference.path, reference.problem]));
  const diagnostics: Diagnostic[] = [];
  const told = new Set<Diagnostic>();
  const lines = new Set<string>();
  for (const { message, at } of findings) {
    const reference = unreadReference(message);
    const path = reference === undefined ? undefined : resolvedPath(reference, at.file);
    // The parser folds the slashes of a `file:` URL.
    const problem = path === undefined ? undefined : (byPath.get(path) ?? byPath.get(posix.normalize(path)));
    if (reference === undefined || !problem) continue;
    lines.add(lineKey(at));
    told.add(problem);
    diagnostics.push(toldAt(asWritten(problem, path, reference), at, excerpts));
  }
  return {
    diagnostics: [...diagnostics, ...untold(refused, told, excerpts)],
    explains: (finding) =>
      unreadReference(finding.message) !== undefined
        ? lines.has(lineKey(finding.at))
        : lines.has(lineKey(finding.at)) || isTextOfUnread(finding),
  };
}

/** The source was asked for a path from the root file's folder; the reader knows what stands in the file. */
function asWritten(problem: Diagnostic, path: string | undefined, reference: string): Diagnostic {
  if (reference.startsWith('/') && problem.code === 'file-not-found' && problem.hint === undefined) {
    return notBelowRoot(reference);
  }
  return { ...problem, message: problem.message.replace(`"${path}"`, `"${reference}"`) };
}

/**
 * In RAML, a path that begins with `/` is "interpreted relative to the root RAML file location" (RAML 1.0, Includes).
 * Whoever writes `/etc/passwd` may mean the disk, and must learn that it was not looked at.
 */
function notBelowRoot(reference: string): Diagnostic {
  return diagnostic(
    'file-outside-root',
    `"${reference}" is not below the folder that the description may read: RAML counts a leading "/" from the folder of the root file.`,
    { hint: 'write the path relative to the file that refers to it' },
  );
}

function toldAt(problem: Diagnostic, at: Position, excerpts: Excerpts): Diagnostic {
  const keys = excerpts.keysAround(at);
  const example = problem.code === 'file-unreadable' && isExample(keys) ? unreadableExample(problem, keys) : undefined;
  if (example) return diagnostic('file-unreadable', example.message, { at, ...example });
  const dispensable = problem.code === 'file-not-found' && isDispensable(problem, keys);
  return diagnostic(problem.code, problem.message, {
    at,
    hint: problem.hint,
    severity: dispensable ? 'warning' : problem.severity,
  });
}

/** A picture is a fine example of a picture, and no mistake; what should be text and is none is only not shown. */
function unreadableExample({ message, hint }: Diagnostic, keys: readonly string[]) {
  const mediaType = keys.find((key) => /^[\w.+-]+\/[\w.+-]+$/.test(key));
  const isBinary = mediaType !== undefined && !/^text\/|json|xml|ya?ml|form|javascript/i.test(mediaType);
  const told = `${message.replace(/\.$/, '')}: the example is left out.`;
  return isBinary && message.includes('is not UTF-8 text')
    ? { severity: 'info' as const, message: told, hint: `an example of "${mediaType}" need not be text` }
    : { severity: 'warning' as const, message: told, hint };
}

/**
 * A missing example, and a missing schema in a file of its own, leave a service that works and checks less. A missing
 * part of the RAML itself (a trait, a resource type, a library) leaves one that is another.
 */
function isDispensable(problem: Diagnostic, keys: readonly string[]): boolean {
  if (isExample(keys)) return true;
  return !/\.ya?ml"|\.raml"/i.test(problem.message) && !keys.some((key) => STRUCTURAL_KEYS.has(key));
}

function isExample(keys: readonly string[]): boolean {
  return keys.some((key) => key === 'example' || key === 'examples');
}

const STRUCTURAL_KEYS: ReadonlySet<string> = new Set([
  'traits',
  'resourceTypes',
  'securitySchemes',
  'annotationTypes',
  'uses',
  'extends',
]);

/** The parser accepts an overlay whose base is missing, and reads on. */
function untold(
  refused: readonly RefusedReference[],
  told: ReadonlySet<Diagnostic>,
  excerpts: Excerpts,
): readonly Diagnostic[] {
  return refused
    .filter(({ problem }) => !told.has(problem))
    .flatMap(({ path, problem }) => {
      const at =
        excerpts.find(referenceIn(problem.message) ?? posix.basename(path)) ?? excerpts.find(posix.basename(path));
      const isBase = at !== undefined && excerpts.keysAround(at).includes('extends');
      if (!isBase && !/\.raml$/i.test(path)) return [];
      return [diagnostic(problem.code, problem.message, { at, hint: problem.hint })];
    });
}

/** The reference in our own messages: `The file "base.raml" does not exist.` */
function referenceIn(message: string): string | undefined {
  return /"([^"]+)"/.exec(message)?.[1];
}

/** The reference in messages such as `Can not resolve examples/book.json`. */
function unreadReference(message: string): string | undefined {
  return /Can not resolve (?:library from path: ')?([^' ]+)/.exec(message)?.[1];
}

/** As the source was asked: relative to the root file's folder. The parser counts `/x` from there, too. */
function resolvedPath(reference: string, from: string): string {
  const path = reference.replace(/#.*$/, '');
  if (/^[a-z]+:\/\//i.test(path)) return path;
  return posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path));
}

/** The parser goes on with the text "Can not resolve …" in place of the file's, and finds that it is no JSON. */
function isTextOfUnread({ code, message }: ParserFinding): boolean {
  return code === 'CAN_NOT_PARSE_JSON' && message.includes("Cannot tokenize symbol 'C'");
}

function lineKey({ file, line }: Position): string {
  return `${file}:${line}`;
}
