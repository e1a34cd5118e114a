import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf } from '../../src/model/fields.ts';
import { object, ref } from './describe.ts';

const text = { type: 'string' };

const Node = object({
  name: text,
  parent: ref('Node'),
  children: { type: 'array', items: ref('Node') },
});

const schema = object(
  {
    id: { type: 'integer' },
    title: { type: 'string', maxLength: 200 },
    description: text,
    born: { type: 'string', format: 'date' },
    at: { type: ['string', 'null'], format: 'date-time' },
    email: { type: 'string', format: 'email' },
    state: { enum: ['a', 'b'] },
    price: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    ok: { type: 'boolean' },
    tags: { type: 'array', items: text },
    address: object({ city: text }),
    lines: { type: 'array', items: object({ sku: text, count: { type: 'integer' } }) },
    photo: { type: 'string', format: 'binary' },
    free: {},
    'a.b': text,
    password: { type: 'string', writeOnly: true },
    'pass.word': { type: 'string', writeOnly: true },
    pin: text,
    login: { type: 'string', _db_settings: { type: 'string', unique: true } },
    key: { type: 'integer', _db_settings: { type: 'integer', primary_key: true } },
    day: { type: ['string', 'null'], _db_settings: { type: 'date' } },
    groups: { type: 'array', _db_settings: { type: 'list', item_type: 'string' } },
    settings: { type: 'object', _db_settings: { type: 'dict' } },
    amount: { _db_settings: { type: 'decimal' } },
    code: { type: 'string', 'x-cartouche': { unique: true, text: false } },
    old: { type: 'string', 'x-unique': true },
    tree: ref('Node'),
  },
  { _hidden_fields: ['pin'] },
);

test('fields: types, arrays, nesting, what is unique, indexed and searched', () => {
  const { fields, secrets, cut } = fieldsOf(schema, { Node });
  const shown = fields.map(({ path, type, array, unique, indexed, text: searched }) =>
    [path, type + (array ? '[]' : ''), unique && 'unique', indexed && 'indexed', searched && 'text']
      .filter(Boolean)
      .join(' '),
  );
  assert.deepEqual(shown, [
    'id integer indexed',
    'title string indexed text',
    'description string text',
    'born date indexed',
    'at datetime indexed',
    'email string indexed',
    'state string indexed',
    'price number indexed',
    'ok boolean indexed',
    'tags string[] text',
    'address.city string indexed text',
    'lines.sku string[] text',
    'lines.count integer[]',
    'a\\.b string indexed text',
    'login string unique indexed text',
    'key integer unique indexed',
    'day date indexed',
    'groups string[] text',
    'amount number indexed',
    'code string unique indexed',
    'old string unique indexed text',
    'tree.name string indexed text',
  ]);
  assert.deepEqual(secrets, ['pin', 'password', 'pass\\.word']);
  assert.equal(cut, false);
});

test('schemas that nest each other end', () => {
  const wide = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, ref(`T${index % 3}`)]));
  const $defs = { T0: object(wide), T1: object({ ...wide, x: text }), T2: object({ ...wide, y: text }) };
  const { fields, cut } = fieldsOf(ref('T0'), $defs);
  assert.ok(fields.length <= 500 && (cut || fields.length > 0));
});
