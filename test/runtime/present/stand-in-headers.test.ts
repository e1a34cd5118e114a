import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonSchema } from '../../../src/model/description.ts';
import { standInHeaders } from '../../../src/runtime/present/stand-in-headers.ts';
import { at, header } from './pieces.ts';

const text = { type: 'string' };

/** A declared header and what is sent for it: `undefined`: nothing. */
const cases: readonly (readonly [
  declared: string,
  more: { readonly required?: boolean; readonly schema?: JsonSchema; readonly example?: unknown },
  sent: string | undefined,
])[] = [
  ['X-Rate-Limit', { example: 3 }, '3'],
  ['X-Rate-Limit', { required: true, schema: { const: 7 } }, '7'],
  ['X-Rate-Limit', { schema: { const: 7 } }, undefined],
  ['X-Names', { example: ['a', 'b'] }, 'a, b'],
  ['X-Name', { example: 'Ngũgĩ\r\nX-Other: 1' }, 'Ng%C5%A9g%C4%A9%0D%0AX-Other: 1'],
  ['Set-Cookie', { example: 'session=1' }, 'session=1'],
  ['Content-Disposition', { example: 'inline' }, 'inline'],
  // The message and the connection are the sender's.
  ['Transfer-Encoding', { required: true, example: 'chunked' }, undefined],
  ['Content-Length', { required: true, example: 3 }, undefined],
  ['Content-Encoding', { example: 'gzip' }, undefined],
  ['Content-Range', { example: 'bytes 0-1/2' }, undefined],
  ['Connection', { example: 'close' }, undefined],
  ['Trailer', { example: 'X' }, undefined],
  ['Upgrade', { example: 'h2c' }, undefined],
  // Two of them are as good as none to a browser.
  ['Access-Control-Allow-Origin', { required: true, example: '*' }, undefined],
  ['access-control-allow-origin', { example: 'https://example.com' }, undefined],
  // Nobody must keep what the next write may change.
  ['Cache-Control', { example: 'private, max-age=3600000' }, 'no-cache'],
  ['Cache-Control', { required: true, schema: { ...text, enum: ['no-store'] } }, 'no-store'],
  ['Expires', { example: 'Thu, 01 Dec 2094 16:00:00 GMT' }, 'Thu, 01 Jan 1970 00:00:00 GMT'],
];

describe('what is sent for a declared header', () => {
  for (const [name, { required = false, schema = text, example }, sent] of cases) {
    it(`${name} ${JSON.stringify({ required, schema, example })}`, () => {
      const declared = header(name, {
        required,
        schema,
        ...(example !== undefined && { examples: [{ name: 'default', value: example, strict: true, at }] }),
      });
      assert.deepEqual(standInHeaders([declared], {}), sent === undefined ? {} : { [name]: sent });
    });
  }
});
