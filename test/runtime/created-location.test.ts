/** `Location` of what was created leads to it, or is not there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import { describe as description, listOf, object, ref } from '../model/describe.ts';
import { serve } from './http.ts';

const text = { type: 'string' };
const Note = object({ id: text, title: text }, { required: ['title'] });
const creating = { body: ref('Note'), answers: { 201: ref('Note') } };
const list = { answers: { 200: listOf('Note') } };

describe('what is created without a path of its own', () => {
  it('is found by a query on its collection', async (t) => {
    const server = await serve(buildModel(description({ '/notes': { get: list, post: creating } }, { Note })));
    t.after(() => server.close());
    await server.call('POST /notes', { title: 'other' });
    const { headers, json } = await server.call('POST /notes', { title: 'this' });
    const location = String(headers.location);
    assert.match(location, /^\/notes\?id=/);
    assert.match(String(headers.link), new RegExp(`<${location.replace('?', '\\?')}>; rel="item"`));
    assert.deepEqual((await server.call(`GET ${location}`)).json, [json]);
  });

  it('has no Location where nothing leads to it', async (t) => {
    const server = await serve(buildModel(description({ '/notes': { post: creating } }, { Note })));
    t.after(() => server.close());
    const { status, headers } = await server.call('POST /notes', { title: 'this' });
    assert.equal(status, 201);
    assert.equal(headers.location, undefined);
    assert.doesNotMatch(String(headers.link), /rel="item"/);
  });
});
