/**
 * Names that lead through two libraries: "library chaining is not allowed" (RAML 1.0, "Libraries"). The parser has a code
 * for each kind of place, and one message for all of them.
 */
import type { ParserFinding } from '../parsed.ts';
import type { Excerpts } from './excerpt.ts';
import type { Wording } from './heard.ts';

/** The words for a name such as `shop.common.Book`, `undefined` for other findings. */
export function libraryChain({ message, at }: ParserFinding, excerpts: Excerpts): Wording | undefined {
  if (!/imported through a library chain/.test(message)) return undefined;
  const names = [...message.matchAll(/['"]([^'"\n]+)['"]/g)].map(([, name = '']) => name);
  // Where nothing could be read of what is declared, the parser says the same of plain names.
  const name = names.findLast((each) => each.includes('.'));
  if (name === undefined) return undefined;
  const [library = '', ...inner] = name.split('.');
  const behind = inner.slice(0, -1).join('.');
  return {
    code: 'unknown-library',
    message: `"${name}" leads through two libraries, and RAML looks into those alone that this file uses itself.`,
    hint:
      behind === ''
        ? `name the library of "${name}" under "uses" of this file, too`
        : `name the library "${behind}" of "${library}" under "uses" of this file, too, and write "${behind}.${inner.at(-1)}"`,
    at: excerpts.lineNaming(name, at),
  };
}
