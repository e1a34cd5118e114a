/**
 * Descriptions that mean harm, each read, inspected, converted and served in a process of its own: each of these ends
 * within 5 s of processor time (so that other work on the machine does not count) and 512 MiB, and what it opened,
 * wrote, connected to and started is counted, not trusted.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Diagnostic } from '../../../src/diagnostics.ts';
import { type Attack, attacks } from './descriptions.ts';

const project = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Of each step. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly mebibytes: number;
  /** Where it served. */
  readonly port: number;
  /** On the terminal. */
  readonly printed: string;
  /** What conversions and the server gave. */
  readonly said: string;
  readonly text: string;
}

/** Escapes and other controls but the ends of lines, and what turns the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('attacks', { concurrency: 2 }, () => {
  let requests = 0;
  let url = '';
  const server = createServer((_, response) => {
    requests++;
    response.end('{}');
  });
  before(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  for (const [name, attack] of Object.entries(attacks)) {
    test(name, async () => {
      const outer = mkdtempSync(join(tmpdir(), 'cartouche-attack-'));
      try {
        const { file, written } = prepare(attack, outer, url);
        const { outcome, log } = await read(file, outer);
        const codes = outcome.diagnostics.map(({ code }) => code);
        if (attack.code !== undefined)
          assert.ok(
            codes.some((code) => code === attack.code),
            codes.join(', '),
          );
        const slowest = Math.max(...Object.values(outcome.seconds));
        assert.ok(slowest < 5, JSON.stringify(outcome.seconds));
        assert.ok(outcome.mebibytes < 512, `${outcome.mebibytes} MiB`);
        assert.ok(!JSON.stringify(outcome).includes('SECRET'), 'nothing from outside');
        // A path that the description itself names is no secret.
        const isNamed = attack.text.includes('OUT');
        assert.ok(isNamed || !JSON.stringify(outcome.diagnostics).includes(outer), 'no path of the machine');
        assert.doesNotMatch(outcome.printed, CONTROL, 'nothing that a terminal would obey');
        assert.doesNotMatch(outcome.said, / 500 \{/, 'no internal error');
        assert.equal(requests, 0);
        assert.deepEqual(strayed(log, join(outer, 'api'), outcome.port), []);
        assert.deepEqual(readdirSync(join(outer, 'api')).sort(), written);
      } finally {
        rmSync(outer, { recursive: true });
      }
    });
  }
});

test('the watch sees what happens in a worker thread', async () => {
  const outer = mkdtempSync(join(tmpdir(), 'cartouche-attack-'));
  const { file } = prepare(
    { format: 'raml', text: '#%RAML 1.0\ntitle: !include t.txt\n', beside: { 't.txt': 'T' } },
    outer,
    '',
  );
  const { log } = await read(file, outer);
  assert.ok(log.some(([kind, what]) => kind === 'read' && what.endsWith('t.txt')));
  rmSync(outer, { recursive: true });
});

function prepare({ format, text, beside = {} }: Attack, outer: string, url: string) {
  const folder = join(outer, 'api');
  mkdirSync(folder);
  mkdirSync(join(outer, 'out'));
  writeFileSync(join(outer, 'out/secret.json'), '{ "title": "SECRET" }');
  symlinkSync('../out/secret.json', join(folder, 'link.json'));
  symlinkSync('../out', join(folder, 'up'));
  const filled = (content: string) => content.replaceAll('URL', url).replaceAll('OUT', join(outer, 'out'));
  for (const [path, content] of Object.entries({ ...beside, [`api.${format}`]: text })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), filled(content));
  }
  return { file: join('api', `api.${format}`), written: readdirSync(folder).sort() };
}

type Entry = readonly [kind: 'read' | 'write' | 'connect' | 'start', what: string];

/** As a user would: in a folder, by a relative path. */
async function read(
  file: string,
  outer: string,
): Promise<{ readonly outcome: Outcome; readonly log: readonly Entry[] }> {
  const logFile = join(outer, 'log');
  const script = fileURLToPath(new URL('./read-one.ts', import.meta.url));
  const watch = join(import.meta.dirname, 'watch.mjs');
  const { stdout } = await run(
    process.execPath,
    ['--import', watch, '--import', import.meta.resolve('tsx'), script, file],
    {
      cwd: outer,
      env: { ...process.env, WATCH_LOG: logFile },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 120_000,
    },
  );
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n') : [];
  return { outcome: JSON.parse(stdout), log: lines.map((line): Entry => JSON.parse(line)) };
}

/** What was neither the description's nor the program's own: Node and tsx load code, and tsx compiles and keeps it. */
function strayed(log: readonly Entry[], folder: string, port: number): readonly Entry[] {
  const isBelow = (path: string, root: string) => path === root || path.startsWith(root + sep);
  const isTsx = (path: string) => path.startsWith(join(tmpdir(), 'tsx-'));
  return log.filter(([kind, what]) => {
    const path = what.replace(/^file:\/\//, '');
    if (isTsx(path) || (kind === 'connect' && what === `127.0.0.1:${port}`)) return false;
    if (kind === 'read') return !isBelow(path, folder) && !isBelow(path, project);
    return kind !== 'start' || !isBelow(path, join(project, 'node_modules'));
  });
}
