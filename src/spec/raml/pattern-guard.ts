/**
 * The parser checks examples against patterns, and one such as `^(a+)+$` would keep it busy for years. Those that could
 * are found in the text before it begins, and match anything while it runs.
 */
import { mayExplode } from '../../slow-pattern.ts';

export interface WrittenPattern {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** The patterns in a text that may take for ever: values of `pattern`, and names of pattern properties (`/…/:`). */
export function slowPatterns(text: string): readonly WrittenPattern[] {
  if (!/pattern|^\s*["']?\//m.test(text)) return [];
  return text.split(/\r\n|\r|\n/).flatMap((line, index) =>
    [...patternsIn(line)].flatMap(({ source, column }) => {
      return mayExplode(source) ? [{ source, line: index + 1, column }] : [];
    }),
  );
}

function* patternsIn(line: string): Generator<{ readonly source: string; readonly column: number }> {
  const facet = /(?:^|[\s{,"'])(pattern)["']?\s*:\s*(\S.*)$/.exec(line);
  if (facet) {
    const [whole, key = '', value = ''] = facet;
    yield { source: unquoted(value), column: facet.index + whole.indexOf(key) + 1 };
  }
  const property = /^\s*["']?\/(.+)\/\??["']?\s*:/.exec(line);
  if (property?.[1] !== undefined) yield { source: property[1], column: line.indexOf('/') + 1 };
}

function unquoted(value: string): string {
  const double = /^"(?:[^"\\]|\\.)*"/.exec(value)?.[0];
  if (double !== undefined) return double.slice(1, -1).replace(/\\\\/g, '\\');
  const single = /^'((?:[^']|'')*)'/.exec(value)?.[1];
  return single === undefined ? value.replace(/\s+#.*$/, '').trimEnd() : single.replaceAll("''", "'");
}

/**
 * Expressions that are made of these patterns match everything, until `release` is called. Only where there are such:
 * to watch every expression would slow the parser down.
 */
export class PatternGuard {
  readonly #sources = new Set<string>();
  #original: typeof RegExp.prototype.exec | undefined;

  watch(patterns: readonly WrittenPattern[]): void {
    for (const { source } of patterns) this.#sources.add(sourceOf(source));
    if (this.#sources.size === 0 || this.#original) return;
    const original = RegExp.prototype.exec;
    const isSlow = (expression: RegExp) => [...this.#sources].some((source) => expression.source.includes(source));
    this.#original = original;
    RegExp.prototype.exec = function exec(text) {
      return isSlow(this) ? Object.assign([text] as [string], { index: 0, input: text }) : original.call(this, text);
    };
  }

  release(): void {
    if (this.#original) RegExp.prototype.exec = this.#original;
    this.#original = undefined;
  }
}

/** As the engine writes it: with `\/` for `/`. */
function sourceOf(pattern: string): string {
  try {
    return new RegExp(pattern).source;
  } catch {
    return pattern;
  }
}
