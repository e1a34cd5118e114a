import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DescriptionWatch } from '../../../src/commands/serve/watch.ts';

const edits: readonly (readonly [name: string, seen: boolean, edit: (folder: string) => void])[] = [
  ['a file is written', true, (folder) => writeFileSync(join(folder, 'api.raml'), 'new')],
  [
    'an included file in another folder is written',
    true,
    (folder) => writeFileSync(join(folder, 'types/book.raml'), 'new'),
  ],
  [
    'an editor replaces a file by renaming',
    true,
    (folder) => {
      writeFileSync(join(folder, 'api.raml~'), 'old');
      renameSync(join(folder, 'api.raml~'), join(folder, 'api.raml'));
    },
  ],
  ['a file is removed', true, (folder) => unlinkSync(join(folder, 'api.raml'))],
  ['a missing include appears', true, (folder) => writeFileSync(join(folder, 'types/author.raml'), 'new')],
  ['nothing', false, () => {}],
  ['the database is written', false, (folder) => writeFileSync(join(folder, 'api.db-wal'), 'new')],
];

for (const [name, seen, edit] of edits) {
  test(`${name}: ${seen ? 'a change' : 'no change'}`, async (t) => {
    const folder = exampleFolder();
    let changes = 0;
    const watch = new DescriptionWatch({
      ignore: (file) => file.startsWith('api.db'),
      onChange: async () => {
        changes += 1;
      },
      settle: 10,
      poll: 100,
    });
    t.after(() => {
      watch.close();
      rmSync(folder, { recursive: true });
    });
    await watch.follow([{ path: join(folder, 'api.raml') }, { path: join(folder, 'types/book.raml') }]);
    edit(folder);
    await until(() => changes > 0, seen ? 5000 : 300);
    assert.equal(changes, seen ? 1 : 0);
  });
}

test('a change between reading and following is noticed', async (t) => {
  const folder = exampleFolder();
  let changes = 0;
  const watch = new DescriptionWatch({
    ignore: () => false,
    onChange: async () => {
      changes += 1;
    },
    settle: 10,
  });
  t.after(() => {
    watch.close();
    rmSync(folder, { recursive: true });
  });
  const sha256 = createHash('sha256').update('what was read').digest('hex');
  await watch.follow([{ path: join(folder, 'api.raml'), sha256 }]);
  await until(() => changes > 0, 5000);
  assert.equal(changes, 1);
});

test('reloads do not overlap, and a change during one causes another', async (t) => {
  const folder = exampleFolder();
  const path = join(folder, 'api.raml');
  let running = 0;
  let most = 0;
  let reloads = 0;
  const watch = new DescriptionWatch({
    ignore: () => false,
    onChange: async () => {
      running += 1;
      most = Math.max(most, running);
      reloads += 1;
      if (reloads === 1) writeFileSync(path, 'changed again');
      await new Promise((done) => setTimeout(done, 100));
      running -= 1;
    },
    settle: 5,
    poll: 20,
  });
  t.after(() => {
    watch.close();
    rmSync(folder, { recursive: true });
  });
  await watch.follow([{ path }]);
  writeFileSync(path, 'changed');
  await until(() => reloads === 2 && running === 0, 5000);
  assert.deepEqual({ reloads, most }, { reloads: 2, most: 1 });
});

function exampleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-watch-'));
  mkdirSync(join(folder, 'types'));
  writeFileSync(join(folder, 'api.raml'), 'old');
  writeFileSync(join(folder, 'types/book.raml'), 'old');
  return folder;
}

async function until(condition: () => boolean, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!condition() && Date.now() < deadline) await new Promise((done) => setTimeout(done, 10));
}
