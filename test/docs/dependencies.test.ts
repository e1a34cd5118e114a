/** ARCHITECTURE.md says what each dependency saves, and names no other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('every dependency has its line, and every line its dependency', () => {
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(read('package.json'));
  const declared = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  const section = /^## Dependencies[^\n]*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(read('ARCHITECTURE.md'))?.[1] ?? '';
  const named = section
    .split('\n')
    .flatMap((line) => /^\| (`[^|]+) \|/.exec(line)?.[1] ?? [])
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  assert.deepEqual(named.toSorted(), declared.toSorted());
});
