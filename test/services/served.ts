/** `cartouche serve` in a process of its own, as a user starts it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
export const bookstore = fileURLToPath(new URL('../../specs/bookstore.raml', import.meta.url));

const tsx = import.meta.resolve('tsx');

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

export interface Served {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
}

/** Resolves once it listens. */
export async function serve(description: string, flags: readonly string[]): Promise<Served> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', cli, 'serve', description, '--port', '0', '--json', ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  for await (const line of createInterface(child.stdout)) {
    const { event, url }: { event?: string; url?: string } = JSON.parse(line);
    if (event !== 'listening' || url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      stop: async () => {
        child.kill('SIGTERM');
        if (child.exitCode === null) await once(child, 'exit');
      },
      kill: async () => {
        const closed = once(child, 'exit');
        child.kill('SIGKILL');
        await closed;
      },
    };
  }
  throw new Error('It did not start.');
}

/** Resolves once its index has everything. */
export async function inStep({ url }: Served): Promise<void> {
  const end = Date.now() + 90_000;
  for (;;) {
    const { index }: { index?: string } = JSON.parse(await (await fetch(`${url}/readyz`)).text());
    if (index === 'in-step') return;
    assert.ok(Date.now() < end, 'it never came to be in step');
    await pause(100);
  }
}

/** Runs another command to its end. */
export async function cartouche(
  folder: string,
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, ['--import', tsx, cli, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const texts = [child.stdout, child.stderr].map(text);
  const [status]: (number | null)[] = await once(child, 'close');
  const [stdout = '', stderr = ''] = await Promise.all(texts);
  return { status: status ?? null, stdout, stderr };
}

export function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}
