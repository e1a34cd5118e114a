/**
 * Looking at the text around a finding: the parser says where, but not inside of what.
 */
import type { Position } from '../../../model/description.ts';
import type { Source } from '../../source.ts';

export class Excerpts {
  readonly #source: Source;
  readonly #lines = new Map<string, readonly string[]>();

  constructor(source: Source) {
    this.#source = source;
  }

  line({ file, line }: Position): string {
    return this.#linesOf(file)[line - 1] ?? '';
  }

  /**
   * The keys that a place stands under, innermost first, by indentation: `['example', 'application/json', 'body', …]`.
   * In a line of flow style also the keys before the place.
   */
  keysAround(at: Position): readonly string[] {
    const lines = this.#linesOf(at.file);
    const own = lines[at.line - 1] ?? '';
    const keys = [...own.matchAll(/([\w./+?()-]+)["']?\s*:(?:\s|$)/g)]
      .filter(({ index }) => index < at.column)
      .map(([, key = '']) => key)
      .reverse();
    let indentation = indentationOf(own);
    for (let number = at.line - 2; number >= 0 && indentation > 0; number--) {
      const line = lines[number] ?? '';
      const key = keyOf(line);
      if (key === undefined || indentationOf(line) >= indentation) continue;
      indentation = indentationOf(line);
      keys.push(key);
    }
    return keys;
  }

  /** The line on which the same key stands already in the same mapping, if it does. */
  earlierTwin(at: Position): number | undefined {
    const lines = this.#linesOf(at.file);
    const own = lines[at.line - 1] ?? '';
    const key = keyOf(own);
    if (key === undefined) return undefined;
    for (let number = at.line - 2; number >= 0; number--) {
      const line = lines[number] ?? '';
      if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
      if (indentationOf(line) < indentationOf(own)) return undefined;
      if (indentationOf(line) === indentationOf(own) && keyOf(line) === key) return number + 1;
    }
    return undefined;
  }

  /** The place of the first line that is indented with a tab. */
  firstTab(file: string): Position | undefined {
    const lines = this.#linesOf(file);
    const line = lines.findIndex((text) => /^ *\t/.test(text) && text.trim() !== '');
    return line === -1 ? undefined : { file, line: line + 1, column: (lines[line] ?? '').indexOf('\t') + 1 };
  }

  /** The first place of a text in the files that were read. */
  find(text: string): Position | undefined {
    for (const { path } of this.#source.files()) {
      const lines = this.#linesOf(path);
      const line = lines.findIndex((candidate) => candidate.includes(text));
      if (line !== -1) return { file: path, line: line + 1, column: (lines[line] ?? '').indexOf(text) + 1 };
    }
    return undefined;
  }

  /** The place of the first of these keys in the files that were read. */
  findKey(keys: readonly string[]): { readonly key: string; readonly at: Position } | undefined {
    const pattern = new RegExp(`(?:^|[\\s{,"'/])(${keys.join('|')})["'}?]*\\s*:(?:\\s|$)`);
    for (const { path } of this.#source.files()) {
      for (const [index, line] of this.#linesOf(path).entries()) {
        const key = pattern.exec(line)?.[1];
        if (key !== undefined) return { key, at: { file: path, line: index + 1, column: line.indexOf(key) + 1 } };
      }
    }
    return undefined;
  }

  #linesOf(file: string): readonly string[] {
    const known = this.#lines.get(file);
    if (known) return known;
    const outcome = this.#source.read(file);
    const lines = 'file' in outcome ? outcome.file.text.split(/\r\n|\r|\n/) : [];
    this.#lines.set(file, lines);
    return lines;
  }
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

function keyOf(line: string): string | undefined {
  return /^\s*(?:- )*["']?([^\s#"'{[:][^"':]*?)["']?\s*:(?:\s|$)/.exec(line)?.[1];
}
