/** Runs the command line as a user would: in a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** An empty folder that is gone after the test. */
export function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs to the end, which must come within half a minute. `as`: whose process it is. */
export async function cartouche(
  folder: string,
  args: readonly string[],
  as: { readonly uid?: number; readonly gid?: number } = {},
): Promise<Outcome> {
  const running = start(folder, args, as);
  const timer = setTimeout(() => running.child.kill('SIGKILL'), 30_000);
  const [status] = await once(running.child, 'close');
  clearTimeout(timer);
  return { stdout: running.stdout(), stderr: running.stderr(), status };
}

export interface RunningServe {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with everything printed so far once standard output or error matches. */
  readonly until: (pattern: RegExp) => Promise<string>;
  /** Sends the signal and resolves with the exit code. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** `cartouche serve … --port 0`, once it listens. */
export async function serving(t: TestContext, folder: string, args: readonly string[]): Promise<RunningServe> {
  const running = start(folder, ['serve', ...args, '--port', '0']);
  t.after(() => running.child.kill('SIGKILL'));
  const until = (pattern: RegExp) => untilPrinted(running, pattern);
  const printed = await until(/http:\/\/[^\s"]+/);
  return {
    ...running,
    until,
    url: /http:\/\/[^\s"]+/.exec(printed)?.[0] ?? '',
    stop: async (signal = 'SIGTERM') => {
      const closed = once(running.child, 'close');
      running.child.kill(signal);
      const [status] = await closed;
      return status;
    },
  };
}

interface Started {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

function start(
  folder: string,
  args: readonly string[],
  as: { readonly uid?: number; readonly gid?: number } = {},
): Started {
  const child = spawn(process.execPath, ['--import', tsx, cli, ...args], {
    ...as,
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, stdout: collect(child.stdout), stderr: collect(child.stderr) };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

async function untilPrinted({ child, stdout, stderr }: Started, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const printed = stdout() + stderr();
    if (pattern.test(printed)) return printed;
    if (child.exitCode !== null) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`Nothing like ${pattern} was printed, but:\n${stdout()}${stderr()}`);
}
