/**
 * Requests that are broken or meant to hurt, sent to the real command on a real file: each is answered with its code,
 * the process stays up, and what was stored before is there afterwards. `test/runtime/hostile.test.ts` has many more.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { emptyFolder, serving } from '../commands/cli.ts';

const raml = `#%RAML 1.0
title: Notes
mediaType: application/json
types:
  Note: { additionalProperties: false, properties: { id: string, text?: string, stars?: number } }
/notes:
  get: { responses: { 200: { body: "Note[]" } } }
  post: { body: Note, responses: { 201: { body: Note } } }
  /{id}:
    get: { responses: { 200: { body: Note } } }
`;

const manyParameters = Array.from({ length: 10_000 }, (_, at) => `p${at}=${at}`).join('&');

/** A body or a query, and the answer. A request line and headers beyond 16 KiB are refused before anything else. */
const requests: readonly (readonly [name: string, path: string, body: string | Buffer | undefined, answer: string])[] =
  [
    ['a malformed body', '/notes', '{"text":', '400 malformed-body'],
    ['NaN', '/notes', '{"stars":NaN}', '400 malformed-body'],
    ['1e400', '/notes', '{"stars":1e400}', '400 malformed-body'],
    ['a lone surrogate', '/notes', '{"text":"\\ud800"}', '400 malformed-body'],
    ['a duplicate key', '/notes', '{"text":"a","text":"b"}', '400 malformed-body'],
    ['bytes that are no UTF-8', '/notes', Buffer.from('{"text":"\xff"}', 'latin1'), '400 malformed-body'],
    ['__proto__', '/notes', '{"__proto__":{"text":"x"}}', '400 invalid-body'],
    ['constructor', '/notes', '{"constructor":{"prototype":{"text":"x"}}}', '400 invalid-body'],
    ['50 MB', '/notes', Buffer.alloc(50 * 1024 ** 2, 0x20), '413 body-too-large'],
    ['10,000 query parameters', `/notes?${manyParameters}`, undefined, '431 headers-too-large'],
    ['1,000 query parameters', `/notes?${manyParameters.slice(0, 9_000)}`, undefined, '400 unknown-parameter'],
    ['an id that climbs', '/notes/..%2f..%2fetc%2fpasswd', undefined, '404 not-found'],
    ['an id of the prototype', '/notes/__proto__', undefined, '404 not-found'],
    ['half an escape', '/notes/%e0%a4%a', undefined, '400 malformed-path'],
  ];

describe('a hostile request', async () => {
  test('is answered with its code, and loses nothing', async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'api.raml'), raml);
    const server = await serving(t, folder, ['api.raml']);
    assert.match(await send(`${server.url}/notes`, '{"text":"kept"}'), /^201 /);
    for (const [name, path, body, answer] of requests) {
      await t.test(`${name}: ${answer}`, async () => {
        const received = await send(server.url + path, body);
        assert.equal(received.replace(/^(\d+) .*"code":"([^"]+)".*$/s, '$1 $2'), answer, received.slice(0, 500));
        assert.doesNotMatch(received, /node:|\.ts:|\bat .*\(|node_modules/);
        assert.match(await send(`${server.url}/notes`), /^200 \[\{"id":"[^"]+","text":"kept"\}\]$/);
      });
    }
    assert.equal(await server.stop(), 0);
    assert.equal(server.stderr(), '', 'nothing to tell the operator');
  });
});

/** `status body`. By `node:http`: `fetch` fails where an answer comes before the whole body has gone. */
function send(url: string, body?: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
      },
      agent: false,
    });
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    });
    // A server that has refused a body may close before all of it has gone; the answer is read all the same.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    sent.on('close', () => reject(new Error('closed without an answer')));
    sent.end(body);
  });
}
