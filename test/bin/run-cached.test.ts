import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const runner = fileURLToPath(new URL('../../bin/run-cached.cjs', import.meta.url));
const bundleText = [
  'const path = require("node:path");',
  'console.log(path.basename(__filename), path.basename(__dirname), require("./beside.cjs"));',
  'process.exitCode = 3;',
].join('\n');
const output = 'bundle.cjs dist 42\n';

let folder = '';
beforeEach((t) => {
  folder = mkdtempSync(join(tmpdir(), 'cartouche-cached-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/bundle.cjs'), bundleText);
  writeFileSync(join(folder, 'dist/beside.cjs'), 'module.exports = 42;');
  if ('after' in t) t.after(() => rmSync(folder, { recursive: true, force: true }));
});

test('runs like a module of its own, and keeps a cache for the next start', () => {
  assert.deepEqual(run('serve'), { stdout: output, stderr: '', status: 3 });
  const [cache] = cached();
  assert.match(cache ?? '', /^code-serve-v\d+\.\d+\.\d+-\w+-[0-9a-f]{32}\.bin$/);
  const before = statSync(cachePath());
  assert.equal(before.mode & 0o777, 0o600);
  assert.deepEqual(run('serve'), { stdout: output, stderr: '', status: 3 });
  assert.equal(statSync(cachePath()).mtimeMs, before.mtimeMs, 'an accepted cache is left as it is');
  assert.equal(cached().length, 1);
});

test('no cache for commands that start seldom', () => {
  assert.equal(run('--help').stdout, output);
  assert.deepEqual(cached(), []);
});

test('a damaged cache is ignored and replaced', () => {
  run('serve');
  const whole = readFileSync(cachePath());
  writeFileSync(cachePath(), 'damaged');
  assert.deepEqual(run('serve'), { stdout: output, stderr: '', status: 3 });
  assert.equal(readFileSync(cachePath()).length, whole.length);
});

test('a cache that others may write is not run', { skip: process.platform === 'win32' && 'no such modes' }, () => {
  run('serve');
  chmodSync(cachePath(), 0o666);
  assert.equal(run('serve').stdout, output);
  assert.equal(statSync(cachePath()).mode & 0o777, 0o600, 'it was replaced');
});

test('another content makes another cache and removes the old one', () => {
  run('serve');
  const [before] = cached();
  writeFileSync(join(folder, 'dist/bundle.cjs'), `${bundleText}\nconsole.log("new");`);
  assert.match(run('serve').stdout, /new/);
  assert.equal(cached().length, 1);
  assert.notEqual(cached()[0], before);
});

test('a digest on the first line stands for the content, unless the file was changed since', () => {
  const built = (digit: string, text: string) => `// ${digit.repeat(64)}\nconsole.log("${text}");`;
  const bundle = join(folder, 'dist/bundle.cjs');
  const at = new Date('2026-01-01');
  writeFileSync(bundle, built('a', 'one'));
  utimesSync(bundle, at, at);
  assert.equal(run('serve').stdout, 'one\n');
  const [before] = cached();
  writeFileSync(bundle, built('b', 'two'));
  utimesSync(bundle, at, at);
  assert.equal(run('serve').stdout, 'two\n');
  assert.notEqual(cached()[0], before);
  const [second] = cached();
  writeFileSync(bundle, built('b', 'six'));
  assert.equal(run('serve').stdout, 'six\n');
  assert.notEqual(cached()[0], second);
});

test('a cache folder that cannot be made is ignored', () => {
  writeFileSync(join(folder, 'cache'), 'a file');
  assert.deepEqual(run('serve'), { stdout: output, stderr: '', status: 3 });
});

test('an error in the bundle is what Node makes of it', () => {
  writeFileSync(join(folder, 'dist/bundle.cjs'), 'throw new TypeError("from the bundle");');
  const { status, stderr } = run('serve');
  assert.equal(status, 1);
  assert.match(stderr, /TypeError: from the bundle/);
});

function run(command: string): { stdout: string; stderr: string; status: number | null } {
  const script = `require(${JSON.stringify(runner)}).runCached(process.argv[1], process.argv[2])`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['-e', script, '--', join(folder, 'dist/bundle.cjs'), command],
    { encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') } },
  );
  return { stdout, stderr, status };
}

function cached(): readonly string[] {
  try {
    return readdirSync(join(folder, 'cache/cartouche'));
  } catch {
    return [];
  }
}

function cachePath(): string {
  return join(folder, 'cache/cartouche', cached()[0] ?? '');
}
