/**
 * `q`: what people type into a search box, and the part of Lucene's query syntax that some of them know.
 *
 * ```
 * dune herbert            both words, anywhere in the texts          title:dune        in one text
 * "left hand"             one after the other                        pages:>300        any declared property
 * dun*                    beginning of a word                        year:[1960 TO 1970}
 * dune OR -herbert        OR, AND, NOT, !, +, -, ( )                 _exists_:isbn
 * ```
 *
 * NOT binds before AND, AND before OR; words side by side are joined by AND. `\` takes the meaning from the character
 * behind it. What is no syntax is text: `C++`, `don't`, a parenthesis alone and `http://example.com` are searched for,
 * never refused. Only a condition on a declared property that cannot hold (`pages:many`) is.
 */
import { conditionOf } from './conditions.ts';
import type { Filter, SearchedField } from './types.ts';
import type { Subject, Vocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

export interface SearchContext {
  readonly vocabulary: Pick<Vocabulary, 'subjects'>;
  /** Where words without a field are looked for. */
  readonly fields: readonly SearchedField[];
  readonly report: (message: string) => void;
}

/** More costs every store too much, and nobody types it. */
const mostTerms = 100;
/** Elasticsearch ends at 30 levels, of which a query needs some for itself. */
const deepest = 8;

/**
 * Reads a search. `undefined`: there is no word in it, so that it finds everything.
 *
 * @example parseSearch('dune -herbert', { vocabulary, fields: [{ path: 'title', weight: 1 }], report })
 */
export function parseSearch(text: string, context: SearchContext): Filter | undefined {
  const reader = createReader(text, context);
  const filter = reader.alternatives({ fields: context.fields }, 0);
  if (reader.terms() > mostTerms) context.report(`must have at most ${mostTerms} words`);
  return filter;
}

type Optional = Filter | undefined;

/** What a value is about: words in these texts, or the values of the property that was named before it. */
interface Scope {
  readonly fields: readonly SearchedField[];
  readonly subject?: Subject;
}

function createReader(text: string, { vocabulary, report }: SearchContext) {
  let at = 0;
  let terms = 0;

  const skipSpace = (): void => {
    while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  };
  /** Takes what matches here, if anything does. */
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    if (found !== undefined) at += found[0].length;
    return found;
  };

  /** `a b OR c`: up to the end, or to the parenthesis that closes the group. */
  const alternatives = (scope: Scope, depth: number): Optional => {
    const found: Filter[] = [];
    do {
      const all = conjunction(scope, depth);
      if (all !== undefined) found.push(all);
    } while (take(operators.or));
    return joined('or', found);
  };

  const conjunction = (scope: Scope, depth: number): Optional => {
    const found: Filter[] = [];
    for (;;) {
      skipSpace();
      take(operators.and);
      skipSpace();
      if (at >= text.length || isNext(operators.or) || (depth > 0 && text[at] === ')')) return joined('and', found);
      const before = at;
      const term = negatable(scope, depth);
      if (term !== undefined) found.push(term);
      // A character that begins nothing, such as a lone parenthesis.
      if (at === before) at += 1;
    }
  };

  const isNext = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    return pattern.test(text);
  };

  const negatable = (scope: Scope, depth: number): Optional => {
    let negative = false;
    for (let sign = take(operators.sign); sign !== undefined; sign = take(operators.sign)) {
      if (sign[0] !== '+') negative = !negative;
      skipSpace();
    }
    const term = termHere(scope, depth);
    return negative && term !== undefined ? { kind: 'not', filter: term } : term;
  };

  const termHere = (scope: Scope, depth: number): Optional => {
    terms += 1;
    if (take(syntax.exists)) return existence(scope.fields);
    const subject = fieldHere();
    return valueHere(subject === undefined ? scope : scopeOf(subject), depth);
  };

  const group = (scope: Scope, depth: number): Optional => {
    at += 1;
    const inner = alternatives(scope, depth + 1);
    if (text[at] === ')') at += 1;
    return inner;
  };

  /** `title:` of a known field; any other colon is text. */
  const fieldHere = (): Subject | undefined => {
    syntax.field.lastIndex = at;
    const [whole = '', name = ''] = syntax.field.exec(text) ?? [];
    const subject = vocabulary.subjects.get(unescaped(name));
    if (subject !== undefined) at += whole.length;
    return subject;
  };

  const existence = (fields: readonly SearchedField[]): Optional => {
    const name = take(syntax.name)?.[0] ?? '';
    const subject = vocabulary.subjects.get(unescaped(name));
    if (subject !== undefined) return { kind: 'exists', operand: subject.operand };
    return wordsFilter(`_exists_ ${name}`, fields, false);
  };

  const valueHere = (scope: Scope, depth: number): Optional => {
    const { fields, subject } = scope;
    if (text[at] === '(' && depth < deepest) return group(scope, depth);
    if (subject === undefined) return textHere(fields);
    const range = take(syntax.range);
    if (range !== undefined) return rangeOf(subject, range);
    const [, sign, bound = ''] = take(syntax.comparison) ?? [];
    if (sign !== undefined) return condition(subject, unescaped(bound), comparisons[sign]);
    if (fields.length > 0) return textHere(fields);
    const [, quoted, plain] = take(syntax.value) ?? [];
    return condition(subject, unescaped(quoted ?? plain ?? ''));
  };

  const rangeOf = (subject: Subject, [, open, low = '*', high = '*', close]: readonly string[]): Optional => {
    const from = low === '*' ? undefined : condition(subject, low, open === '[' ? 'gte' : 'gt');
    const to = high === '*' ? undefined : condition(subject, high, close === ']' ? 'lte' : 'lt');
    if (from === undefined && to === undefined) return { kind: 'exists', operand: subject.operand };
    return sameValue(subject, from, to);
  };

  const condition = (
    subject: Subject,
    value: string,
    operator: 'eq' | 'gt' | 'gte' | 'lt' | 'lte' = 'eq',
  ): Optional => {
    const made = conditionOf(subject, operator, value);
    if (!('message' in made)) return made.filter;
    report(`"${subject.name}" ${made.message}`);
    return undefined;
  };

  /** A phrase, a word, or the beginning of one. */
  const textHere = (fields: readonly SearchedField[]): Optional => {
    const phrase = take(syntax.phrase);
    if (phrase !== undefined) return wordsFilter(unescaped(phrase[1] ?? ''), fields, false);
    const plain = take(syntax.word)?.[0] ?? '';
    const beginning = /^(.*[^\\])\*$/s.exec(plain)?.[1];
    return wordsFilter(unescaped(beginning ?? plain), fields, beginning !== undefined);
  };

  return { alternatives, terms: () => terms };
}

