import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileNegotiation, negotiate } from '../../../src/runtime/request/accept.ts';

const json = 'application/json';
const rows: readonly [accept: string | undefined, offered: readonly string[], chosen: string | undefined][] = [
  [undefined, [json], json],
  ['*/*', [json], json],
  ['application/json', [json], json],
  ['APPLICATION/JSON', [json], json],
  ['application/json; charset=utf-8', [json], json],
  ['application/*', [json], json],
  ['text/html', [json], undefined],
  ['text/html, application/xhtml+xml, */*;q=0.8', [json], json],
  ['application/json;q=0', [json], undefined],
  ['*/*, application/json;q=0', [json], undefined],
  ['application/hal+json', [json], undefined],
  ['application/hal+json;q=0.5, application/json', [json, 'application/hal+json'], json],
  ['application/hal+json, application/json;q=0.5', [json, 'application/hal+json'], 'application/hal+json'],
  ['*/*', ['text/plain', json], 'text/plain'],
  ['nonsense', [json], json],
  ['', [json], json],
];

describe('content negotiation', () => {
  for (const [accept, offered, chosen] of rows) {
    it(`Accept: ${accept ?? '(none)'} of ${offered.join(' and ')}`, () => {
      assert.equal(negotiate(accept, offered), chosen);
      const remembered = compileNegotiation(offered);
      assert.deepEqual([remembered(accept), remembered(accept)], [chosen, chosen]);
    });
  }
});
