/**
 * JSON (RFC 8259) with places: `JSON.parse` keeps neither offsets nor duplicate keys.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { Position } from '../../model/description.ts';
import { isContainer, setOwn } from '../record.ts';
import type { ParsedText } from './document.ts';
import { Entries } from './entries.ts';
import { duplicateKey, MAX_DEPTH, tooDeep } from './findings.ts';
import { keyTooLong, MAX_ENTRIES, MAX_KEY, MAX_VALUES, tooManyEntries, tooManyValues } from './size.ts';

/** Parses JSON. After a syntax error `value` is `undefined`; a duplicate key is a finding, and the last one counts. */
export function parseJson(text: string, locate: (offset: number) => Position): ParsedText {
  const parser = new JsonParser(text, locate);
  try {
    return { value: parser.document(), ...parser.found() };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { value: undefined, ...parser.found(error.finding) };
  }
}

class Unreadable extends Error {
  readonly finding: Diagnostic;

  constructor(finding: Diagnostic) {
    super(finding.message);
    this.finding = finding;
  }
}

const WHITESPACE = /[ \t\n\r]*/y;
/** What a string has to be looked at closely for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 excludes exactly these.
const UNUSUAL = /[\\\u0000-\u001f]/;
/** What ends or interrupts the plain part of a string. A single pattern for whole strings would backtrack over megabytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 excludes exactly these.
const STRING_BREAK = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[A-Za-z]+/y;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * A description is parsed once, most of it by code that V8 has not optimised yet, and few of its places are asked for.
 * So nothing is allocated for an entry but two numbers in a list, and no pattern is run where a comparison will do.
 */
class JsonParser {
  readonly #text: string;
  readonly #locate: (offset: number) => Position;
  readonly #entries = new Map<object, Entries>();
  readonly #diagnostics: Diagnostic[] = [];
  #at = 0;
  #values = 0;

  constructor(text: string, locate: (offset: number) => Position) {
    this.#text = text;
    this.#locate = locate;
  }

