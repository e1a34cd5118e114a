import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../../src/model/build.ts';
import type { JsonSchema } from '../../../src/model/description.ts';
import { loadValidator, type Validator } from '../../../src/runtime/validation/validator.ts';
import { describe as description, object, ref } from '../../model/describe.ts';

const secret = { type: 'string', writeOnly: true };
const stamp = { type: 'string', readOnly: true };
const Account = object({ name: { type: 'string' }, secret, stamp }, { required: ['name', 'secret', 'stamp'] });
const $defs: Readonly<Record<string, JsonSchema>> = {
  Account,
  Wide: { allOf: [ref('Account'), { required: ['secret', 'stamp'] }] },
  Old: { id: 'http://example.com/old', type: 'object', properties: { id: { id: 'x', type: 'integer' } } },
  Inherited: object(
    Object.fromEntries([
      ['__proto__', { type: 'string' }],
      ['constructor', { type: 'string', default: 'x' }],
      ['toString', { type: 'integer' }],
    ]),
    { required: ['__proto__', 'valueOf'], additionalProperties: false },
  ),
  Strange: object({ code: { type: 'string', pattern: '(' } }),
};
const list = { type: 'array', items: ref('Account') };

/** `side schema value`, and the pointers of all violations. */
const cases: Readonly<Record<string, readonly [keyof Validator, JsonSchema, unknown, readonly string[]]>> = {
  'an answer need not have what is writeOnly': ['response', ref('Account'), { name: 'a', stamp: 's' }, []],
  'but what is readOnly': ['response', ref('Account'), { name: 'a', secret: 's' }, ['/stamp']],
  'however deep': ['response', list, [{ stamp: 's' }], ['/0/name']],
  'and behind allOf': ['response', ref('Wide'), { name: 'a', stamp: 's' }, []],
  'a request need not have what is readOnly': ['request', ref('Account'), { name: 'a', secret: 's' }, []],
  'but what is writeOnly': ['request', ref('Wide'), { name: 'a' }, ['/secret']],
  'an "id" of draft 4 is no keyword': ['request', ref('Old'), { id: 'a' }, ['/id']],
  'a $ref within an enum is a value': [
    'request',
    { enum: [{ $ref: '#/$defs/Account' }] },
    { $ref: '#/$defs/Account' },
    [],
  ],
  'a property may be called "default"': [
    'request',
    object({ default: ref('Account') }),
    { default: {} },
    ['/default/name', '/default/secret'],
  ],
  'what every object inherits was not sent': ['request', ref('Inherited'), {}, ['/__proto__', '/valueOf']],
  'a property may be called __proto__ or constructor': [
    'request',
    ref('Inherited'),
    JSON.parse('{"__proto__":1,"constructor":1,"toString":"","valueOf":1}'),
    ['/valueOf', '/__proto__', '/constructor', '/toString'],
  ],
  'in an answer, too': ['response', list, [JSON.parse('{"name":"a","stamp":"s","__proto__":{}}')], []],
  'a pattern that nobody understands asks for nothing': ['request', ref('Strange'), { code: 'a' }, []],
};

describe('what is valid on which side', () => {
  for (const [title, [side, schema, value, pointers]] of Object.entries(cases)) {
    it(title, async () => {
      const validator = await loadValidator(buildModel(description({}, $defs)));
      const violations = side === 'request' ? validator.request(schema)(value) : validator.response(schema)(value);
      assert.deepEqual(
        violations.map(({ pointer }) => pointer),
        pointers,
      );
    });
  }
});
