/**
 * Nothing that a list can be asked tells anything of what is `writeOnly`: two servers whose documents differ in nothing
 * but their secrets answer every question alike, byte for byte.
 *
 * The same questions, asked where nothing is secret, are told apart: so they would find a leak.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { buildModel } from '../../src/model/build.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { describe as description, listOf, object, ref } from '../model/describe.ts';
import { type Reply, serve, type TestServer } from './http.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

function modelWhere(secret: { readonly writeOnly?: true }): ApiModel {
  const account = { word: { type: 'string' }, since: { type: 'string', format: 'date' } } as const;
  const $defs = {
    User: object({
      id: { type: 'integer' },
      name: { type: 'string' },
      age: { type: 'integer' },
      pin: { type: 'integer', ...secret },
      hint: { type: 'string', ...secret },
      'a.b': { type: 'integer', ...secret },
      codes: { type: 'array', items: { type: 'integer' }, ...secret },
      account: { type: 'object', properties: account, ...secret },
      home: object({ town: { type: 'string' }, key: { type: 'integer', ...secret } }),
    }),
  };
  const query = {
    min_pin: { type: 'integer' },
    pin: { type: 'integer' },
    hint: { type: 'string' },
    sort: { type: 'string' },
    fields: { type: 'string' },
  } as const;
  return buildModel(
    description(
      {
        '/users': { get: { answers: { 200: listOf('User') } }, post: { body: ref('User'), answers: { 201: null } } },
        // Declares filters by what is secret.
        '/people': {
          get: { query, answers: { 200: listOf('User') } },
          post: { body: ref('User'), answers: { 201: null } },
        },
      },
      $defs,
    ),
  );
}

/** Documents that differ in their secrets only; the second set has others, in the opposite order. */
function users(side: 0 | 1): readonly object[] {
  return [0, 1, 2].map((at) => {
    const secret = side === 0 ? at : 3 - at;
    return {
      id: at + 1,
      name: `n${at}`,
      age: 30,
      pin: 3 + secret,
      hint: `h${Math.min(secret, 2)}`,
      'a.b': 3 + secret,
      codes: secret === 0 ? [] : [3 + secret, secret],
      ...(secret !== 1 && { account: { word: `w${secret}`, since: `201${secret}-01-01` } }),
      home: { town: 't', key: 3 + secret },
    };
  });
}

const paths = ['pin', 'hint', 'a\\.b', 'a.b', 'codes', 'account.word', 'account.since', 'account', 'home.key'];
/** Spelled as nobody should. */
const spellings = [
  ...paths,
  'Pin',
  'account\\.word',
  'codes.0',
  'codes[0]',
  'pin ',
  '_source.pin',
  'home.key.x',
  'hint.keyword',
];
const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'nin',
  'between',
  'exists',
  'prefix',
  'contains',
  'iprefix',
  'icontains',
];
const values = ['4', '3,4', 'true', 'h1', '2011-01-01', '', '4,9', 'false', 'h', '>4', '[4 TO *]'];

/** (name, value, operator) to a query string; `name` and `value` are not encoded yet. */
type Way = (name: string, value: string, operator: string) => string;

const plain = encodeURIComponent;
const ways: Readonly<Record<string, Way>> = {
  'a filter': (name, value, operator) => `${plain(name)}__${operator}=${plain(value)}`,
  'a filter in brackets': (name, value, operator) => `${plain(name)}[${operator}]=${plain(value)}`,
  'a plain filter': (name, value) => `${plain(name)}=${plain(value)}`,
  'a filter object': (name, value) => `filter[${plain(name)}]=${plain(value)}`,
  'a repeated filter': (name, value) => `${plain(name)}=${plain(value)}&${plain(name)}=5`,
  alternatives: (name, value, operator) => `_or=${plain(`${plain(name)}__${operator}=${plain(value)}&age=31`)}`,
  'a negated group': (name, value, operator) => `_not=${plain(`${plain(name)}__${operator}=${plain(value)}`)}`,
  'groups in groups': (name, value) => `_and=${plain(`_not=${plain(`${plain(name)}=${plain(value)}`)}`)}`,
  'a count': (name, value) => `_count&${plain(name)}=${plain(value)}`,
  sort: (name) => `_sort=${plain(name)}`,
  'sort, descending, and a cursor': (name) => `_sort=${plain(`-${name},age`)}&_limit=1&_cursor=`,
  fields: (name) => `_fields=${plain(name)}`,
  'two fields': (name) => `_fields=${plain(`name,${name}`)}`,
  search: (_, value) => `q=${plain(value)}`,
  'search in a field': (name, value) => `q=${plain(`${name}:${value}`)}`,
  'search for a beginning': (name, value) => `q=${plain(`${name}:${value}*`)}`,
  'search for a range': (name, value) => `q=${plain(`${name}:[${value} TO *]`)}`,
  'search for more': (name, value) => `q=${plain(`${name}:>=${value}`)}`,
  'search for existence': (name) => `q=${plain(`_exists_:${name}`)}`,
  'search for none of it': (name, value) => `q=${plain(`NOT ${name}:(${value} OR 5)`)}`,
  'fields to search': (name, value) => `q=${plain(value)}&_search_fields=${plain(name)}`,
  'fields to search, weighted': (name, value) =>
    `q=${plain(`n0 OR ${value}`)}&_search_fields=${plain(`${name}^3,name`)}`,
  highlights: (name, value) => `q=${plain(value)}&_highlight=${plain(name)}`,
  terms: (name) => `_aggs.x.terms.field=${plain(name)}`,
  'a metric': (name) => `_aggs.x.max.field=${plain(name)}`,
  'how many different': (name) => `_aggs.x.cardinality.field=${plain(name)}`,
  histogram: (name) => `_aggs.x.histogram.field=${plain(name)}&_aggs.x.histogram.interval=1`,
  'date histogram': (name) => `_aggs.x.date_histogram.field=${plain(name)}&_aggs.x.date_histogram.interval=year`,
  ranges: (name) => `_aggs.x.range.field=${plain(name)}&_aggs.x.range.ranges=*..4,4..*`,
  'terms within': (name) => `_aggs.x.terms.field=name&_aggs.x.aggs.y.min.field=${plain(name)}`,
};
const declaredWays: Readonly<Record<string, Way>> = {
  'a declared minimum': (_, value) => `min_pin=${plain(value)}`,
  'a declared filter': (_, value) => `pin=${plain(value)}`,
  'a declared text': (_, value) => `hint=${plain(value)}`,
  'a declared sort': (name) => `sort=${plain(name)}`,
  'declared fields': (name) => `fields=${plain(name)}`,
};

