/**
 * The served document and the behaviour agree: each description is served, and driven by its `/openapi.json` alone.
 * CARTOUCHE_SEED repeats a run.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { validate } from '@readme/openapi-parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import { readSpec } from '../../src/spec/read.ts';
import { corporaFolder, withoutCorpora } from '../corpora/folder.ts';
import { serve, type TestServer } from '../runtime/http.ts';
import { type Answer, DocumentClient, type Operation, type Request } from './own-document.ts';

const root = resolve(import.meta.dirname, '../..');
const openapi = `${corporaFolder}openapi/OAI+learn.openapis.org/examples/`;
const ramlExamples = `${corporaFolder}real/raml-org+raml-examples/`;
const seed = Number(process.env.CARTOUCHE_SEED ?? Date.now() % 1_000_000);

/** Descriptions, and where they contradict themselves: what is served then is what they say. */
const files: Readonly<Record<string, RegExp | undefined>> = {
  [`${root}/specs/bookstore.raml`]: /[?&]sort=-price.*sort is refused/,
  [`${root}/specs/bookstore.openapi.yaml`]: /[?&]sort=-price.*sort is refused/,
  [`${corporaFolder}real/ramses-tech+ramses-example/example.raml`]: undefined,
  [`${openapi}v3.0/petstore-expanded.yaml`]: undefined,
  [`${openapi}v3.0/link-example.yaml`]: undefined,
  [`${openapi}v3.0/uspto.yaml`]: undefined,
  [`${openapi}v3.0/api-with-examples.yaml`]: undefined,
  [`${openapi}v3.0/callback-example.yaml`]: undefined,
  [`${openapi}v3.1/tictactoe.yaml`]: undefined,
  [`${openapi}v3.1/non-oauth-scopes.yaml`]: undefined,
  [`${corporaFolder}openapi/Redocly+museum-openapi-example/openapi.yaml`]: undefined,
  [`${ramlExamples}others/tutorial-jukebox-api/jukebox-api.raml`]: /[?&]orderBy=.*orderBy is refused/,
  // The bodies called `New…` have less than the answers require, and are answered as they were stored.
  [`${ramlExamples}others/banking-api/api.raml`]: /[?&]sort=.*sort is refused|must have required property/,
  [`${corporaFolder}real/raml-apis+Uber/api.raml`]: /surge_multiplier must be object|total_owed must be object/,
};

