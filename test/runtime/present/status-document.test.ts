import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusDocument } from '../../../src/runtime/present/status-document.ts';

test('Ramses’ status object', () => {
  assert.equal(
    statusDocument({
      status: 200,
      message: 'Updated 3 Story(s) objects',
      requestUrl: 'http://localhost/stories?a="b"',
      now: new Date('2015-10-19T12:00:00.123Z'),
    }),
    '{"status_code":200,"explanation":"","message":"Updated 3 Story(s) objects","title":"OK","timestamp":"2015-10-19T12:00:00Z","request_url":"http://localhost/stories?a=\\"b\\""}',
  );
});
