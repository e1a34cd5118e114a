/**
 * A fragment that is read by itself (RAML 1.0, "Typed Fragments"): nothing can be served of it, and the parser looks at
 * no more than the parts that it knows.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import { parseDocument } from '../document/document.ts';
import { isObject } from '../record.ts';
import type { Source } from '../source.ts';
import { builtinType } from './types/builtin.ts';
import { namesIn, parseTypeExpression } from './types/expression.ts';

/** What the root file is instead of an API, by its first line, and what is wrong with it as a whole. */
export function fragmentAlone(source: Source): readonly Diagnostic[] {
  const at = { file: source.rootFile, line: 1, column: 1 };
  const outcome = source.read(source.rootFile);
  const text = 'file' in outcome ? outcome.file.text : '';
  // The parser has names of its own for the kinds of types and schemes.
  const kind = /^#%RAML 1\.0 +(\w+)/.exec(text)?.[1] ?? 'fragment';
  const alone = diagnostic('not-an-api', `This is a RAML ${kind}, a part for other files to include, and no API.`, {
    at,
    hint: 'name the file whose first line is "#%RAML 1.0" alone',
  });
  return [alone, ...contentProblem(kind, text, source.rootFile)];
}

/** Everything but a type is an object; a type may be the name of another. */
function contentProblem(kind: string, text: string, file: string): readonly Diagnostic[] {
  const { value } = parseDocument(text, file);
  if (value === undefined || value === null || isObject(value)) return [];
  const line = text.split(/\r\n|\r|\n/).findIndex((each, index) => index > 0 && /^\s*[^\s#]/.test(each)) + 1;
  const at = { file, line: Math.max(1, line), column: 1 };
  if (kind !== 'DataType') {
    return [diagnostic('invalid-value', `A RAML ${kind} must be an object.`, { at, hint: 'write "key: value" lines' })];
  }
  const expression = typeof value === 'string' ? parseTypeExpression(value) : undefined;
  const unknown = expression ? namesIn(expression).find((name) => !builtinType(name)) : String(value);
  return unknown === undefined ? [] : [diagnostic('unknown-type', `There is no type "${unknown}".`, { at })];
}
