/** A running server for tests, and requests as data. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ApiModel } from '../../src/model/types.ts';
import { type AppOptions, createApp } from '../../src/runtime/app.ts';
import type { LogEntry } from '../../src/runtime/log.ts';
import { createServer } from '../../src/runtime/server.ts';
import { readSpec } from '../../src/spec/read.ts';
import { openMemoryStore } from '../../src/stores/memory.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, `undefined` if there is none or it is something else. */
  readonly json: unknown;
}

export interface TestServer {
  readonly port: number;
  readonly log: readonly LogEntry[];
  /** `call('POST /books', { title: 'x' })`: objects are sent as JSON, texts as they are. */
  call(line: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  close(): Promise<void>;
}

export async function readFixture(name: string): Promise<ApiModel> {
  const { model, diagnostics } = await readSpec(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), {
    cache: false,
  });
  if (!model) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

export async function serve(model: ApiModel, options: Partial<AppOptions> = {}): Promise<TestServer> {
  const store = options.store ?? (await openMemoryStore(model));
  const log: LogEntry[] = [];
  const app = createApp(model, { log: (entry) => log.push(entry), ...options, store });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  const { port } = server.http.address() as AddressInfo;
  return {
    port,
    log,
    call: (line, body, headers) => call(port, line, body, headers),
    async close() {
      await server.close(100);
      await store.close();
    },
  };
}

export function call(
  port: number,
  line: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const [method = 'GET', path = '/'] = line.split(' ');
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = body === undefined ? undefined : isRaw ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const sent = {
    ...(bytes && { 'Content-Length': String(bytes.length), 'Content-Type': 'application/json' }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', method, path, headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
      });
    });
    request.on('error', reject);
    request.end(bytes);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
