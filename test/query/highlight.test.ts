import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { highlighted } from '../../src/query/highlight.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { locatedWords, wordsOf } from '../../src/query/words.ts';
import { field, resource } from '../stores/bookstore.ts';

const notes = resource(
  'notes',
  [
    field('title', 'string'),
    field('tags', 'string', { array: true }),
    field('author.name', 'string'),
    field('pages', 'integer'),
    field('pin', 'string'),
  ],
  { secrets: ['pin'] },
);

function highlightsOf(pairs: readonly (readonly [string, string])[], document: unknown): unknown {
  const context = { resource: notes, controls: [], dialect: 'plain', purpose: 'list' } as const;
  const { highlight } = parseQuery(pairs, context);
  return highlight && highlighted(document, highlight, notes);
}

const cases: readonly (readonly [q: string, title: string, fragments: readonly string[]])[] = [
  ['salt', 'Salt & <b>pepper</b>', ['<em>Salt</em> &#38; &#60;b&#62;pepper&#60;/b&#62;']],
  ['"salt pepper"', 'salt, pepper; pepper salt', ['<em>salt, pepper</em>; pepper salt']],
  ['salt pepper', 'salt pepper', ['<em>salt</em> <em>pepper</em>']],
  ['sal*', 'Salad and salt', ['<em>Salad</em> and <em>salt</em>']],
  ['zoe', 'Zoë Zoe\u0308', ['<em>Zoë</em> <em>Zoe\u0308</em>']],
  ['fin', 'the ﬁn', ['the <em>ﬁn</em>']],
  ['本', '日本語', ['日<em>本</em>語']],
  ['atm', 'at a™ x', ['at <em>a™</em> x']],
  ['οδος', 'ΟΔΟΣ', ['<em>ΟΔΟΣ</em>']],
  ['a AND NOT salt', 'a', ['<em>a</em>']],
  ['a OR b', 'b', ['<em>b</em>']],
  [
    'needle',
    `${'word '.repeat(30)}needle${' word'.repeat(30)}`,
    [`…${'word '.repeat(11)}<em>needle</em>${' word'.repeat(11)}…`],
  ],
];

for (const [q, title, fragments] of cases) {
  test(`${q} in ${title}`, () => {
    assert.deepEqual(
      highlightsOf(
        [
          ['q', q],
          ['_highlight', 'true'],
        ],
        { title },
      ),
      { title: fragments },
    );
  });
}

const document = { title: 'a', tags: ['b a', 'c', 'a'], author: { name: 'a' }, pin: 'a' };
const chosen: readonly (readonly [highlight: string, found: unknown])[] = [
  ['true', { title: ['<em>a</em>'], tags: ['b <em>a</em>', '<em>a</em>'], 'author.name': ['<em>a</em>'] }],
  ['title', { title: ['<em>a</em>'] }],
  ['tags, author.name', { tags: ['b <em>a</em>', '<em>a</em>'], 'author.name': ['<em>a</em>'] }],
  ['false', undefined],
];

for (const [given, found] of chosen) {
  test(`_highlight=${given}`, () => {
    assert.deepEqual(
      highlightsOf(
        [
          ['q', 'a'],
          ['_highlight', given],
        ],
        document,
      ),
      found,
    );
  });
}

for (const given of ['pin', 'pages', 'nothing', 'title,,tags']) {
  test(`_highlight=${given} is refused`, () => {
    assert.throws(
      () =>
        highlightsOf(
          [
            ['q', 'a'],
            ['_highlight', given],
          ],
          document,
        ),
      /not valid/,
    );
  });
}

test('without a search there is nothing to highlight', () => {
  assert.equal(highlightsOf([['_highlight', 'true']], document), undefined);
});

test('the words of a text are where they are said to be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const located = locatedWords(text);
      for (const { word, start, end } of located) assert.ok(wordsOf(text.slice(start, end)).includes(word));
      assert.deepEqual(
        located.map(({ word }) => word),
        wordsOf(text),
      );
    }),
  );
});
