import { once } from 'node:events';
import { StoreError } from '../stores/contract.ts';
import { EnvironmentError } from './environment.ts';
import { ListenError } from './listen.ts';
import { log } from './log.ts';

export interface Running {
  /** What is to be done at the end, last first: a server is closed before the store that it reads. */
  readonly atEnd: (end: () => Promise<void>) => void;
}

/** How long the end may take in all, in milliseconds. Kubernetes kills after 30 seconds, five of which it waits first. */
const deadline = 20_000;

/**
 * Runs a service until it is told to stop (SIGTERM, SIGINT), and ends the process: with 0 after an orderly end, with 1
 * where it could not start, or where its end took too long. A second signal ends it at once.
 *
 * @example
 * await run(async ({ atEnd }) => {
 *   const store = await openStore(config);
 *   atEnd(() => store.close());
 * });
 */
export async function run(start: (running: Running) => Promise<void>): Promise<void> {
  const ends: (() => Promise<void>)[] = [];
  const stopped = stopSignal();
  tellDefects(stopped.stop);
  let code = 0;
  try {
    await start({ atEnd: (end) => ends.unshift(end) });
  } catch (error) {
    complain(error);
    code = 1;
  }
  if (code === 0) {
    const reason = await stopped.signal;
    log({ level: 'info', message: 'stopping', reason });
    if (reason === 'defect') code = 1;
  }
  const timer = setTimeout(() => {
    log({ level: 'error', message: `not stopped after ${deadline / 1000} seconds; cut off` });
    process.exit(1);
  }, deadline);
  for (const end of ends) {
    await end().catch((cause: unknown) => {
      log({ level: 'error', message: 'could not be closed', cause });
      code = 1;
    });
  }
  clearTimeout(timer);
  if (ends.length > 0) log({ level: 'info', message: 'stopped' });
  process.exit(code);
}

/** `once`: the next signal has its usual effect, and ends the process. */
function stopSignal(): { readonly signal: Promise<string>; readonly stop: (reason: string) => void } {
  const stopping = new AbortController();
  const stop = (reason: string) => stopping.abort(reason);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const signal = once(stopping.signal, 'abort').then(() => String(stopping.signal.reason));
  return { signal, stop };
}

/**
 * A promise that nobody awaits is told, and no reason to stop. After an exception that nobody caught nothing is known of
 * the state of the process any more (Node's documentation of `uncaughtException`): it answers what it has, and stops.
 */
function tellDefects(stop: (reason: string) => void): void {
  process.on('unhandledRejection', (cause) => log({ level: 'error', message: 'a promise was rejected', cause }));
  process.on('uncaughtException', (cause) => {
    log({ level: 'error', message: 'an exception was not caught', cause });
    stop('defect');
  });
}

/** For people, on the error output; a stack only for what is no mistake of whoever starts the service. */
function complain(error: unknown): void {
  const isExpected = error instanceof EnvironmentError || error instanceof ListenError || error instanceof StoreError;
  const text = isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}