for (const [file, contradiction] of Object.entries(files)) {
  const isMissing = file.startsWith(corporaFolder) && withoutCorpora;
  describe(`${file.replace(corporaFolder, '').replace(`${root}/`, '')}, seed ${seed}`, { skip: isMissing }, () => {
    const others = (problems: readonly string[]) => problems.filter((problem) => !contradiction?.test(problem));
    let server: TestServer;
    let client: DocumentClient;
    let document: object;
    before(async () => {
      const { model } = await readSpec(file, { cache: false });
      assert.ok(model);
      // Where examples or bodies contradict the schemas of answers, they are sent all the same.
      const checkResponses = /Uber|banking/.test(file) ? 'off' : 'strict';
      server = await serve(model, { checkResponses });
      document = JSON.parse((await server.call('GET /openapi.json')).text);
      client = new DocumentClient(`http://127.0.0.1:${server.port}`, { ...document });
    });
    after(() => server.close());

    it('has a document that two validators accept', async () => {
      const verdict = await new Validator().validate(structuredClone({ ...document }));
      assert.ok(verdict.valid, JSON.stringify(verdict.errors));
      const second = await validate(structuredClone(document) as never);
      assert.ok(second.valid, JSON.stringify(second));
    });

    it('answers valid requests as the document says', async () => {
      assert.deepEqual(others(await lifeOf(client, (method) => method !== 'delete')), []);
    });

    it('takes every parameter of the document', async () => {
      const problems: string[] = [];
      let next = seed + 1000;
      for (const operation of client.operations) {
        if (operation.method === 'delete') continue;
        for (const parameter of optionalOf(operation)) {
          const request = withCompanion(client.request(operation, { seed: next++, parameter }), parameter);
          const answer = await client.send(request);
          const found = changesAnswer(parameter) ? [] : client.differences(operation, answer);
          problems.push(...told(request, answer, found));
          if (!isExpected(client, operation, answer))
            problems.push(...told(request, answer, [`${parameter.name} is refused`]));
        }
      }
      assert.deepEqual(others(problems), []);
    });

    it('refuses methods that the document does not have', async () => {
      const problems: string[] = [];
      for (const path of new Set(client.operations.map((operation) => operation.path))) {
        const here = client.operations.filter((operation) => operation.path === path);
        const [first] = here;
        for (const method of ['get', 'put', 'post', 'delete', 'patch', 'trace']) {
          if (!first || here.some((operation) => operation.method === method)) continue;
          const request = { ...client.request(first, { seed }), method: method.toUpperCase(), body: undefined };
          const answer = await client.send({ ...request, headers: {} });
          if (answer.status !== 405 || answer.headers.allow === undefined)
            problems.push(...told(request, answer, ['is no 405']));
        }
      }
      assert.deepEqual(others(problems), []);
    });

    it('refuses bodies that break the document, as the document says', async () => {
      const problems: string[] = [];
      for (const operation of client.operations) {
        for (const { how, name, body } of client.brokenBodies(operation, seed)) {
          const request = {
            ...client.request(operation, { seed, mediaType: 'application/json' }),
            body: JSON.stringify(body),
          };
          const answer = await client.send(request);
          problems.push(
            ...told(
              request,
              answer,
              client.differences(operation, answer).map((text) => `${how}: ${text}`),
            ),
          );
          const isMended = answer.status < 300 && differs(JSON.parse(answer.text), body, name);
          if (!isMended && (answer.status < 400 || answer.status >= 500)) {
            problems.push(...told(request, answer, [`${how} is no 4xx`]));
          }
        }
      }
      assert.deepEqual(others(problems), []);
    });

    it('refuses what nobody declared', async () => {
      const problems: string[] = [];
      for (const operation of client.operations) {
        // OPTIONS asks about the path, whatever the query.
        if (operation.method === 'options' || operation.method === 'delete') continue;
        const request = client.request(operation, { seed });
        const withQuery = { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}nobody=1` };
        const answer = await client.send(withQuery);
        problems.push(...told(withQuery, answer, client.differences(operation, answer)));
        if (answer.status < 400 || answer.status >= 500) problems.push(...told(withQuery, answer, ['is no 4xx']));
        if (request.body === undefined) continue;
        const other = { ...request, headers: { ...request.headers, 'content-type': 'application/x-nobody' } };
        const refusal = await client.send(other);
        problems.push(...told(other, refusal, client.differences(operation, refusal)));
        if (refusal.status !== 415) problems.push(...told(other, refusal, ['is no 415']));
      }
      assert.deepEqual(others(problems), []);
    });

    it('deletes as the document says', async () => {
      assert.deepEqual(others(await lifeOf(client, (method) => method === 'delete')), []);
    });
  });
}

/** Parents first, readers after writers, what removes at the end. */
function inOrderOfLife(operations: readonly Operation[]): readonly Operation[] {
  const order = ['post', 'put', 'get', 'head', 'options', 'trace', 'patch'];
  const depth = ({ path }: Operation) => path.split('/').length;
  const stays = operations.filter(({ method }) => method !== 'delete');
  const goes = operations.filter(({ method }) => method === 'delete');
  return [
    ...[...stays].sort((a, b) => depth(a) - depth(b) || order.indexOf(a.method) - order.indexOf(b.method)),
    ...[...goes].sort((a, b) => depth(b) - depth(a)),
  ];
}

async function lifeOf(client: DocumentClient, isMeant: (method: string) => boolean): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, operation] of inOrderOfLife(client.operations.filter(({ method }) => isMeant(method))).entries()) {
    const types = client.mediaTypes(operation);
    for (const mediaType of types.length > 0 ? types : [undefined]) {
      const first = client.request(operation, { seed: seed + index, mediaType });
      const { request, answer } = await sendCorrected(client, first);
      if (answer.status < 300 && operation.method !== 'delete') client.learn(operation, request, answer);
      problems.push(...told(request, answer, client.differences(operation, answer)));
      if (!isExpected(client, operation, answer)) problems.push(...told(request, answer, ['is no success']));
    }
  }
  return problems;
}

/** A body may name another parent than the path; the problem says which properties to leave out. */
async function sendCorrected(client: DocumentClient, request: Request): Promise<{ request: Request; answer: Answer }> {
  const answer = await client.send(request);
  const problem: unknown = answer.status === 400 ? JSON.parse(answer.text) : undefined;
  if (!isObject(problem) || problem.code !== 'id-mismatch' || request.body === undefined) return { request, answer };
  const body: unknown = JSON.parse(request.body);
  const errors = Array.isArray(problem.errors) ? problem.errors : [];
  if (!isObject(body)) return { request, answer };
  const named = new Set(errors.map((error: unknown) => (isObject(error) ? String(error.pointer).slice(1) : '')));
  const corrected = {
    ...request,
    body: JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => !named.has(name)))),
  };
  return { request: corrected, answer: await client.send(corrected) };
}

/** What the path says wins: an id that is null, say, becomes that of the path. */
function differs(answer: unknown, sent: unknown, name: string): boolean {
  return isObject(answer) && isObject(sent) && JSON.stringify(answer[name]) !== JSON.stringify(sent[name]);
}

function optionalOf({ parameters }: Operation) {
  return parameters.filter(({ in: place, required }) => place !== 'path' && required !== true);
}

/** "Needs a search", its description says. */
function withCompanion(request: Request, { name }: Readonly<Record<string, unknown>>): Request {
  return name === '_search_fields' && !request.path.includes('query=')
    ? { ...request, path: `${request.path}&q=a` }
    : request;
}

/** Their descriptions say that the answer has another form. */
function changesAnswer({ name }: Readonly<Record<string, unknown>>): boolean {
  return name === '_count' || name === '_fields' || name === '_highlight';
}

/** What nobody could create is not there, and the document says what is answered then. */
function isExpected(client: DocumentClient, operation: Operation, { status }: Answer): boolean {
  return status < 300 || (status === 404 && !client.knows(operation));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function told({ method, path, body }: Request, answer: Answer, problems: readonly string[]): readonly string[] {
  return problems.map(
    (problem) =>
      `${method} ${path} ${(body ?? '').slice(0, 150)} → ${answer.status} ${answer.text.slice(0, 250)}: ${problem}`,
  );
}
