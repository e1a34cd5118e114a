/**
 * Why the parser stopped with an error of its own: it is not made for odd input, and its message helps nobody.
 */
import { posix } from 'node:path';
import { type Diagnostic, diagnostic } from '../../../diagnostics.ts';
import type { Position } from '../../../model/description.ts';
import { parseDocument } from '../../document/document.ts';
import { childOf, placeOf, rootOf } from '../../document/node.ts';
import { isObject, own } from '../../record.ts';
import type { Source } from '../../source.ts';
import { isLibrary, noLibrary } from '../describe/checks.ts';
import { holdsStandIns, RESERVED_NAMES } from '../reserved-names.ts';
import { withoutPaths } from '../without-paths.ts';
import type { Excerpts } from './excerpt.ts';

export function explainCrash(thrown: string, source: Source, excerpts: Excerpts): Diagnostic {
  const cycle = findIncludeCycle(source);
  if (cycle) return includeCycle(cycle);
  const misshapen = misshapenRoot(source);
  if (misshapen) return misshapen;
  const stranger = findNoLibrary(source);
  if (stranger) return { ...stranger, severity: 'error' };
  const reserved = excerpts.findKey(RESERVED_NAMES);
  if (reserved) return reservedName(reserved.key, reserved.at);
  return diagnostic(
    'raml-invalid',
    `The RAML parser stopped with an error of its own: ${withoutPaths(thrown).slice(0, 200)}.`,
    {
      at: { file: source.rootFile, line: 1, column: 1 },
      hint: 'something here has a shape that RAML does not expect; take out what was written last',
    },
  );
}

/**
 * Names that vanish in the parser without a word, such as a parameter called `constructor`, in files that it could not
 * be given other names for (`../reserved-names.ts`). (In JSON files, which we read ourselves, they do not.)
 *
 * @param survived whether a name is in the description
 */
export function lostNames(
  source: Source,
  excerpts: Excerpts,
  survived: (name: string) => boolean,
): readonly Diagnostic[] {
  const texts = source.files().filter(({ path, text }) => /\.raml$/i.test(path) && holdsStandIns(text));
  const suspected = RESERVED_NAMES.filter((name) => texts.some(({ text }) => text.includes(name)) && !survived(name));
  return suspected.flatMap((name) => {
    const found = excerpts.findKey([name]);
    return found && /\.raml$/i.test(found.at.file) ? [reservedName(name, found.at)] : [];
  });
}

function reservedName(name: string, at: Position): Diagnostic {
  return diagnostic('raml-invalid', `The RAML parser cannot read the name "${name}".`, {
    at,
    hint: 'it has a meaning in JavaScript; choose another name',
  });
}

export function includeCycle(at: Position): Diagnostic {
  return diagnostic('include-cycle', 'The file that is included here includes this one again.', {
    at,
    hint: 'take one of the two includes out, or refer to a type by its name',
  });
}

/** Keys at the root whose values are text. */
const TEXTS = ['title', 'version', 'baseUri', 'description'];

function misshapenRoot(source: Source): Diagnostic | undefined {
  const outcome = source.read(source.rootFile);
  if (!('file' in outcome)) return undefined;
  const document = parseDocument(outcome.file.text, source.rootFile);
  const error = document.diagnostics.find(({ severity }) => severity === 'error');
  if (error) return error;
  const { value } = document;
  if (!isObject(value)) return undefined;
  const key = TEXTS.find((text) => typeof own(value, text) === 'object' && own(value, text) !== null);
  if (key === undefined) return undefined;
  return diagnostic('raml-invalid', `"${key}" must be text.`, { at: placeOf(childOf(rootOf(document), key)) });
}

/** A file under `uses` that is no library, and uses others: the parser does not expect that. */
function findNoLibrary(source: Source): Diagnostic | undefined {
  for (const { path } of source.files().filter(({ text }) => /^uses\s*:/m.test(text))) {
    const outcome = source.read(path);
    if (!('file' in outcome)) continue;
    const document = parseDocument(outcome.file.text, path);
    const uses = isObject(document.value) ? own(document.value, 'uses') : undefined;
    for (const [name, target] of Object.entries(isObject(uses) ? uses : {})) {
      const used = typeof target === 'string' ? source.read(target, path) : undefined;
      if (!used || !('file' in used) || isLibrary(used.file.text)) continue;
      return noLibrary(String(target), placeOf(childOf(rootOf(document), 'uses', name)));
    }
  }
  return undefined;
}

/** The place of an include that leads back to a file which it was reached from. */
function findIncludeCycle(source: Source): Position | undefined {
  const includes = new Map(source.files().map(({ path, text }) => [path, includesOf(path, text)]));
  const open = new Set<string>();
  const finished = new Set<string>();
  const visit = (path: string): Position | undefined => {
    open.add(path);
    for (const { target, at } of includes.get(path) ?? []) {
      if (open.has(target)) return at;
      const found = finished.has(target) ? undefined : visit(target);
      if (found) return found;
    }
    open.delete(path);
    finished.add(path);
    return undefined;
  };
  return visit(source.rootFile);
}

function includesOf(path: string, text: string): readonly { readonly target: string; readonly at: Position }[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) =>
    [...line.matchAll(/!include\s+([^\s,}\]]+)/g)].map(({ 1: reference = '', index: column }) => ({
      target: posix.normalize(posix.join(posix.dirname(path), reference)),
      at: { file: path, line: index + 1, column: column + 1 },
    })),
  );
}
