import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSearch } from '../../src/query/lucene.ts';
import type { Filter, Scalar } from '../../src/query/types.ts';
import { vocabularyOf } from '../../src/query/vocabulary.ts';
import { books } from '../stores/bookstore.ts';

const vocabulary = vocabularyOf(books, []);
const title = [{ path: 'title', weight: 1 }];

function search(text: string): { readonly filter: Filter | undefined; readonly reported: readonly string[] } {
  const reported: string[] = [];
  const filter = parseSearch(text, { vocabulary, fields: title, report: (message) => reported.push(message) });
  return { filter, reported };
}

const words = (...found: string[]): Filter => ({ kind: 'words', words: found, prefix: false, fields: title });
const beginning = (word: string): Filter => ({ kind: 'words', words: [word], prefix: true, fields: title });
const and = (...filters: Filter[]): Filter => ({ kind: 'and', filters });
const or = (...filters: Filter[]): Filter => ({ kind: 'or', filters });
const not = (filter: Filter): Filter => ({ kind: 'not', filter });
const pages = { kind: 'field', path: 'pages' } as const;
const compare = (operator: 'eq' | 'gt' | 'gte' | 'lt' | 'lte', value: Scalar): Filter => ({
  kind: 'compare',
  operand: pages,
  operator,
  value,
});

for (const [text, filter] of [
  ['dune', words('dune')],
  ['dune herbert', and(words('dune'), words('herbert'))],
  ['dune AND herbert && x', and(words('dune'), words('herbert'), words('x'))],
  ['dune OR herbert || x', or(words('dune'), words('herbert'), words('x'))],
  ['a b OR c d', or(and(words('a'), words('b')), and(words('c'), words('d')))],
  ['a (b OR c)', and(words('a'), or(words('b'), words('c')))],
  ['-a', not(words('a'))],
  ['a -b !c NOT d +e', and(words('a'), not(words('b')), not(words('c')), not(words('d')), words('e'))],
  ['NOT NOT a', words('a')],
  ['-(a OR b)', not(or(words('a'), words('b')))],
  ['"left hand"', words('left', 'hand')],
  ['"say \\"hi\\""', words('say', 'hi')],
  ['dun*', beginning('dun')],
  ['e-ma*', and(words('e'), beginning('ma'))],
  ['dun\\*', words('dun')],
  ['*', undefined],
  ['title:dune', words('dune')],
  ['title:"left hand" x', and(words('left', 'hand'), words('x'))],
  ['title:(a OR b)', or(words('a'), words('b'))],
  ['title:dun*', beginning('dun')],
  ['pages:300', compare('eq', 300)],
  ['pages:"300"', compare('eq', 300)],
  ['pages:>300 pages:<=400', and(compare('gt', 300), compare('lte', 400))],
  ['pages:(1 OR >5)', or(compare('eq', 1), compare('gt', 5))],
  ['pages:[1 TO 5]', and(compare('gte', 1), compare('lte', 5))],
  ['pages:{1 TO 5]', and(compare('gt', 1), compare('lte', 5))],
  ['pages:[1 TO *}', compare('gte', 1)],
  ['pages:[* TO *]', { kind: 'exists', operand: pages }],
  ['_exists_:pages', { kind: 'exists', operand: pages }],
  ['-_exists_:pages', not({ kind: 'exists', operand: pages })],
  // Everyday text.
  ["don't", words('don', 't')],
  ['e-mail', words('e', 'mail')],
  ['C++', words('c')],
  ['(', undefined],
  ['((a', words('a')],
  ['a)', words('a')],
  ['a) b', and(words('a'), words('b'))],
  ['AND', undefined],
  ['OR', undefined],
  ['NOT', words('not')],
  ['a OR', words('a')],
  ['OR a', words('a')],
  ['"unfinished', words('unfinished')],
  ['5" pipe', and(words('5'), words('pipe'))],
  ['http://example.com/a', words('http', 'example', 'com', 'a')],
  ['pages: 3', and(words('pages'), words('3'))],
  ['zzz:1', words('zzz', '1')],
  ['ANDY ORLANDO', and(words('andy'), words('orlando'))],
  ['a\\', words('a')],
  ['', undefined],
  ['  ', undefined],
  ['- + !', undefined],
  ['日本', words('日', '本')],
] as const satisfies readonly (readonly [string, Filter | undefined])[]) {
  test(`q=${text}`, () => assert.deepEqual(search(text), { filter, reported: [] }));
}

for (const [text, reported] of [
  ['pages:many', '"pages" must be an integer, such as 42'],
  ['pages:[1 TO many]', '"pages" must be an integer, such as 42'],
  ['a '.repeat(101), 'must have at most 100 words'],
] as const) {
  test(`q=${text.slice(0, 20)} is refused`, () => assert.deepEqual(search(text).reported, [reported]));
}

test('no text makes it fail, or takes it long', () => {
  const alphabet = fc.constantFrom(
    'a',
    ' ',
    '"',
    '(',
    ')',
    ':',
    '\\',
    '*',
    '-',
    '+',
    '!',
    'AND ',
    'OR ',
    'NOT ',
    'title:',
    'pages:',
    '[',
    ' TO ',
    ']',
    '_exists_:',
    '5',
    '>',
  );
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 40 }), (parts) => void search(parts.join(''))),
    { numRuns: 5000 },
  );
  for (const part of ['(', '"', '[', 'a:', '\\', '-', '!(', 'title:(', '[a TO ']) search(part.repeat(5000));
});
