/** Who is measured, and how each is started on a store that holds the books. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PreparedData } from './prepared-data.ts';
import { type Product, serveCommand } from './product.ts';
import type { Dialect, Operation } from './requests.ts';
import { type RunningServer, startServer } from './server.ts';
import { scriptPath } from './workspace.ts';

export interface Peer {
  readonly name: string;
  readonly dialect: Dialect;
  /** A peer without a real store has no filter; a FULL twin is of interest for writes only. */
  readonly operations: readonly Operation[];
  readonly start: (data: PreparedData) => Promise<RunningServer>;
}

const every: readonly Operation[] = ['get', 'list', 'filter', 'patch', 'mix', 'post'];
const writes: readonly Operation[] = ['patch', 'post'];

export function peersWith(product: Product): readonly Peer[] {
  return [
    { name: 'bare', dialect: 'express', operations: ['get', 'list', 'patch', 'post'], start: startBare },
    handWritten('express', 'NORMAL'),
    handWritten('express', 'FULL'),
    handWritten('fastify', 'NORMAL'),
    handWritten('fastify', 'FULL'),
    { name: 'cartouche', dialect: 'cartouche', operations: every, start: (data) => startProduct(product, data) },
  ];
}

function startBare(): Promise<RunningServer> {
  return startServer(() => ({ arguments: [scriptPath('baselines/bare')] }), '/books/1');
}

function handWritten(framework: 'express' | 'fastify', durability: 'NORMAL' | 'FULL'): Peer {
  const name = durability === 'FULL' ? `${framework}-full` : framework;
  return {
    name,
    dialect: 'express',
    operations: durability === 'FULL' ? writes : every,
    start: (data) => {
      const file = copyOf(data.baseline, data.folder, name);
      return startServer(
        () => ({
          arguments: [scriptPath(`baselines/${framework}`)],
          environment: { DATA: file, DURABILITY: durability },
        }),
        '/books/1',
      );
    },
  };
}

function startProduct(product: Product, data: PreparedData): Promise<RunningServer> {
  const file = copyOf(data.product, data.folder, 'cartouche');
  return startServer((port) => serveCommand(product, { description: product.books, data: file, port }), '/books/1');
}

function copyOf(prepared: string, folder: string, name: string): string {
  const file = join(folder, `${name}-${copies++}.db`);
  for (const suffix of ['', '-wal']) {
    if (existsSync(prepared + suffix)) copyFileSync(prepared + suffix, file + suffix);
  }
  return file;
}

let copies = 0;
