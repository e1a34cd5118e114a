/** A regular expression as far as generating needs it. */
export type PatternNode =
  /** Anchors, boundaries and lookarounds: nothing to write. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'characters'; readonly characters: readonly string[] }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'group'; readonly node: PatternNode; readonly index: number }
  | { readonly kind: 'reference'; readonly index: number };

/** `undefined` for what is no expression of ECMAScript. */
export function parsePattern(pattern: string): PatternNode | undefined {
  const parser = new Parser([...pattern]);
  const node = parser.choice();
  return parser.isAtEnd() ? node : undefined;
}

const lower = characterRange('a', 'z');
const digits = characterRange('0', '9');
const upper = characterRange('A', 'Z');
const printable = characterRange(' ', '~');
/** Readable ones first: a generator that may write anything should write `k7`, not `}~`. */
const word = [...lower, ...digits];
const shorthands: ReadonlyMap<string, readonly string[]> = new Map([
  ['d', digits],
  ['w', word],
  ['s', [' ']],
  ['D', lower],
  ['W', ['-', '.', ' ']],
  ['S', word],
]);
const controls: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);
const endless = Number.POSITIVE_INFINITY;

class Parser {
  private at = 0;
  private groups = 0;
  private readonly text: readonly string[];

  constructor(text: readonly string[]) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  choice(): PatternNode {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  private sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (!this.isAtEnd() && this.text[this.at] !== '|' && this.text[this.at] !== ')') {
      nodes.push(this.quantified(this.atom()));
    }
    return { kind: 'sequence', nodes };
  }

  private quantified(node: PatternNode): PatternNode {
    const bounds = this.bounds();
    if (!bounds) return node;
    this.take('?');
    return { kind: 'repeat', node, ...bounds };
  }

  private bounds(): { readonly minimum: number; readonly maximum: number } | undefined {
    if (this.take('*')) return { minimum: 0, maximum: endless };
    if (this.take('+')) return { minimum: 1, maximum: endless };
    if (this.take('?')) return { minimum: 0, maximum: 1 };
    const braces = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.rest());
    if (!braces) return undefined;
    this.at += braces[0].length;
    const minimum = Number(braces[1]);
    if (braces[2] === undefined) return { minimum, maximum: minimum };
    return { minimum, maximum: braces[3] === '' || braces[3] === undefined ? endless : Number(braces[3]) };
  }

  private atom(): PatternNode {
    const character = this.next();
    switch (character) {
      case '^':
      case '$':
        return { kind: 'empty' };
      case '.':
        return { kind: 'characters', characters: word };
      case '(':
        return this.group();
      case '[':
        return this.characterClass();
      case '\\':
        return this.escape();
      default:
        return { kind: 'characters', characters: [character] };
    }
  }

  private group(): PatternNode {
    if (!this.take('?')) return this.capture();
    if (this.take(':')) return this.closed(this.choice());
    if (this.take('<') && this.text[this.at] !== '=' && this.text[this.at] !== '!') {
      while (!this.isAtEnd() && !this.take('>')) this.at++;
      return this.capture();
    }
    // `(?=`, `(?!`, `(?<=`, `(?<!`: read over, and left to the test of the candidate.
    this.closed(this.choice());
    return { kind: 'empty' };
  }

  private capture(): PatternNode {
    const index = ++this.groups;
    return { kind: 'group', node: this.closed(this.choice()), index };
  }

  private closed(node: PatternNode): PatternNode {
    this.take(')');
    return node;
  }

  private escape(): PatternNode {
    const character = this.next();
    if (character === 'b' || character === 'B') return { kind: 'empty' };
    if (/[1-9]/.test(character)) return { kind: 'reference', index: Number(character) };
    return { kind: 'characters', characters: this.escaped(character) };
  }

  private escaped(character: string): readonly string[] {
    if (character === 'p' || character === 'P') return this.property();
    if (character === 'c') return [String.fromCharCode(this.next().charCodeAt(0) % 32)];
    if (character === 'x' || character === 'u') {
      const code = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))/.exec(this.rest());
      const digitsOfCode = code?.[1] ?? (character === 'u' ? code?.[2] : this.rest().slice(0, 2));
      if (code && digitsOfCode !== undefined) {
        this.at += code[1] === undefined ? digitsOfCode.length : code[0].length;
        return [String.fromCodePoint(Number.parseInt(digitsOfCode, 16))];
      }
    }
    return shorthands.get(character) ?? [controls.get(character) ?? character];
  }

  /** `\p{Lu}`, `\p{Letter}`, `\p{Script=Greek}`: a plausible handful; the test of the candidate decides. */
  private property(): readonly string[] {
    const name = /^\{([^}]*)\}/.exec(this.rest());
    if (!name) return word;
    this.at += name[0].length;
    if (/^(Lu|Uppercase)/.test(name[1] ?? '')) return upper;
    if (/^(N|Digit)/.test(name[1] ?? '')) return digits;
    if (/^(P|S)/.test(name[1] ?? '')) return ['-', '.', '!'];
    if (/^Z/.test(name[1] ?? '')) return [' '];
    return lower;
  }

  private characterClass(): PatternNode {
    const negated = this.take('^');
    const members: string[] = [];
    while (!this.isAtEnd() && !this.take(']')) members.push(...this.classMember());
    if (!negated) return { kind: 'characters', characters: members };
    const excluded = new Set(members);
    const allowed = [...word, ...upper, ...printable].filter((character) => !excluded.has(character));
    // In `[^/]`, letters and digits are as good as anything else and easier on the eye.
    const readable = allowed.filter((character) => word.includes(character));
    return { kind: 'characters', characters: readable.length > 0 ? readable : allowed };
  }

  private classMember(): readonly string[] {
    const from = this.classCharacter();
    const [first] = from;
    if (from.length !== 1 || first === undefined || this.text[this.at] !== '-' || this.text[this.at + 1] === ']') {
      return from;
    }
    this.at++;
    const to = this.classCharacter();
    const [last] = to;
    return to.length === 1 && last !== undefined ? characterRange(first, last) : [first, '-', ...to];
  }

  private classCharacter(): readonly string[] {
    const character = this.next();
    if (character !== '\\') return [character];
    const escaped = this.next();
    return escaped === 'b' ? ['\b'] : this.escaped(escaped);
  }

  private next(): string {
    return this.text[this.at++] ?? '';
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private rest(): string {
    return this.text.slice(this.at, this.at + 40).join('');
  }
}

/** At most 128 of them: `[\u4e00-\u9fff]` needs no table of its own. */
function characterRange(from: string, to: string): readonly string[] {
  const first = from.codePointAt(0) ?? 0;
  const count = Math.min(128, (to.codePointAt(0) ?? 0) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => String.fromCodePoint(first + index));
}
