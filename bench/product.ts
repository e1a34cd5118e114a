/** Cartouche as its users run it: the built bundle behind the command line, every default on. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './server.ts';
import { benchFolder, repository } from './workspace.ts';

export interface Product {
  /** Node's arguments up to the program: the bundle's launcher, or the sources through tsx where there is no bundle. */
  readonly program: readonly string[];
  readonly builtFrom: 'dist' | 'source';
  /** The books' description. */
  readonly books: string;
  /** Where models and code are cached: the run's own folder, so that a first start is a first start. */
  readonly cache: string;
}

export interface Serving {
  readonly description: string;
  readonly data: string;
  readonly port: number;
}

/** Builds the bundle unless told not to; measures the sources where there is none, and says so. */
export function prepareProduct(folder: string, build: boolean): Product {
  if (build) {
    const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: repository, encoding: 'utf8' });
    if (status !== 0) process.stderr.write(`The bundle cannot be built; measuring the sources.\n${stderr}\n`);
  }
  const bundled = existsSync(join(repository, 'dist', 'cli.cjs'));
  return {
    program: bundled
      ? [join(repository, 'bin', 'cartouche.cjs')]
      : ['--import', 'tsx', join(repository, 'src', 'cli.ts')],
    builtFrom: bundled ? 'dist' : 'source',
    books: join(benchFolder, 'specs', 'books.openapi.yaml'),
    cache: join(folder, 'cache'),
  };
}

export function serveCommand(product: Product, { description, data, port }: Serving): Command {
  return {
    arguments: [...product.program, 'serve', description, '--port', String(port), '--data', data, '--quiet'],
    environment: { XDG_CACHE_HOME: product.cache },
  };
}
