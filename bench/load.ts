/**
 * The load generator, a process of its own: takes jobs over IPC, one at a time, answers each with what it measured.
 *
 * Keep-alive connections, one request under way on each (a closed loop), prepared requests, loopback only, bounded in
 * time, connections and stalls. Any reply outside 2xx fails the job.
 */
import { connect, type Socket } from 'node:net';
import { cpuSecondsOf } from './measure/process-files.ts';
import { type Dialect, type Operation, type PreparedRequest, prepareRequests, renewIsbn } from './requests.ts';
import { ResponseReader } from './responses.ts';

export interface LoadJob {
  readonly port: number;
  /** The server's process, whose CPU time is read at both ends of the measured time. */
  readonly pid: number;
  readonly operation: Operation;
  readonly dialect: Dialect;
  readonly rows: number;
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly seed: number;
  /** Paths to GET in turn instead of an operation's requests. */
  readonly paths?: readonly string[];
}

export type LoadResult = LoadMeasurement | { readonly failure: string };

export interface LoadMeasurement {
  readonly requests: number;
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  /** Share of its core that the generator itself used: near 1, it may be the limit. */
  readonly generatorBusy: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const limits = { connections: 256, seconds: 60, stallMs: 15_000 };

/** ISBNs that creates use up; never reset, since each server keeps what it was given. */
let createdSoFar = 5_000_000_000;

process.on('message', (job: LoadJob) => {
  run(job).then(
    (result) => process.send?.(result satisfies LoadResult),
    (error: unknown) =>
      process.send?.({ failure: error instanceof Error ? error.message : String(error) } satisfies LoadResult),
  );
});
process.on('disconnect', () => process.exit(0));

async function run(job: LoadJob): Promise<LoadMeasurement> {
  if (job.connections > limits.connections) throw new Error(`at most ${limits.connections} connections`);
  if (job.seconds + job.warmupSeconds > limits.seconds) throw new Error(`at most ${limits.seconds} seconds`);
  const load = new Load(job, requestsOf(job));
  try {
    await load.start();
    await load.waitFor(job.warmupSeconds);
    return await measure(load, job);
  } finally {
    load.stop();
  }
}

async function measure(load: Load, job: LoadJob): Promise<LoadMeasurement> {
  load.latencies.length = 0;
  const before = { done: load.done, at: performance.now(), server: cpuSecondsOf(job.pid), own: process.cpuUsage() };
  await load.waitFor(job.seconds);
  const seconds = (performance.now() - before.at) / 1000;
  const serverCpuSeconds = cpuSecondsOf(job.pid) - before.server;
  const own = process.cpuUsage(before.own);
  const sorted = Float64Array.from(load.latencies).sort();
  return {
    requests: load.done - before.done,
    seconds,
    serverCpuSeconds,
    generatorBusy: (own.user + own.system) / 1e6 / seconds,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}

function requestsOf(job: LoadJob): PreparedRequest[] {
  if (job.paths === undefined) return prepareRequests({ ...job, variety: 20_000 });
  return job.paths.map((path) => ({
    bytes: Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n`),
    isbnAt: undefined,
  }));
}

/** The connections, and the requests that they send in turn. */
class Load {
  done = 0;
  readonly latencies: number[] = [];
  readonly #job: LoadJob;
  readonly #requests: readonly PreparedRequest[];
  readonly #sockets: Socket[] = [];
  #next = 0;
  #fail: (error: Error) => void = () => undefined;
  readonly #failed = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor(job: LoadJob, requests: readonly PreparedRequest[]) {
    this.#job = job;
    this.#requests = requests;
    this.#failed.catch(() => undefined);
  }

  async start(): Promise<void> {
    const opened = Array.from({ length: this.#job.connections }, () => this.#open());
    await Promise.race([Promise.all(opened), this.#failed]);
  }

  /** Lets the load run; throws as soon as something fails, or when no reply came for too long. */
  async waitFor(seconds: number): Promise<void> {
    const started = this.done;
    await Promise.race([new Promise((resolve) => setTimeout(resolve, seconds * 1000)), this.#failed]);
    if (this.done > started || seconds === 0) return;
    await Promise.race([new Promise((resolve) => setTimeout(resolve, limits.stallMs)), this.#failed]);
    if (this.done === started) throw new Error(`no reply within ${seconds + limits.stallMs / 1000} s`);
  }

  stop(): void {
    this.#fail = () => undefined;
    for (const socket of this.#sockets) socket.destroy();
  }

  #open(): Promise<void> {
    const reader = new ResponseReader();
    let sentAt = 0;
    const send = (): void => {
      const request = this.#takeRequest();
      sentAt = performance.now();
      socket.write(request.bytes);
    };
    const receive = (length: number, buffer: Uint8Array): boolean => {
      try {
        if (!reader.take(buffer as Buffer, length)) return true;
        if (reader.status < 200 || reader.status > 299) throw new Error(`a reply outside 2xx: ${reader.refusal}`);
        this.done += 1;
        this.latencies.push(performance.now() - sentAt);
        send();
      } catch (error) {
        this.#fail(error instanceof Error ? error : new Error(String(error)));
      }
      return true;
    };
    // `onread` reuses one buffer for all that arrives: no stream machinery, which would make the generator the limit.
    const socket = connect({
      host: '127.0.0.1',
      port: this.#job.port,
      noDelay: true,
      onread: { buffer: Buffer.alloc(65_536), callback: receive },
    });
    this.#sockets.push(socket);
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed a connection')));
    return new Promise((resolve) => {
      socket.once('connect', () => {
        send();
        resolve();
      });
    });
  }

  #takeRequest(): PreparedRequest {
    this.#next = this.#next + 1 < this.#requests.length ? this.#next + 1 : 0;
    const request = this.#requests[this.#next];
    if (request === undefined) throw new Error('there is nothing to send');
    if (request.isbnAt !== undefined) {
      createdSoFar += 1;
      renewIsbn(request, createdSoFar);
    }
    return request;
  }
}
