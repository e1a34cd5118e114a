import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** All `*.test.ts` files at or below the paths, sorted. */
export function testFiles(paths: readonly string[]): readonly string[] {
  return paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
        : [path],
    )
    .filter((path) => path.endsWith('.test.ts'))
    .toSorted();
}
