/** Names that mean something to JavaScript, SQL or a file system are names like any other: stored, found and changed. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { emptyFolder, serving } from '../commands/cli.ts';

const names = [
  '__proto__',
  'constructor',
  'toString',
  '../x',
  'a"b',
  "'; DROP TABLE x; --",
  'rid',
  'doc',
  '$defs',
  'a/b~c',
  'a.b',
  'back\\slash',
];

/** As JSON text, since an object literal would take `__proto__` for something else. */
function withAll(value: string): string {
  return `{${names.map((name) => `${JSON.stringify(name)}:${value}`).join()}}`;
}

function descriptionOf(type: string): string {
  const reference = { $ref: `#/components/schemas/${type}` };
  const answer = (status: number, schema: object) => ({
    [status]: { description: 'x', content: { 'application/json': { schema } } },
  });
  const body = { content: { 'application/json': { schema: reference } } };
  const collection = {
    get: {
      parameters: names.slice(0, 6).map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
      responses: answer(200, { type: 'array', items: reference }),
    },
    post: { requestBody: body, responses: answer(201, reference) },
  };
  const item = {
    parameters: [{ name: 'constructor', in: 'path', required: true, schema: { type: 'string' } }],
    get: { responses: answer(200, reference) },
    patch: { requestBody: body, responses: answer(200, reference) },
    delete: { responses: { 204: { description: 'x' } } },
  };
  const schema = `{"type":"object","additionalProperties":false,"properties":${withAll('{"type":"string"}')}}`;
  const document = {
    openapi: '3.1.0',
    info: { title: 'Names', version: '1' },
    paths: Object.fromEntries(
      [`/${type}`, '/a"b'].flatMap((path) => [
        [path, collection],
        [`${path}/{constructor}`, item],
      ]),
    ),
    components: { schemas: Object.fromEntries([[type, JSON.parse(schema)]]) },
  };
  return JSON.stringify(document);
}

for (const type of ['__proto__', 'constructor', 'Thing']) {
  test(`a type and a resource ${type} with properties ${names.join(' ')}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'api.json'), descriptionOf(type));
    const server = await serving(t, folder, ['api.json']);
    const call = async (path: string, method = 'GET', body?: string) => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(server.url + path, { method, ...(body !== undefined && { headers, body }) });
      return `${response.status} ${await response.text()}`;
    };
    for (const path of [`/${type}`, '/a%22b']) {
      assert.equal(await call(path, 'POST', withAll('"v"')), `201 ${withAll('"v"')}`);
      assert.equal(await call(path), `200 [${withAll('"v"')}]`);
      for (const name of names) {
        assert.equal(await call(`${path}?${encodeURIComponent(name)}=v`), `200 [${withAll('"v"')}]`, name);
        assert.equal(await call(`${path}?${encodeURIComponent(name)}=w`), '200 []', name);
        const only = JSON.stringify(Object.fromEntries([[name, 'v']]));
        assert.equal(
          await call(`${path}?_sort=-${encodeURIComponent(name)}&_limit=1`),
          `200 [${withAll('"v"')}]`,
          name,
        );
        if (!name.includes(','))
          assert.equal(await call(`${path}?_fields=${encodeURIComponent(name)}`), `200 [${only}]`);
      }
      assert.equal(
        await call(`${path}/v`, 'PATCH', '{"__proto__":"p","a\\"b":null}'),
        `200 ${withAll('"v"').replace('"__proto__":"v"', '"__proto__":"p"').replace('"a\\"b":"v",', '')}`,
      );
      assert.equal(await call(`${path}/v`, 'DELETE'), '204 ');
      assert.match(await call(`${path}/__proto__`), /^404 /);
    }
    assert.match(await call('/a%22b', 'POST', '{}'), /^201 \{"constructor":"[0-9a-f-]{36}"\}$/);
    assert.equal(await server.stop(), 0);
  });
}

test('a writeOnly property is hidden, whatever it is called', async (t) => {
  const folder = emptyFolder(t);
  const secrets = ['pass.word', 'x\\y', '.', ''];
  const properties = secrets.map((name) => `${JSON.stringify(name)}:{"type":"string","writeOnly":true}`).join();
  writeFileSync(
    join(folder, 'api.json'),
    descriptionOf('Thing').replace('"properties":{', `"properties":{${properties},`),
  );
  const server = await serving(t, folder, ['api.json']);
  const body = JSON.stringify(Object.fromEntries([...secrets, 'rid'].map((name) => [name, 'v'])));
  const created = await fetch(`${server.url}/Thing`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  assert.match(await created.text(), /^\{"constructor":"[0-9a-f-]{36}","rid":"v"\}$/);
  assert.match(await (await fetch(`${server.url}/Thing`)).text(), /^\[\{"constructor":"[0-9a-f-]{36}","rid":"v"\}\]$/);
  assert.equal((await fetch(`${server.url}/Thing?pass.word=v`)).status, 400);
});
