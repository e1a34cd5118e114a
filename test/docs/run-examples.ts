import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { type ConsoleCommand, consoleCommands, matchesShown } from './console.ts';

export interface ExampleOptions {
  /** Where the first command runs; a command `cd folder` changes it for those after it. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is really run for a command of the document, such as with another port; `undefined` runs nothing. */
  readonly rewrite?: (command: string) => string | undefined;
  /** Puts back in an output what `rewrite` changed, so that it can be compared with what the document shows. */
  readonly restore?: (output: string) => string;
  /** A command that goes on running; the next one is run once its output is as shown. Default: `npm start`, `… serve`. */
  readonly isServer?: (command: string) => boolean;
  /** Milliseconds that one command may take. Default: 60,000. */
  readonly timeout?: number;
}

/** Makes one test of a Markdown file: runs the commands of its `console` blocks in order and compares what they print. */
export function testExamples(file: string, options: ExampleOptions): void {
  test(file, async (t) => {
    const session: Session = { folder: options.folder, servers: [] };
    t.after(() => Promise.all(session.servers.map(stop)));
    for (const example of consoleCommands(readFileSync(file, 'utf8'))) {
      await t.test(`${example.line}: $ ${example.command}`, () => runExample(example, session, options));
    }
  });
}

interface Session {
  folder: string;
  readonly servers: ChildProcess[];
}

async function runExample(example: ConsoleCommand, session: Session, options: ExampleOptions): Promise<void> {
  const directory = /^cd (\S+)$/.exec(example.command)?.[1];
  if (directory !== undefined) session.folder = resolve(session.folder, directory);
  const command = directory === undefined ? (options.rewrite ?? asWritten)(example.command) : undefined;
  if (command === undefined) return;
  const process = spawn('bash', ['-c', command], {
    cwd: session.folder,
    env: { ...globalThis.process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const restore = options.restore ?? asWritten;
  const output = collect(process);
  const server = (options.isServer ?? isServer)(example.command);
  if (server) session.servers.push(process);
  await waitUntil(
    process,
    options.timeout ?? 60_000,
    () => server && matchesShown(example.expected, restore(output.text)),
  );
  if (matchesShown(example.expected, restore(output.text))) return;
  assert.equal(restore(output.text).trimEnd(), example.expected);
}

function isServer(command: string): boolean {
  return /\bnpm start\b|\bcartouche serve\b/.test(command);
}

function asWritten(text: string): string {
  return text;
}

function collect(process: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [process.stdout, process.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output.text += chunk;
    });
  }
  return output;
}

/** Until the process has ended, `enough` says so, or time is up; then a process that should have ended is stopped. */
async function waitUntil(process: ChildProcess, timeout: number, enough: () => boolean): Promise<void> {
  const deadline = Date.now() + timeout;
  const closed = once(process, 'close').then(() => true);
  const pause = () => new Promise<false>((done) => setTimeout(done, 50, false));
  while (!(await Promise.race([closed, pause()]))) {
    if (enough()) return;
    if (Date.now() > deadline) {
      await stop(process);
      return;
    }
  }
}

/** The whole group: `npm start` is a shell that started npm that started a shell that started the server. */
async function stop(process: ChildProcess): Promise<void> {
  if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
  const closed = once(process, 'close');
  globalThis.process.kill(-process.pid, 'SIGTERM');
  await closed;
}
