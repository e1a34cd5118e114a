import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { JsonSchema } from '../../src/model/description.ts';
import { describe, object, ref } from './describe.ts';
import { showResource } from './show.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };

interface Case {
  readonly thing: JsonSchema;
  readonly created?: JsonSchema;
  readonly parameter?: readonly [string, JsonSchema];
  readonly id: string;
}

/** A schema, the item's parameter, and the id that follows. */
const cases: Readonly<Record<string, Case>> = {
  'an integer id is counted': {
    thing: object({ id: integer }),
    created: object({ name: text }),
    id: 'id:integer sequence',
  },
  'a string id is a UUID': { thing: object({ id: text }), created: object({ name: text }), id: 'id:string uuid' },
  'the create body offers it': { thing: object({ id: text }), id: 'id:string uuid|client' },
  'read-only is the server’s': { thing: object({ id: { ...text, readOnly: true } }), id: 'id:string uuid' },
  'the parameter’s name': {
    thing: object({ id: integer, isbn: text }),
    created: object({ other: text }),
    parameter: ['isbn', text],
    id: 'isbn:string uuid',
  },
  'the parameter’s name in another spelling': {
    thing: object({ thing_id: integer }),
    created: object({ other: text }),
    parameter: ['thingId', integer],
    id: 'thing_id:integer sequence',
  },
  'thingId is id': {
    thing: object({ id: integer }),
    created: object({ other: text }),
    parameter: ['thingId', integer],
    id: 'id:integer sequence',
  },
  'thingName is name': {
    thing: object({ name: text }, { required: ['name'] }),
    parameter: ['thingName', text],
    id: 'name:string client',
  },
  'a pattern that no UUID fits': {
    thing: object({ isbn: { type: 'string', pattern: '^[0-9]{13}$' } }),
    parameter: ['isbn', text],
    id: 'isbn:string client',
  },
  'a pattern that a UUID fits': {
    thing: object({ id: { type: 'string', pattern: '^[0-9a-f-]+$' } }),
    created: object({ other: text }),
    id: 'id:string uuid',
  },
  'a pattern that could take for ever': {
    thing: object({ id: { type: 'string', pattern: '^([0-9a-f-]+)+!$' } }),
    id: 'id:string client',
  },
  'a broken pattern': { thing: object({ id: { type: 'string', pattern: '(' } }), id: 'id:string client' },
  'an enum': { thing: object({ id: { enum: ['a', 'b'] } }), id: 'id:string client' },
  'too short for a UUID': { thing: object({ id: { type: 'string', maxLength: 8 } }), id: 'id:string client' },
  'format uuid': {
    thing: object({ id: { type: 'string', format: 'uuid' } }),
    created: object({ other: text }),
    id: 'id:string uuid',
  },
  'another format': { thing: object({ id: { type: 'string', format: 'email' } }), id: 'id:string client' },
  'required and no technical name': {
    thing: object({ username: text }, { required: ['username'] }),
    parameter: ['username', text],
    id: 'username:string client',
  },
  _id: {
    thing: object({ _id: text }),
    created: object({ other: text }),
    parameter: ['x', text],
    id: '_id:string uuid',
  },
  'after the type': {
    thing: object({ thingId: text }),
    created: object({ other: text }),
    parameter: ['x', text],
    id: 'thingId:string uuid',
  },
  'none, in an open schema': { thing: object({ name: text }), id: 'id:string uuid|client' },
  'none, in an open schema, by the parameter’s name': {
    thing: object({ name: text }),
    parameter: ['code', text],
    id: 'code:string uuid|client',
  },
  'none, in a closed schema': { thing: object({ name: text }, { additionalProperties: false }), id: '-:string uuid' },
  'none, and the parameter is an integer': {
    thing: object({ name: text }, { additionalProperties: false }),
    parameter: ['n', integer],
    id: '-:integer sequence',
  },
  'by x-cartouche on the schema': {
    thing: object({ id: integer, code: text }, { 'x-cartouche': { id: 'code', generate: 'none' } }),
    id: 'code:string client',
  },
  'by x-cartouche on the property': {
    thing: object({ id: integer, code: { ...text, 'x-cartouche': { id: true } } }),
    created: object({ other: text }),
    id: 'code:string uuid',
  },
};

for (const [name, { thing, created, parameter: [parameter, schema] = ['id', text], id }] of Object.entries(cases)) {
  test(name, () => {
    const model = buildModel(
      describe(
        {
          '/things': { post: { body: created ?? ref('Thing'), answers: { 201: ref('Thing') } } },
          [`/things/{${parameter}}`]: { uri: { [parameter]: schema }, get: { answers: { 200: ref('Thing') } } },
        },
        { Thing: thing },
      ),
    );
    assert.deepEqual(model.resources.map(showResource), [`things Thing collection ${id}`]);
  });
}
