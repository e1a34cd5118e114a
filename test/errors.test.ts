import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ApiError, type ErrorCode, errorCatalogue } from '../src/errors.ts';

/** `docs/errors.md` and the catalogue say the same, both ways. */
const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [/^`([^`]+)`/.exec(section)?.[1] ?? '', section]),
);

function isCode(name: string): name is ErrorCode {
  return Object.hasOwn(errorCatalogue, name);
}

describe('docs/errors.md', () => {
  it('has a section for every code, and no other', () => {
    assert.deepEqual([...sections.keys()].sort(), Object.keys(errorCatalogue).sort());
  });

  for (const [code, section] of sections) {
    it(`${code}: status, title, when, example and advice`, () => {
      assert.ok(isCode(code));
      const { status, title } = errorCatalogue[code];
      assert.ok(section.includes(`Status ${status}: ${title}.`), 'status and title');
      assert.match(section, /^When: /m);
      assert.match(section, /^What to do: /m);
      const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(section)?.[1] ?? 'null');
      assert.ok(typeof example === 'object' && example !== null && 'code' in example && 'status' in example);
      assert.deepEqual([example.code, example.status], [code, status]);
    });
  }
});

it('an error has the status and the help of its code, unless it knows better', () => {
  const plain = new ApiError('conflict', 'The id is taken.');
  assert.deepEqual([plain.status, plain.hint], [409, errorCatalogue.conflict.help]);
  assert.equal(new ApiError('conflict', 'x', { hint: 'y' }).hint, 'y');
});
