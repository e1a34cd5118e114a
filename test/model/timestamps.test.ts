/** Which properties the server fills with the time, and which required ones nobody fills. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe as description, listOf, object, ref } from './describe.ts';

const moment = { type: 'string', format: 'date-time' };
const readOnly = { ...moment, readOnly: true };
const ramses = (settings: object) => ({
  type: 'string',
  format: 'date-time',
  _db_settings: { type: 'datetime', ...settings },
});

interface Case {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** What a create request takes, beside `name`; absent: the document. */
  readonly created?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly filled: readonly string[];
  readonly unfilled?: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'readOnly and called so': {
    properties: {
      createdAt: readOnly,
      updated_at: readOnly,
      lastModified: readOnly,
      creationDate: { ...readOnly, format: 'date' },
    },
    filled: [
      'createdAt created date-time',
      'updated_at updated date-time',
      'lastModified updated date-time',
      'creationDate created date',
    ],
  },
  'answers have it, and create requests do not': {
    properties: { created: moment },
    created: {},
    filled: ['created created date-time'],
  },
  'create requests have it': { properties: { created: moment }, created: { created: moment }, filled: [] },
  'one schema for both': { properties: { created: moment }, filled: [] },
  'no date': { properties: { created: { type: 'boolean', readOnly: true } }, filled: [] },
  'another name': {
    properties: { publishedAt: readOnly },
    required: ['publishedAt'],
    filled: [],
    unfilled: ['publishedAt'],
  },
  'nobody fills what only the server could': {
    properties: { checksum: { type: 'string', readOnly: true }, state: { const: 'new', readOnly: true } },
    required: ['checksum', 'state'],
    filled: [],
    unfilled: ['checksum'],
  },
  'the clocks that Ramses calls': {
    properties: {
      start: ramses({ default: '{{datetime.datetime.utcnow}}' }),
      touched: ramses({ onupdate: '{{datetime_now}}' }),
      other: ramses({ default: '{{my.function}}' }),
    },
    filled: ['start created date-time', 'touched updated date-time'],
  },
  'the author’s word': {
    properties: {
      createdAt: { ...readOnly, 'x-cartouche': { timestamp: 'none' } },
      at: { type: 'string', 'x-cartouche': { timestamp: 'updated' } },
    },
    filled: ['at updated date-time'],
  },
};

describe('timestamps', () => {
  for (const [title, { properties, created, required = [], filled, unfilled = [] }] of Object.entries(cases)) {
    test(title, () => {
      const Thing = object({ id: { type: 'integer' }, name: { type: 'string' }, ...properties }, { required });
      const body = created === undefined ? ref('Thing') : object({ name: { type: 'string' }, ...created });
      const paths = {
        '/things': { get: { answers: { 200: listOf('Thing') } }, post: { body, answers: { 201: ref('Thing') } } },
        '/things/{id}': { get: { answers: { 200: ref('Thing') } } },
      };
      const model = buildModel(description(paths, { Thing }));
      const found = model.resources[0]?.timestamps ?? [];
      assert.deepEqual(
        found.map(({ property, moment, format }) => `${property} ${moment} ${format}`),
        filled,
      );
      const told = model.inferences.map(({ conclusion }) => conclusion);
      assert.deepEqual(
        told.filter((conclusion) => conclusion.startsWith('nobody fills')),
        unfilled.map((name) => `nobody fills "${name}"`),
      );
      for (const { property } of found)
        assert.ok(told.some((text) => text.startsWith(`the server fills "${property}"`)));
    });
  }
});
