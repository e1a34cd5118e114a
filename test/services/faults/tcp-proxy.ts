/**
 * Stands between a client and a server of any protocol. It delays what it passes on, and cuts connections before a
 * request, or between a request and its answer. It neither repeats nor reorders bytes: no network does that to TCP.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Chance } from './random.ts';

export interface TcpWeather {
  readonly delayed: number;
  /** The connection breaks, and what was to be sent does not arrive. */
  readonly lost: number;
  /** What was to be sent arrives, and the connection breaks before there is an answer. */
  readonly unanswered: number;
}

export const calmTcp: TcpWeather = { delayed: 0, lost: 0, unanswered: 0 };
export const stormyTcp: TcpWeather = { delayed: 0.1, lost: 0.004, unanswered: 0.006 };

export interface TcpProxy {
  readonly port: number;
  weather: TcpWeather;
  /** Nobody is there: connections break, and no new ones are made. */
  isAway: boolean;
  readonly happened: Readonly<Record<keyof TcpWeather, number>>;
  close(): Promise<void>;
}

const longestDelay = 150;

/** `port`: where to listen; 0: anywhere. */
export async function startTcpProxy(
  target: { readonly host: string; readonly port: number },
  chance: Chance,
  port = 0,
): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const happened = { delayed: 0, lost: 0, unanswered: 0 };
  const strikes = (fault: keyof TcpWeather): boolean => {
    const struck = chance.hits(state.weather[fault]);
    if (struck) happened[fault] += 1;
    return struck;
  };
  const server = createServer((client) => {
    if (state.isAway) return void client.destroy();
    const upstream = connect(target);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const cut = (): void => {
      for (const socket of pair) socket.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('error', cut).on('close', cut);
    client.on('data', (bytes) => {
      if (strikes('lost')) return cut();
      const pass = (): void => {
        client.resume();
        if (upstream.destroyed) return;
        upstream.write(bytes);
        // Gone for the client; the server goes on with what it got.
        if (strikes('unanswered')) client.resetAndDestroy();
      };
      if (!strikes('delayed')) return pass();
      client.pause();
      setTimeout(pass, chance.between(0, longestDelay));
    });
    upstream.on('data', (bytes) => {
      if (!client.destroyed) client.write(bytes);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  let isAway = false;
  const cutAll = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const state: TcpProxy = {
    port: actual,
    weather: calmTcp,
    get isAway() {
      return isAway;
    },
    set isAway(away) {
      isAway = away;
      if (away) cutAll();
    },
    happened,
    close: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
  return state;
}