/** All sticky: each is tried where reading stands. */
const operators = {
  or: /(?:OR(?=[\s(]|$)|\|\|)/y,
  and: /(?:AND(?=[\s(]|$)|&&)/y,
  sign: /(?:NOT(?=[\s(])|[-+!](?=[^\s]))/y,
} as const;

const syntax = {
  exists: /_exists_:/y,
  name: /(?:[^\s():"\\]|\\.)+/y,
  field: /((?:[^\s():"[\]{}\\]|\\.)+):(?=[^\s])/y,
  range: /([[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}])/y,
  comparison: /(>=|<=|>|<)((?:[^\s()\\]|\\.)+)/y,
  value: /(?:"((?:[^"\\]|\\.)*)"|((?:[^\s()\\]|\\.)+))/y,
  phrase: /"((?:[^"\\]|\\.)*)"/y,
  word: /(?:[^\s()"\\]|\\.|\\$|"(?![^"]*"))+/y,
} as const;

const comparisons: Readonly<Record<string, 'gt' | 'gte' | 'lt' | 'lte'>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
};

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}

/** Texts are searched for words; other values, and ids, are compared as a whole. */
function scopeOf(subject: Subject): Scope {
  const { operand, type } = subject;
  return { subject, fields: operand.kind === 'field' && type === 'string' ? [{ path: operand.path, weight: 1 }] : [] };
}

/** A beginning of several words (`e-ma*`) is the words before the last one, and the beginning of the last. */
function wordsFilter(text: string, fields: readonly SearchedField[], prefix: boolean): Optional {
  const words = wordsOf(text);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (!prefix) return { kind: 'words', words, prefix: false, fields };
  const beginning: Filter = { kind: 'words', words: [last], prefix: true, fields };
  if (words.length === 1) return beginning;
  return joined('and', [{ kind: 'words', words: words.slice(0, -1), prefix: false, fields }, beginning]);
}

function joined(kind: 'and' | 'or', filters: readonly Filter[]): Optional {
  const [only] = filters;
  return filters.length <= 1 ? only : { kind, filters };
}

/** Both bounds hold for one and the same value of an array. */
function sameValue({ operand, array }: Subject, from: Optional, to: Optional): Optional {
  const both = [from, to].filter((each) => each !== undefined);
  if (!array || both.length < 2) return joined('and', both);
  const [low, high] = both.map((each) => (each.kind === 'compare' ? each : undefined));
  if (low === undefined || high === undefined) return joined('and', both);
  return {
    kind: 'range',
    operand,
    from: { value: low.value, inclusive: low.operator === 'gte' },
    to: { value: high.value, inclusive: high.operator === 'lte' },
  };
}
