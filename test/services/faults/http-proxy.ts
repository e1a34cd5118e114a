/** Stands between a client and an HTTP server, and does to requests what a bad network does. */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './random.ts';

/** Probabilities of what may happen to a request. */
export interface HttpWeather {
  /** It waits, so that later ones overtake it. */
  readonly delayed: number;
  /** It is carried out once more, a while later. */
  readonly twice: number;
  /** The connection breaks before it arrives. */
  readonly lost: number;
  /** The connection breaks before the answer arrives. */
  readonly unanswered: number;
  /** The connection breaks, and the request arrives much later all the same. */
  readonly late: number;
  /** The server is said to be busy. */
  readonly busy: number;
}

export const calm: HttpWeather = { delayed: 0, twice: 0, lost: 0, unanswered: 0, late: 0, busy: 0 };
export const storm: HttpWeather = {
  delayed: 0.4,
  twice: 0.1,
  lost: 0.04,
  unanswered: 0.06,
  late: 0.06,
  busy: 0.03,
};

export interface HttpProxy {
  readonly url: string;
  weather: HttpWeather;
  /** Nobody is there: connections are refused. */
  isAway: boolean;
  /** Told of every request that is forwarded, in their order. */
  onRequest: ((path: string, body: string) => void) | undefined;
  /** How often each thing happened. */
  readonly happened: Readonly<Record<keyof HttpWeather | 'refused', number>>;
  /** Resolves once nothing is on its way any more. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const longestDelay = 400;
const latest = 3000;

/** `target`: where to forward to, asked for each request. */
export async function startHttpProxy(target: () => string, chance: Chance): Promise<HttpProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const underWay = new Set<Promise<unknown>>();
  const happened = { delayed: 0, twice: 0, lost: 0, unanswered: 0, late: 0, busy: 0, refused: 0 };
  const server = createServer((incoming, answer) => {
    track(handle(incoming, answer)).catch(() => answer.destroy());
  });
  server.on('connection', (socket) => {
    if (!proxy.isAway) return;
    happened.refused += 1;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    underWay.add(settled);
    settled.then(() => underWay.delete(settled));
    return work;
  };

  const strikes = (fault: keyof HttpWeather): boolean => {
    const struck = chance.hits(proxy.weather[fault]);
    if (struck) happened[fault] += 1;
    return struck;
  };

  async function handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const received = { path: incoming.url ?? '/', method: incoming.method ?? 'GET', headers: incoming.headers };
    const body = await bodyOf(incoming);
    if (proxy.isAway || strikes('lost')) return void answer.destroy();
    if (strikes('busy')) return void answer.writeHead(429, { 'content-type': 'application/json' }).end(busy);
    const forward = (): Promise<Answered> => {
      proxy.onRequest?.(received.path, body.toString());
      return send(new URL(target()), received, body, agent);
    };
    if (strikes('late')) {
      answer.destroy();
      return swallow(pause(chance.between(500, latest)).then(forward));
    }
    if (strikes('twice')) track(swallow(pause(chance.between(0, latest)).then(forward)));
    if (strikes('delayed')) await pause(chance.between(0, longestDelay));
    const answered = await forward();
    if (strikes('unanswered')) return void answer.destroy();
    answer.writeHead(answered.status, answered.headers).end(answered.body);
  }

  const { port } = server.address() as AddressInfo;
  const proxy: HttpProxy = {
    url: `http://127.0.0.1:${port}`,
    weather: calm,
    isAway: false,
    onRequest: undefined,
    happened,
    settle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await proxy.settle();
      agent.destroy();
    },
  };
  return proxy;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const busy = JSON.stringify({ error: { type: 'es_rejected_execution_exception', reason: 'busy' }, status: 429 });

async function send(
  url: URL,
  { path, method, headers }: { readonly path: string; readonly method: string; readonly headers: IncomingHttpHeaders },
  body: Buffer,
  agent: Agent,
): Promise<Answered> {
  const { connection: _, 'transfer-encoding': __, host: ___, ...kept } = headers;
  const outgoing = request({
    agent,
    host: url.hostname,
    port: url.port,
    method,
    path,
    headers: { ...kept, 'content-length': body.length },
  });
  outgoing.end(body);
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('No answer.');
  const { connection: ____, 'transfer-encoding': _____, 'content-length': ______, ...shown } = incoming.headers;
  return { status: incoming.statusCode ?? 502, headers: shown, body: await bodyOf(incoming) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

async function swallow(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