async function two(secret: { readonly writeOnly?: true }): Promise<readonly TestServer[]> {
  const model = modelWhere(secret);
  return Promise.all(
    ([0, 1] as const).map(async (side) => {
      const server = await serve(model, { store: await openSqliteStore(':memory:', model) });
      for (const path of ['/users', '/people']) {
        for (const user of users(side)) {
          const { status, text } = await server.call(`POST ${path}`, user);
          assert.equal(status, 201, text);
        }
      }
      return server;
    }),
  );
}

/** What a client sees, but for the time, the number of the request, and cursors, which each server signs in its way. */
function seen({ status, headers, text }: Reply): object {
  const { date: _, etag: __, 'x-request-id': ___, 'last-modified': ____, ...rest } = headers;
  const link = rest.link === undefined ? undefined : String(rest.link).replace(/_cursor=[^&>]+/g, '_cursor=…');
  return { status, rest: { ...rest, link }, text: text.replace(/"instance":"#[^"]*"/, '') };
}

async function areTold(servers: readonly TestServer[], line: string): Promise<boolean> {
  const answers = await Promise.all(
    servers.map((server) => server.call(line, undefined, { Prefer: 'count=exact' }).then(seen)),
  );
  return JSON.stringify(answers[0]) !== JSON.stringify(answers[1]);
}

describe(`what is writeOnly, seed ${seed}`, () => {
  let secret: readonly TestServer[] = [];
  let open: readonly TestServer[] = [];
  before(async () => {
    [secret, open] = await Promise.all([two({ writeOnly: true }), two({})]);
  });
  after(() => Promise.all([...secret, ...open].map((server) => server.close())));

  for (const [path, all] of [
    ['/users', ways],
    ['/people', declaredWays],
  ] as const) {
    for (const [name, way] of Object.entries(all)) {
      it(`${path}: ${name}`, async () => {
        const usesOperator = way('a', 'b', 'gt') !== way('a', 'b', 'lt');
        const usesValue = way('a', 'b', 'gt') !== way('a', 'c', 'gt');
        const lines = new Set<string>();
        for (const spelling of spellings)
          for (const operator of usesOperator ? operators : ['eq'])
            for (const value of usesOperator ? values.slice(0, 6) : usesValue ? values : ['4'])
              lines.add(`GET ${path}?${way(spelling, value, operator)}`);
        for (const line of lines) assert.equal(await areTold(secret, line), false, line);
      });
    }
  }

  it('several ways at once', async () => {
    const way = fc
      .tuple(fc.constantFrom(...Object.values(ways)), fc.constantFrom(...spellings, 'name'), fc.constantFrom(...values))
      .chain(([make, name, value]) => fc.constantFrom(...operators).map((operator) => make(name, value, operator)));
    const questions = fc.array(way, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(questions, async (asked) => {
        const line = `GET /users?${asked.join('&')}`;
        assert.equal(await areTold(secret, line), false, line);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('where nothing is secret, these questions tell', async () => {
    const silent: string[] = [];
    for (const [name, way] of Object.entries({ ...ways, ...declaredWays })) {
      let told = false;
      for (const path of ['pin', 'hint', 'account.since'])
        for (const value of ['4', 'h0'])
          told ||=
            (await areTold(open, `GET /people?${way(path, value, 'lte')}&_fields=name`)) ||
            (await areTold(open, `GET /people?${way(path, value, 'lte')}`));
      if (!told) silent.push(name);
    }
    // Not understood at all.
    assert.deepEqual(silent, ['a filter object']);
  });
});
