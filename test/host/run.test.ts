/** The life of a process: each case is a process of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

interface Case {
  readonly title: string;
  /** The body of the function that starts the service. */
  readonly start: string;
  /** Sent once a line says `ready`. */
  readonly signal?: 'SIGTERM' | 'SIGINT';
  readonly code: number;
  /** What the output holds, in this order. */
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: 'ends what was begun, last first, and then with 0',
    start: `atEnd(async () => say('store')); atEnd(async () => say('server')); say('ready')`,
    signal: 'SIGTERM',
    code: 0,
    says: ['ready', '"message":"stopping","reason":"SIGTERM"', 'server', 'store', '"message":"stopped"'],
  },
  { title: 'takes Ctrl+C', start: `say('ready')`, signal: 'SIGINT', code: 0, says: ['ready', '"reason":"SIGINT"'] },
  {
    title: 'ends what was begun where the rest does not start, and then with 1',
    start: `atEnd(async () => say('store')); throw new Error('no port')`,
    code: 1,
    says: ['Error: no port', 'store'],
  },
  {
    title: 'tells mistakes of the environment without a stack',
    start: `readEnvironment({ PORT: 'x' }, { port: integer('PORT', { from: 0, to: 9 }) }, () => '')`,
    code: 1,
    says: ['The environment is not as it must be:\n\n  PORT  "x"  expected a whole number from 0 to 9\n'],
  },
  {
    title: 'goes on after a rejected promise, and tells it',
    start: `void Promise.reject(new Error('forgotten')); setTimeout(() => say('ready'), 20)`,
    signal: 'SIGTERM',
    code: 0,
    says: ['"message":"a promise was rejected"', 'forgotten', 'ready', '"reason":"SIGTERM"'],
  },
  {
    title: 'stops in order after an exception that nobody caught',
    start: `atEnd(async () => say('store')); setTimeout(() => { throw new Error('thrown later') }, 1)`,
    code: 1,
    says: ['"message":"an exception was not caught"', 'thrown later', '"reason":"defect"', 'store'],
  },
  {
    title: 'goes on ending where an end fails',
    start: `atEnd(async () => say('store')); atEnd(async () => { throw new Error('stuck') }); say('ready')`,
    signal: 'SIGTERM',
    code: 1,
    says: ['"message":"could not be closed"', 'stuck', 'store', '"message":"stopped"'],
  },
];

describe('a process that runs a service', () => {
  for (const { title, start, signal, code, says } of cases) {
    it(title, async () => {
      const { output, exit } = await run(start, signal);
      assert.equal(exit, code, output);
      let from = 0;
      for (const part of says) {
        const found = output.indexOf(part, from);
        assert.notEqual(found, -1, `${part}, after ${from} characters of\n${output}`);
        from = found;
      }
    });
  }
});

async function run(start: string, signal: Case['signal']): Promise<{ output: string; exit: unknown }> {
  const host = new URL('../../src/host/', import.meta.url).href;
  const program = `
    import { run } from '${host}run.ts';
    import { readEnvironment } from '${host}environment.ts';
    import { integer } from '${host}variables.ts';
    const say = (text) => process.stdout.write(text + '\\n');
    setInterval(() => undefined, 60_000);
    await run(async ({ atEnd }) => { ${start} });`;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { cwd: root });
  let output = '';
  const hear = (chunk: Buffer) => {
    const wasReady = /^ready$/m.test(output);
    output += chunk.toString();
    if (signal && !wasReady && /^ready$/m.test(output)) child.kill(signal);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [exit] = await once(child, 'close');
  return { output, exit };
}
