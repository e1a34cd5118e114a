/** Starts peers as child processes on the cores of their role, waits until they answer, and ends them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { pinned, type Role } from './measure/pinning.ts';

export interface Command {
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** From the moment before the process was created to the last byte of the first 200. */
  readonly firstAnswerMs: number;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

/** Nothing that was started outlives the one who started it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Starts Node with these arguments and GETs `path` until it answers 200. Throws with what the process printed. */
export async function startServer(
  command: (port: number) => Command,
  path: string,
  role: Role = 'server',
): Promise<RunningServer> {
  const port = await freePort();
  const { arguments: given, environment = {} } = command(port);
  const [program = '', ...rest] = pinned(role, [process.execPath, ...given]);
  const startedAt = performance.now();
  const child = spawn(program, rest, {
    env: { ...withoutNodeOptions(), ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  const output = collectOutput(child);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`cannot start ${program}`);
  try {
    await untilOk(port, path, () => child.exitCode !== null);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${given.join(' ')}: ${(error as Error).message}\n${output()}`);
  }
  const firstAnswerMs = performance.now() - startedAt;
  return { pid, port, firstAnswerMs, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(patience);
}

async function untilOk(port: number, path: string, hasEnded: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + startLimitMs;
  for (;;) {
    const answer = await getOnce(port, path);
    if (answer?.startsWith('HTTP/1.1 200')) return;
    if (answer !== undefined) throw new Error(`GET ${path} answers ${answer.slice(0, 600)}`);
    if (hasEnded()) throw new Error('the process ended');
    if (performance.now() > giveUpAt) throw new Error(`no answer within ${startLimitMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The whole reply, or undefined while nobody listens. */
function getOnce(port: number, path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
    });
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(text === '' ? undefined : text));
  });
}

/** The beginning of what a child printed, for the report of a failure. */
function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      if (text.length < 4000) text += chunk;
    });
  }
  return () => text;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The peers must not inherit `--import tsx` or other settings of the one who measures. */
function withoutNodeOptions(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _notTheirs, ...environment } = process.env;
  return { ...environment, NODE_ENV: 'production' };
}
