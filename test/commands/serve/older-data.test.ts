/** A database that was made from an older version of the description: nothing is dropped, and a broken promise is told. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cartouche, emptyFolder, serving } from '../cli.ts';

interface Change {
  readonly name: string;
  readonly after: string;
  /** What is said without the flag. Absent: it is opened as it is. */
  readonly refused?: RegExp;
}

function descriptionOf(id: string, code: string, more = ''): string {
  return `openapi: 3.1.0
info: { title: Notes, version: "1" }
components: { schemas: { Note: { type: object, properties: { id: { type: ${id} }, code: { ${code} } } } } }
paths:
  /notes:
    get: { responses: { "200": { description: x, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Note" } } } } } } }
    post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }, responses: { "201": { description: x } } }
  /notes/{id}:
    get: { parameters: [{ name: id, in: path, required: true, schema: { type: ${id} } }], responses: { "200": { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } } }
${more}`;
}

const tags = `  /tags:
    get: { responses: { "200": { description: x } } }
    post: { requestBody: { content: { application/json: {} } }, responses: { "201": { description: x } } }
  /tags/{tag}:
    get: { parameters: [{ name: tag, in: path, required: true, schema: { type: string } }], responses: { "200": { description: x } } }
`;
const before = descriptionOf('string', 'type: string', tags);

const changes: readonly Change[] = [
  { name: 'an added property', after: descriptionOf('string', 'type: string }, stars: { type: integer', tags) },
  { name: 'a resource that is gone', after: descriptionOf('string', 'type: string') },
  {
    name: 'a property of another type',
    after: descriptionOf('string', 'type: integer', tags),
    refused: /"code" of "notes" was of type string and is of type integer now.+ --accept-schema-changes/,
  },
  {
    name: 'a unique property, of which two are alike',
    after: descriptionOf('string', 'type: string, x-unique: true', tags),
    refused: /"code" of "notes" is unique now, but 2 stored documents .+ --accept-schema-changes/,
  },
];

for (const { name, after, refused } of changes) {
  test(`${name}${refused ? ' needs the flag' : ''}`, async (t) => {
    const folder = emptyFolder(t);
    const file = join(folder, 'api.yaml');
    const stored = await filled(folder, file, () => serving(t, folder, ['api.yaml']));
    writeFileSync(file, after);
    if (refused) assert.match(await refusal(folder), refused);
    const second = await serving(t, folder, ['api.yaml', ...(refused ? ['--accept-schema-changes'] : [])]);
    assert.equal(await (await fetch(`${second.url}/notes`)).text(), stored.notes);
    assert.equal(await second.stop(), 0);
    writeFileSync(file, before);
    const third = await serving(t, folder, ['api.yaml']);
    assert.equal(await (await fetch(`${third.url}/notes`)).text(), stored.notes);
    assert.equal(await (await fetch(`${third.url}/tags`)).text(), stored.tags, 'nothing was dropped');
  });
}

test('an id of another type is refused for good, and the file is left as it was', async (t) => {
  const folder = emptyFolder(t);
  const file = join(folder, 'api.yaml');
  const stored = await filled(folder, file, () => serving(t, folder, ['api.yaml']));
  writeFileSync(file, descriptionOf('integer', 'type: string', tags));
  const said = /The id of "notes" was .+ which 2 of 2 stored documents do not fit. Nothing was changed\./;
  assert.match(await refusal(folder), said);
  assert.match(await refusal(folder, '--accept-schema-changes'), said);
  writeFileSync(file, before);
  const again = await serving(t, folder, ['api.yaml']);
  assert.equal(await (await fetch(`${again.url}/notes`)).text(), stored.notes);
});

/** Starts with the old description, and stores two notes that are alike and a tag. */
async function filled(
  folder: string,
  file: string,
  start: () => ReturnType<typeof serving>,
): Promise<{ readonly notes: string; readonly tags: string }> {
  writeFileSync(file, before);
  const server = await start();
  for (const [path, body] of [
    ['/notes', '{"code":"a"}'],
    ['/notes', '{"code":"a"}'],
    ['/tags', '{"name":"x"}'],
  ] as const) {
    const sent = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    assert.equal((await fetch(server.url + path, sent)).status, 201, folder);
  }
  const [notes, all] = await Promise.all([fetch(`${server.url}/notes`), fetch(`${server.url}/tags`)]);
  const stored = { notes: await notes.text(), tags: await all.text() };
  assert.equal(await server.stop(), 0);
  return stored;
}

/** Standard error of a start that must fail. */
async function refusal(folder: string, ...flags: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await cartouche(folder, ['serve', 'api.yaml', '--port', '0', ...flags]);
  assert.deepEqual({ stdout, status }, { stdout: '', status: 2 }, stderr);
  assert.ok(!stderr.includes(folder) && !/^\s+at /m.test(stderr), stderr);
  return stderr;
}