  document(): unknown {
    this.#skipWhitespace();
    const value = this.#value(0);
    this.#skipWhitespace();
    if (this.#at < this.#text.length) this.#fail('The text goes on after the end of the JSON value.');
    return value;
  }

  found(fatal?: Diagnostic): Omit<ParsedText, 'value'> {
    const start = this.#text.search(/\S/);
    return {
      start: Math.max(start, 0),
      entryOf: ({ value }, step) => (isContainer(value) ? this.#entries.get(value)?.find(step) : undefined),
      diagnostics: fatal ? [...this.#diagnostics, fatal] : this.#diagnostics,
    };
  }

  #value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Unreadable(tooDeep(this.#locate(this.#at)));
    if (++this.#values > MAX_VALUES) throw new Unreadable(tooManyValues(this.#locate(0)));
    switch (this.#text.charCodeAt(this.#at)) {
      case OPENING_BRACE:
        return this.#object(depth);
      case OPENING_BRACKET:
        return this.#array(depth);
      case QUOTE:
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #object(depth: number): unknown {
    const object: Record<string, unknown> = {};
    const start = this.#at;
    this.#at++;
    this.#skipWhitespace();
    if (this.#take(CLOSING_BRACE)) return object;
    const keys: string[] = [];
    const offsets: number[] = [];
    this.#entries.set(object, new Entries(keys, offsets));
    // Only where there are duplicates: to look for each among thousands of others would take a square of the time.
    let places: Map<string, number> | undefined;
    do {
      this.#skipWhitespace();
      const keyAt = this.#at;
      if (this.#text.charCodeAt(keyAt) !== QUOTE)
        this.#fail('A key in double quotes was expected.', this.#commaHint('}'));
      const key = this.#string();
      if (key.length > MAX_KEY) throw new Unreadable(keyTooLong(key, this.#locate(keyAt)));
      this.#skipWhitespace();
      if (!this.#take(COLON)) this.#fail(`A colon was expected after the key "${key}".`);
      this.#skipWhitespace();
      if (Object.hasOwn(object, key)) {
        places ??= new Map(keys.map((earlier, at) => [earlier, offsets[at * 2] ?? start]));
        const first = places.get(key) ?? start;
        this.#diagnostics.push(duplicateKey('JSON', key, this.#locate(keyAt), this.#locate(first)));
      }
      places?.set(key, keyAt);
      keys.push(key);
      offsets.push(keyAt, this.#at);
      if (keys.length > MAX_ENTRIES) throw new Unreadable(tooManyEntries(this.#locate(start)));
      setOwn(object, key, this.#value(depth + 1));
      this.#skipWhitespace();
    } while (this.#take(COMMA));
    if (!this.#take(CLOSING_BRACE)) this.#fail('A comma or a closing brace was expected.');
    return object;
  }

  #array(depth: number): unknown {
    const array: unknown[] = [];
    this.#at++;
    this.#skipWhitespace();
    if (this.#take(CLOSING_BRACKET)) return array;
    const offsets: number[] = [];
    this.#entries.set(array, new Entries(undefined, offsets));
    do {
      this.#skipWhitespace();
      if (this.#text.charCodeAt(this.#at) === CLOSING_BRACKET)
        this.#fail('A value was expected.', this.#commaHint(']'));
      offsets.push(this.#at, this.#at);
      array.push(this.#value(depth + 1));
      this.#skipWhitespace();
    } while (this.#take(COMMA));
    if (!this.#take(CLOSING_BRACKET)) this.#fail('A comma or a closing bracket was expected.');
    return array;
  }

  #string(): string {
    const start = this.#at;
    const end = this.#text.indexOf('"', start + 1);
    if (end !== -1) {
      const plain = this.#text.slice(start + 1, end);
      if (!UNUSUAL.test(plain)) {
        this.#at = end + 1;
        return plain;
      }
    }
    return this.#unusualString(start);
  }

  #unusualString(start: number): string {
    let escaped = false;
    this.#at++;
    for (;;) {
      STRING_BREAK.lastIndex = this.#at;
      const found = STRING_BREAK.exec(this.#text);
      this.#at = found?.index ?? start;
      if (found?.[0] === '"') break;
      if (found?.[0] !== '\\') this.#unclosed(start, found?.[0]);
      escaped = true;
      if (this.#match(ESCAPE) === undefined) {
        this.#fail('This backslash begins no escape of JSON.', 'write a backslash as \\\\');
      }
    }
    this.#at++;
    return escaped ? String(JSON.parse(this.#text.slice(start, this.#at))) : this.#text.slice(start + 1, this.#at - 1);
  }

  #unclosed(start: number, control: string | undefined): never {
    const isOpenLine = control === undefined || control === '\n' || control === '\r';
    if (isOpenLine) this.#at = start;
    this.#fail(
      isOpenLine
        ? 'The string that starts here has no closing quote.'
        : 'A control character inside of a string must be escaped.',
    );
  }

  #literal(): unknown {
    const start = this.#at;
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      const value = Number(number);
      if (Number.isFinite(value)) return value;
      this.#at = start;
      this.#fail(`${number} is larger than a number can be.`);
    }
    const word = this.#match(WORD);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    this.#at = start;
    if (start >= this.#text.length) this.#fail('The text ends in the middle of a value.');
    if (word !== undefined) this.#fail(`"${word}" is no JSON value.`, 'put text in double quotes');
    this.#fail(`A value was expected, not ${JSON.stringify(this.#text[start])}.`, quoteHint(this.#text[start]));
  }

  #commaHint(closing: string): string | undefined {
    const before = this.#text.slice(0, this.#at).trimEnd();
    if (this.#text[this.#at] === closing && before.endsWith(',')) return `remove the comma before "${closing}"`;
    return quoteHint(this.#text[this.#at]);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const matched = pattern.exec(this.#text)?.[0];
    if (matched !== undefined) this.#at += matched.length;
    return matched;
  }

  #skipWhitespace(): void {
    if (this.#text.charCodeAt(this.#at) > SPACE) return;
    WHITESPACE.lastIndex = this.#at;
    WHITESPACE.test(this.#text);
    this.#at = WHITESPACE.lastIndex;
  }

  #take(character: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #fail(message: string, hint?: string): never {
    throw new Unreadable(diagnostic('syntax-error', message, { at: this.#locate(this.#at), hint }));
  }
}

/** As an array's entries are called: `0`, `12`, and not `012`. */

function quoteHint(character: string | undefined): string | undefined {
  if (character === "'") return 'JSON uses double quotes';
  if (character === '/') return 'JSON has no comments';
  return undefined;
}
