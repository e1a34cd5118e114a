import type { Violation } from '../../errors.ts';

/** What is wrong with a JSON text, and where. */
export interface JsonProblem {
  readonly message: string;
  readonly violation: Violation;
}

/**
 * Reads a JSON text character by character and says what is wrong first, or `undefined` when nothing is. Slower than
 * `JSON.parse`, but it knows line, column and pointer, and it sees duplicate keys, lone surrogates and lost numbers.
 */
export function explainJson(text: string, deepest: number): JsonProblem | undefined {
  const reader = new Reader(text, deepest);
  try {
    reader.document();
    return undefined;
  } catch (error) {
    if (error instanceof Found) return error.problem;
    throw error;
  }
}

class Found extends Error {
  readonly problem: JsonProblem;

  constructor(problem: JsonProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

class Reader {
  readonly #text: string;
  readonly #deepest: number;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string, deepest: number) {
    this.#text = text;
    this.#deepest = deepest;
  }

  document(): void {
    this.#space();
    if (this.#at >= this.#text.length) throw this.#found('The body is empty; a JSON document was expected.');
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#found(`Unexpected ${this.#here()} after the end of the document.`);
  }

  #value(): void {
    const character = this.#text[this.#at];
    if (character === '{') this.#object();
    else if (character === '[') this.#array();
    else if (character === '"') this.#string();
    else if (character !== undefined && /[-\d]/.test(character)) this.#number();
    else this.#word();
  }

  #word(): void {
    const word = /[\w.+-]{0,30}/y;
    word.lastIndex = this.#at;
    const [name = ''] = word.exec(this.#text) ?? [];
    if (name === 'true' || name === 'false' || name === 'null') {
      this.#at += name.length;
      return;
    }
    if (/^[+-]?(?:NaN|Infinity)$/.test(name)) throw this.#found(`JSON has no ${name}; use null, or leave it out.`);
    if (this.#text[this.#at] === "'") throw this.#found('JSON strings stand in double quotes.');
    throw this.#found(`Unexpected ${this.#here()}; a JSON value was expected.`);
  }

  #object(): void {
    this.#enter();
    const known = new Set<string>();
    if (this.#open('}')) return;
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') throw this.#found(`Unexpected ${this.#here()}; a key in quotes was expected.`);
      const start = this.#at;
      const key = this.#string();
      this.#path.push(key);
      if (known.has(key)) throw this.#found(`The key "${clip(key)}" comes twice.`, start);
      known.add(key);
      this.#space();
      if (this.#text[this.#at] !== ':') throw this.#found(`Unexpected ${this.#here()}; ":" was expected after a key.`);
      this.#at++;
      this.#space();
      this.#value();
      this.#path.pop();
      if (this.#next('}')) return;
    }
  }

  #array(): void {
    this.#enter();
    if (this.#open(']')) return;
    for (let index = 0; ; index++) {
      this.#path.push(index);
      this.#space();
      this.#value();
      this.#path.pop();
      if (this.#next(']')) return;
    }
  }

  #enter(): void {
    if (this.#path.length >= this.#deepest) {
      throw this.#found(`The document is nested deeper than ${this.#deepest} levels.`);
    }
    this.#at++;
  }

  /** An empty object or array ends here. */
  #open(end: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== end) return false;
    this.#at++;
    return true;
  }

  /** Steps over `,` (more follows) or the end. */
  #next(end: string): boolean {
    this.#space();
    const character = this.#text[this.#at];
    if (character !== ',' && character !== end) {
      throw this.#found(`Unexpected ${this.#here()}; "," or "${end}" was expected.`);
    }
    this.#at++;
    if (character === end) return true;
    this.#space();
    if (this.#text[this.#at] === end) throw this.#found(`A "," before "${end}" is not allowed in JSON.`);
    return false;
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    for (;;) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) break;
      // NaN: the end of the text.
      if (Number.isNaN(code)) throw this.#found('A string is not closed.', start);
      if (code < 0x20) throw this.#found('A control character in a string must be escaped, as \\n.', at);
      at += code === 0x5c ? 2 : 1;
    }
    this.#at = at + 1;
    const literal = this.#text.slice(start, this.#at);
    const value = this.#decode(literal, start);
    if (/\p{Surrogate}/u.test(value)) {
      throw this.#found('A string holds half of a surrogate pair, which is no Unicode text.', start);
    }
    return value;
  }

  #decode(literal: string, start: number): string {
    try {
      return String(JSON.parse(literal));
    } catch {
      throw this.#found(
        'A string has an unknown escape; JSON knows \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.',
        start,
      );
    }
  }

  #number(): void {
    const shape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    const start = this.#at;
    shape.lastIndex = start;
    const [literal = ''] = shape.exec(this.#text) ?? [];
    if (this.#text.startsWith('-Infinity', start))
      throw this.#found('JSON has no -Infinity; use null, or leave it out.');
    this.#at = start + literal.length;
    if (literal === '' || /[\w.]/.test(this.#text[this.#at] ?? ''))
      throw this.#found('This is not a JSON number.', start);
    const value = Number(literal);
    if (!Number.isFinite(value)) {
      throw this.#found(`The number ${clip(literal)} is larger than a 64-bit floating point number can be.`, start);
    }
    if (/^-?\d+$/.test(literal) && !Number.isSafeInteger(value)) {
      throw this.#found(
        `The integer ${clip(literal)} is beyond ±(2^53 − 1) and would lose digits; send a string.`,
        start,
      );
    }
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #here(): string {
    const point = this.#text.codePointAt(this.#at);
    return point === undefined ? 'end of the body' : JSON.stringify(String.fromCodePoint(point));
  }

  #found(what: string, at = this.#at): Found {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    const pointer = this.#path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const message = `${what} (line ${line}, column ${column})`;
    return new Found({ message, violation: { pointer, in: 'body', message: what } });
  }
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
