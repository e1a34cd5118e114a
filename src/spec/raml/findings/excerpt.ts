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

  /**
   * Whether a place stands inside of the element that begins at another one, by indentation.
   *
   * @example
   * within({ file, line: 3, column: 7 }, { file, line: 2, column: 3 }) // true where line 3 is indented deeper
   */
  within(inner: Position, outer: Position): boolean {
    if (inner.file !== outer.file || inner.line < outer.line) return false;
    if (inner.line === outer.line) return inner.column >= outer.column;
    return inner.line < this.#endOf(outer);
  }

  /** The place of a key below an element, each of the keys inside of the one before. */
  keyBelow(at: Position, keys: readonly string[]): Position | undefined {
    const [key, ...deeper] = keys;
    if (key === undefined) return at;
    const end = this.#endOf(at);
    for (let number = at.line; number < end; number++) {
      const column = keyColumn(this.line({ ...at, line: number }), key, number === at.line ? at.column : 1);
      if (column === undefined) continue;
      const found = this.keyBelow({ file: at.file, line: number, column }, deeper);
      if (found) return found;
    }
    return undefined;
  }

  /** The keys inside of an element, at any depth, in the order of the text; in flow style also those behind it. */
  keysIn(at: Position): readonly string[] {
    const end = this.#endOf(at);
    const keys: string[] = [];
    for (let number = at.line; number < end; number++) {
      const text = this.line({ ...at, line: number });
      const inside = number === at.line ? text.slice(at.column - 1).replace(/^[^:]*:/, '') : text;
      keys.push(
        ...[...inside.matchAll(/(?:^|[\s{,"'])([^\s#"'{}[\],:]+)["']?\s*:(?=\s|$)/g)].map(([, key = '']) => key),
      );
    }
    return keys;
  }

  /** The key of the first line inside of an element that names something, where the element's own line does not. */
  lineNaming(name: string, at: Position): Position | undefined {
    const mention = new RegExp(`(^|[^\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-])`);
    const end = this.#endOf(at);
    for (let line = at.line; line < end; line++) {
      const text = this.line({ ...at, line });
      if (!mention.test(text)) continue;
      return line === at.line ? undefined : { file: at.file, line, column: text.search(/[^\s-]/) + 1 };
    }
    return undefined;
  }

  /** The nearest line above a place, less deep than it, that begins with a key. */
  keyAbove(at: Position, key: string): Position | undefined {
    let indentation = at.column - 1;
    for (let line = at.line - 1; line > 0; line--) {
      const text = this.line({ ...at, line });
      if (text.trim() === '' || indentationOf(text) >= indentation) continue;
      indentation = indentationOf(text);
      if (keyOf(text) === key) return { file: at.file, line, column: indentation + 1 };
    }
    return undefined;
  }

  /** The pattern properties of the type in whose `example` a key stands. */
  patternsAround(at: Position): readonly string[] {
    const example = this.keysAround(at)[1] === 'example' ? this.ownerOf(at) : undefined;
    const type = example && this.ownerOf(example);
    const properties = type && this.keyBelow(type, ['properties']);
    return properties ? this.keysIn(properties).flatMap((key) => /^\/(.*)\/$/.exec(key)?.[1] ?? []) : [];
  }

  /** Whether the root file says that it is RAML 0.8. */
  get isRaml08(): boolean {
    return (this.#linesOf(this.#source.rootFile)[0] ?? '').startsWith('#%RAML 0.8');
  }

  /** Whether the root file is a part for others to include: what it does not say, they may. */
  get isFragment(): boolean {
    return /^#%RAML 1\.0 +(?!Overlay|Extension)\w/.test(this.#linesOf(this.#source.rootFile)[0] ?? '');
  }

  /** The place of the key that a key stands under; in flow style, of the first key of its line. */
  ownerOf(at: Position): Position | undefined {
    const own = this.line(at);
    if (own.slice(0, at.column - 1).trim() !== '') return { ...at, column: indentationOf(own) + 1 };
    for (let line = at.line - 1; line > 0; line--) {
      const text = this.line({ ...at, line });
      if (keyOf(text) !== undefined && indentationOf(text) < at.column - 1) {
        return { file: at.file, line, column: indentationOf(text) + 1 };
      }
    }
    return undefined;
  }

  /** Whether a place stands in a resource type or trait, and what it is made of is given from outside. */
  isTemplate(at: Position): boolean {
    const end = this.#endOf(at);
    for (let line = at.line; line < end; line++) if (this.line({ ...at, line }).includes('<<')) return true;
    return false;
  }

  /** The first place where a name is a value, or a part of a type expression. */
  findValue(name: string): Position | undefined {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(`(:\\s+(?:[^#]*[^\\w.#-])?["']?)${escaped}(?![\\w.-])`);
    for (const { path } of this.#source.files()) {
      for (const [index, line] of this.#linesOf(path).entries()) {
        const found = pattern.exec(line);
        if (found) return { file: path, line: index + 1, column: found.index + (found[1] ?? '').length + 1 };
      }
    }
    return undefined;
  }

  /** The key on the line before, indented alike, if nothing stands behind it: what follows was meant to be its value. */
  emptyKeyBefore(at: Position): string | undefined {
    const before = this.line({ ...at, line: at.line - 1 });
    const key = /^\s*["']?([\w-]+)["']?\s*:\s*(#.*)?$/.exec(before)?.[1];
    return key !== undefined && indentationOf(before) === at.column - 1 ? key : undefined;
  }

  /** What stands behind a key at the beginning of a line. */
  valueOfKey(file: string, key: string): string | undefined {
    return this.#linesOf(file)
      .find((line) => line.startsWith(`${key}:`))
      ?.slice(key.length + 1)
      .trim();
  }

  /** The nearest key above that is a path: `/{isbn}`. */
  pathAround(at: Position): string | undefined {
    const lines = this.#linesOf(at.file);
    for (let line = at.line, indentation = at.column - 1; line > 0 && indentation > 0; line--) {
      const text = lines[line - 1] ?? '';
      if (text.trim() === '' || indentationOf(text) >= indentation) continue;
      indentation = indentationOf(text);
      const path = /^\s*["']?(\/[^\s"':]*)["']?\s*:/.exec(text)?.[1];
      if (path !== undefined) return path;
    }
    return undefined;
  }

  /** The line behind the last one of an element. */
  #endOf({ file, line, column }: Position): number {
    const lines = this.#linesOf(file);
    const indentation = Math.min(column - 1, indentationOf(lines[line - 1] ?? ''));
    const end = lines.findIndex(
      (text, index) => index >= line && !/^\s*(#|$)/.test(text) && indentationOf(text) <= indentation,
    );
    return end === -1 ? lines.length + 1 : end + 1;
  }

  /** Whether some line of a file matches. */
  mentions(file: string, pattern: RegExp): boolean {
    return this.#linesOf(file).some((line) => pattern.test(line));
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

/** Column of a key in a line, in block or flow style; a trailing `?` of the name does not count. */
function keyColumn(line: string, key: string, from: number): number | undefined {
  for (const { index, 1: before = '', 2: name = '' } of line.matchAll(
    /(^|[\s{,"'])([^\s#"'{},:]+)["']?\s*:(?=\s|$)/g,
  )) {
    // Of a key in quotes, the quote.
    const column = index + before.length + (/["']/.test(before) ? 0 : 1);
    if (column > from && name.replace(/\?$/, '') === key) return column;
    if (from === 1 && column === 1 && name === key) return column;
  }
  return undefined;
}

function keyOf(line: string): string | undefined {
  return /^\s*(?:- )*["']?([^\s#"'{[:][^"':]*?)["']?\s*:(?:\s|$)/.exec(line)?.[1];
}
