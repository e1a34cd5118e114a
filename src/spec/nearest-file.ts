import { extname, posix } from 'node:path';
import { suggest } from '../suggest.ts';

/** Deeper references are not looked at: each step reads a folder. */
const mostSteps = 16;

/**
 * "Did you mean" for a path that leads nowhere: what its end, from the first name that is not there, could have been.
 * The end is the same however the path before it is written, so that it fits the reference as it stands in any file.
 *
 * @param path Relative, with `/`, without `..`: `scemas/bok.json`.
 * @param namesIn The names in a folder of such a path, `''` for the one that it begins in; directories end in `/`.
 * @example nearestFile('apis/scemas/bok.json', namesIn) // 'schemas/book.json'
 */
export function nearestFile(path: string, namesIn: (folder: string) => readonly string[]): string | undefined {
  const steps = path.split('/');
  const file = steps.pop() ?? '';
  if (steps.length > mostSteps) return undefined;
  let folder = '';
  let wrong: number | undefined;
  const found: string[] = [];
  for (const [position, step] of steps.entries()) {
    const names = namesIn(folder);
    const folders = names.flatMap((name) => (name.endsWith('/') ? [name.slice(0, -1)] : []));
    // A symbolic link to a folder is no folder here, but leads on as it is written.
    const known = folders.includes(step) || names.includes(step) ? step : suggest(step, folders);
    if (known === undefined) return undefined;
    if (known !== step) wrong ??= position;
    found.push(known);
    folder = posix.join(folder, known);
  }
  const names = namesIn(folder);
  const known = names.includes(file) ? file : nearestName(file, names);
  if (known === undefined || (wrong === undefined && known === file)) return undefined;
  return [...(wrong === undefined ? [] : found.slice(wrong)), known].join('/');
}

/** The extension counts apart: `book.raml` is no slip for `user.raml`, and `user.yaml` may be one for `user.raml`. */
function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const stem = stemOf(wanted);
  const sameStem = names.find((name) => stemOf(name) === stem);
  if (sameStem !== undefined) return sameStem;
  const sameExtension = names.filter((name) => extname(name) === extname(wanted));
  const nearest = suggest(stem, sameExtension.map(stemOf));
  return sameExtension.find((name) => stemOf(name) === nearest);
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}
