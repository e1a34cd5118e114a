/** Events as API Gateway sends them (recorded from its documentation of both payload formats), against a real server. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lambdaHandler } from '../../src/host/lambda.ts';
import { createApp } from '../../src/runtime/app.ts';
import { type ApiServer, createServer } from '../../src/runtime/server.ts';
import { readSpec } from '../../src/spec/read.ts';
import type { Store } from '../../src/stores/contract.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';

const book = { isbn: '9780261103344', title: 'Ünter "Bäumen"', pages: 310, price: 12.5 };

describe('a function of AWS Lambda', () => {
  let store: Store;
  let server: ApiServer;
  let starts = 0;
  const handler = lambdaHandler(async () => {
    starts++;
    const { model } = await readSpec(fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url)));
    assert.ok(model);
    store = await openSqliteStore(':memory:', model);
    server = createServer(createApp(model, { store }));
    return server.http;
  });

  before(() => handler(format2('GET', '/healthz')));

  after(async () => {
    await server.close();
    await store.close();
  });

  it('starts its server once', async () => {
    await Promise.all([handler(format2('GET', '/healthz')), handler(format1('GET', '/healthz'))]);
    assert.equal(starts, 1);
  });

  it('creates, and reads what was created, in format 2.0', async () => {
    const body = { body: JSON.stringify(book), isBase64Encoded: false };
    const created = await handler(format2('POST', '/books', { ...body, headers: json }));
    assert.equal(created.statusCode, 201, created.body);
    assert.match(created.headers?.location ?? '', /\/books\/9780261103344$/);
    assert.equal(created.isBase64Encoded, false);
    const read = await handler(format2('GET', '/books/9780261103344'));
    assert.equal(JSON.parse(read.body).title, book.title);
  });

  it('takes a body in base64, and answers in values, in format 1.0', async () => {
    const other = { ...book, isbn: '9780261102385' };
    const body = { body: Buffer.from(JSON.stringify(other)).toString('base64'), isBase64Encoded: true };
    const created = await handler(
      format1('POST', '/books', { ...body, multiValueHeaders: { 'Content-Type': ['application/json'] } }),
    );
    assert.equal(created.statusCode, 201, created.body);
    assert.match(created.multiValueHeaders?.location?.[0] ?? '', /\/books\/9780261102385$/);
    assert.equal(created.headers, undefined);
  });

  it('hands on the query of both formats, encoded once', async () => {
    const title = 'Ünter "Bäumen"';
    const answers = await Promise.all([
      handler(format2('GET', '/books', { rawQueryString: `title=${encodeURIComponent(title)}&_limit=1` })),
      handler(format1('GET', '/books', { multiValueQueryStringParameters: { title: [title], _limit: ['1'] } })),
      handler(format1('GET', '/books', { queryStringParameters: { title, _limit: '1' } })),
    ]);
    for (const { statusCode, body } of answers) {
      assert.equal(statusCode, 200, body);
      assert.ok(body.includes(JSON.stringify(title)), body);
      assert.equal(body.match(/"isbn"/g)?.length, 1, body);
    }
  });

  it('leaves a stage out of the path', async () => {
    const answer = await handler(format2('GET', '/prod/healthz', {}, 'prod'));
    assert.equal(answer.statusCode, 200);
    assert.equal((await handler(format2('GET', '/prod', {}, 'prod'))).statusCode, 200);
  });

  it('answers conditions by their headers', async () => {
    const { headers } = await handler(format2('GET', '/books/9780261103344'));
    const again = await handler(
      format2('GET', '/books/9780261103344', { headers: { 'if-none-match': headers?.etag } }),
    );
    assert.deepEqual([again.statusCode, again.body], [304, '']);
  });

  it('hands a problem on', async () => {
    const answer = await handler(format2('POST', '/books', { headers: json, body: '{' }));
    assert.equal(answer.statusCode, 400);
    assert.match(answer.headers?.['content-type'] ?? '', /problem\+json/);
  });

  it('lets no path end the request line', async () => {
    const answer = await handler(format1('GET', '/books/x HTTP/1.1\r\nX-Injected: 1\r\n\r\n'));
    assert.equal(answer.statusCode, 404);
  });

  for (const event of [undefined, null, 'text', {}, { version: '2.0' }, { Records: [{ eventSource: 'aws:sqs' }] }]) {
    it(`is no request: ${JSON.stringify(event)}`, async () => {
      await assert.rejects(handler(event), /no request of API Gateway/);
    });
  }

  it('tries again where a start has failed', async () => {
    let attempts = 0;
    const failing = lambdaHandler(() => {
      attempts++;
      return Promise.reject(new Error('no database'));
    });
    await assert.rejects(failing(format2('GET', '/')), /no database/);
    await assert.rejects(failing(format2('GET', '/')), /no database/);
    assert.equal(attempts, 2);
  });
});

const json = { 'content-type': 'application/json' };

function format2(method: string, path: string, more: object = {}, stage = '$default'): object {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    cookies: ['a=1', 'b=2'],
    headers: {
      host: 'abc.execute-api.eu-central-1.amazonaws.com',
      'x-forwarded-proto': 'https',
      'content-length': '7',
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc',
      domainName: 'abc.execute-api.eu-central-1.amazonaws.com',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl/8.5.0' },
      requestId: 'JKJaXmPLvHcESHA=',
      stage,
      timeEpoch: 1428582896000,
    },
    isBase64Encoded: false,
    ...more,
  };
}

function format1(method: string, path: string, more: object = {}): object {
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: { Host: 'abc.execute-api.eu-central-1.amazonaws.com' },
    multiValueHeaders: { Host: ['abc.execute-api.eu-central-1.amazonaws.com'], Connection: ['close'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: { resourcePath: '/{proxy+}', httpMethod: method, path: `/prod${path}`, stage: 'prod' },
    body: null,
    isBase64Encoded: false,
    ...more,
  };
}
