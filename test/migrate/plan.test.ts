/** What is planned for two descriptions, and what becomes of a document by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/migrate/convert.ts';
import { migrateDocument } from '../../src/migrate/document.ts';
import { type Form, stepsOf } from '../../src/migrate/migration.ts';
import { type Choices, noChoices, planMigration } from '../../src/migrate/plan.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { storedPart } from '../../src/stores/stored-part.ts';
import { described } from './described.ts';

type Properties = Readonly<Record<string, JsonSchema>>;
const text = { type: 'string' };
const number = { type: 'integer' };
const object = (properties: Properties, required: readonly string[] = []) => ({ type: 'object', properties, required });
const list = (items: JsonSchema) => ({ type: 'array', items });

interface Case {
  readonly before: Properties;
  readonly after: Properties;
  readonly required?: readonly string[];
  readonly choices?: Partial<Choices>;
  readonly steps: readonly string[];
  readonly document?: readonly [old: object, now: object];
  readonly problems?: readonly string[];
  readonly questions?: readonly string[];
  readonly obstacles?: number;
}

const cases: Readonly<Record<string, Case>> = {
  'nothing changed': { before: { a: text }, after: { a: text }, steps: [], document: [{ a: 'x' }, { a: 'x' }] },
  'an optional property is new': { before: { a: text }, after: { a: text, b: number }, steps: [] },
  'a property with a default is new': {
    before: { a: text },
    after: { a: text, pages: { type: 'integer', default: 1 } },
    steps: ['add pages, 1 where it is missing'],
    document: [{ a: 'x' }, { a: 'x', pages: 1 }],
  },
  'a required property is new': {
    before: { a: text },
    after: { a: text, pages: number },
    required: ['pages'],
    steps: ['backfill pages: required, and no value is known for documents without it'],
    document: [{ a: 'x' }, { a: 'x' }],
    problems: ['"pages" is required, and there is no value for it'],
  },
  'a required property is given a value': {
    before: { a: text },
    after: { a: text, pages: number },
    required: ['pages'],
    choices: { backfills: new Map([['books.pages', 7]]) },
    steps: ['add pages, 7 where it is missing'],
    document: [{ a: 'x' }, { a: 'x', pages: 7 }],
  },
  'a property is required now': {
    before: { a: { type: 'string', default: 'none' } },
    after: { a: { type: 'string', default: 'none' } },
    required: ['a'],
    steps: ['add a, "none" where it is missing'],
    document: [{}, { a: 'none' }],
  },
  'a property is gone': {
    before: { a: text, b: list(text) },
    after: { a: text },
    steps: ['drop b'],
    document: [{ a: 'x', b: ['y'] }, { a: 'x' }],
  },
  'another spelling': {
    before: { author_name: text },
    after: { authorName: text },
    steps: ['rename author_name to authorName (confidence 0.95)'],
    document: [{ author_name: 'x' }, { authorName: 'x' }],
  },
  'an abbreviation': {
    before: { desc: text },
    after: { description: text },
    steps: ['rename desc to description (confidence 0.9)'],
  },
  'perhaps another name': {
    before: { startDate: text },
    after: { endDate: text },
    steps: ['drop startDate'],
    questions: ['books.startDate=books.endDate'],
  },
  'a name that was told': {
    before: { startDate: text },
    after: { endDate: text },
    choices: { renames: new Map([['books.startDate', 'endDate']]) },
    steps: ['rename startDate to endDate (confidence 1)'],
  },
  'no other name, as was told': {
    before: { startDate: text },
    after: { endDate: text },
    choices: { drops: new Set(['books.startDate']) },
    steps: ['drop startDate'],
  },
  'another type under another name': {
    before: { desc: text },
    after: { description: { type: 'boolean' } },
    steps: ['drop desc'],
  },
  'both names are there': {
    before: { author_name: text },
    after: { authorName: text },
    steps: ['rename author_name to authorName (confidence 0.95)'],
    document: [{ author_name: 'x', authorName: 'y' }, { authorName: 'y' }],
    problems: ['both "author_name" and "authorName" are there'],
  },
  'another type': {
    before: { pages: text },
    after: { pages: number },
    steps: ['convert pages to integer'],
    document: [{ pages: '12' }, { pages: 12 }],
  },
  'a type that holds the old one': { before: { pages: number }, after: { pages: { type: 'number' } }, steps: [] },
  'a value that cannot be converted': {
    before: { pages: text },
    after: { pages: number },
    steps: ['convert pages to integer'],
    document: [{ pages: 'many' }, { pages: 'many' }],
    problems: ['"pages": "many" cannot become integer'],
  },
  'within an object and a list': {
    before: { author: object({ first_name: text }), chapters: list(object({ pages: text })) },
    after: { author: object({ firstName: text }), chapters: list(object({ pages: number })) },
    steps: ['rename author.first_name to firstName (confidence 0.95)', 'convert chapters.pages to integer'],
    document: [
      { author: { first_name: 'x' }, chapters: [{ pages: '1' }, { pages: '2' }] },
      { author: { firstName: 'x' }, chapters: [{ pages: 1 }, { pages: 2 }] },
    ],
  },
  'a name goes, and another of that name comes': {
    before: { a: text },
    after: { a: number, b: text },
    choices: { renames: new Map([['books.a', 'b']]) },
    steps: ['rename a to b (confidence 1)'],
    obstacles: 1,
  },
  'a name of Object': {
    before: { ['__proto__']: text },
    after: { ['__proto__']: text, pages: { type: 'integer', default: 1 } },
    steps: ['add pages, 1 where it is missing'],
    document: [JSON.parse('{"__proto__":"x"}'), JSON.parse('{"__proto__":"x","pages":1}')],
  },
};

for (const [name, { before, after, required = [], choices, ...expected }] of Object.entries(cases)) {
  test(name, () => {
    const plan = planMigration(described(before), described(after, { required }), { ...noChoices, ...choices });
    const [resource] = plan.resources;
    assert.ok(resource);
    assert.deepEqual(stepsOf(resource.changes), expected.steps);
    assert.deepEqual(
      plan.questions.map(({ from, to }) => `${from}=${to}`),
      expected.questions ?? [],
    );
    assert.equal(plan.obstacles.length, expected.obstacles ?? 0);
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
    if (!expected.document) return;
    const [old, now] = expected.document;
    const { value, problems } = migrateDocument(old, resource.changes);
    assert.deepEqual(problems, expected.problems ?? []);
    if (problems.length > 0) return;
    assert.equal(JSON.stringify(value), JSON.stringify(now));
    assert.equal(JSON.stringify(migrateDocument(value, resource.changes).value), JSON.stringify(now), 'once more');
  });
}

test('what a store remembers is enough for fields', () => {
  const old = described({ pages: text, author_name: text, born: { type: 'string', format: 'date' } });
  const remembered = { resources: old.resources.map(storedPart) };
  const plan = planMigration(
    remembered,
    described({ pages: number, authorName: text, born: { type: 'string', format: 'date' } }),
  );
  assert.deepEqual(
    plan.resources.flatMap(({ changes }) => stepsOf(changes)),
    ['rename author_name to authorName (confidence 0.95)', 'convert pages to integer'],
  );
});

const resources: readonly (readonly [
  name: string,
  from: string,
  to: string,
  renames: string | undefined,
  is: string,
])[] = [
  ['the same', 'books', 'books', undefined, 'books → books'],
  ['a plural', 'book', 'books', undefined, 'book → books'],
  ['perhaps another name', 'books', 'volumes', undefined, 'books ? volumes'],
  ['another name, as was told', 'books', 'volumes', 'volumes', 'books → volumes'],
];
for (const [name, from, to, wanted, is] of resources) {
  test(`resources: ${name}`, () => {
    const renames = new Map(wanted === undefined ? [] : [[from, wanted]]);
    const plan = planMigration(described({ a: text }, { name: from }), described({ a: text }, { name: to }), {
      ...noChoices,
      renames,
    });
    const pairs = plan.resources.map((each) => `${each.from} → ${each.to}`);
    assert.deepEqual([...pairs, ...plan.questions.map((each) => `${each.from} ? ${each.to}`)], [is]);
  });
}

test('another id is an obstacle', () => {
  const more = {
    id: { property: 'isbn', type: 'string', generate: 'none', clientMayChoose: true, scope: 'global' },
  } as const;
  assert.equal(planMigration(described({}), described({ isbn: text }, { more })).obstacles.length, 1);
});

const lossless: readonly (readonly [unknown, Form, unknown])[] = [
  ['12', { types: ['integer'] }, 12],
  ['0', { types: ['integer'] }, 0],
  ['-3', { types: ['integer'] }, -3],
  ['007', { types: ['integer'] }, 'problem'],
  ['12345678901234567890', { types: ['integer'] }, 'problem'],
  ['1.5', { types: ['number'] }, 1.5],
  ['1.5', { types: ['integer'] }, 'problem'],
  ['', { types: ['number'] }, 'problem'],
  [' 1', { types: ['number'] }, 'problem'],
  [12, { types: ['string'] }, '12'],
  [true, { types: ['string'] }, 'true'],
  ['true', { types: ['boolean'] }, true],
  ['yes', { types: ['boolean'] }, 'problem'],
  [1, { types: ['boolean'] }, 'problem'],
  [null, { types: ['string'] }, undefined],
  [null, { types: ['string', 'null'] }, null],
  ['a', { types: ['array'], items: { types: ['string'] } }, ['a']],
  [['1', '2'], { types: ['array'], items: { types: ['integer'] } }, [1, 2]],
  [['a'], { types: ['string'] }, 'a'],
  [[], { types: ['string'] }, undefined],
  [['a', 'b'], { types: ['string'] }, 'problem'],
  [{ a: 1 }, { types: ['string'] }, 'problem'],
  ['2015-01-05', { types: ['string'], format: 'date-time' }, '2015-01-05T00:00:00Z'],
  ['2015-01-05T23:30:00-02:00', { types: ['string'], format: 'date' }, '2015-01-06'],
  ['soon', { types: ['string'], format: 'date' }, 'soon'],
  [1, {}, 1],
];
for (const [value, form, expected] of lossless) {
  test(`${JSON.stringify(value)} as ${JSON.stringify(form)}`, () => {
    const converted = convert(value, form);
    assert.deepEqual('problem' in converted ? 'problem' : converted.value, expected);
  });
}
