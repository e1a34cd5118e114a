import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parameter } from '../../src/model/description.ts';
import { mergeParameters } from '../../src/model/parameter.ts';

/** `place name` of the path and of the operation, and what the operation takes. */
const cases: readonly (readonly [path: string, operation: string, taken: readonly string[]])[] = [
  ['query a', 'query a', ['query a']],
  ['query a', 'query A', ['query a', 'query A']],
  ['query a', 'header a', ['query a', 'header a']],
  ['header X-Key', 'header x-key', ['header x-key']],
  ['cookie a', 'cookie A', ['cookie a', 'cookie A']],
];

for (const [path, operation, taken] of cases) {
  test(`${path}, then ${operation}`, () => {
    const merged = mergeParameters([parameter(path)], [parameter(operation)]);
    assert.deepEqual(
      merged.map(({ in: place, name }) => `${place} ${name}`),
      taken,
    );
  });
}

function parameter(text: string): Parameter {
  const [place = '', name = ''] = text.split(' ');
  const known = (['query', 'header', 'cookie', 'path'] as const).find((each) => each === place);
  assert.ok(known);
  const said = { schema: { type: 'string' }, required: false, examples: [], extensions: [], deprecated: false };
  return { ...said, name, in: known, style: 'form', explode: true, at: { file: 'api.yaml', line: 1, column: 1 } };
}
