import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupDiagnostics } from '../../src/diagnostics/group.ts';
import { renderDiagnostic } from '../../src/diagnostics/render.ts';
import { diagnostic } from '../../src/diagnostics.ts';

const at = (file: string, line: number) => ({ file, line, column: 1 });
const missing = (file: string, line: number) =>
  diagnostic('missing-key', '"title" is missing.', { at: at(file, line) });

test('what says the same is one group, in the order of the first', () => {
  const other = diagnostic('unknown-key', 'RAML does not know the key "x" here.', { at: at('a', 2) });
  assert.deepEqual(groupDiagnostics([missing('a', 1), other, missing('a', 3), missing('b', 1)]), [
    { finding: missing('a', 1), others: [at('a', 3), at('b', 1)] },
    { finding: other, others: [] },
  ]);
});

test('another hint or severity is another group', () => {
  const { at: place, ...rest } = missing('a', 1);
  const findings = [missing('a', 1), { ...rest, hint: 'add "title"' }, { ...rest, severity: 'warning' as const }];
  assert.equal(groupDiagnostics(findings).length, 3);
  assert.ok(place);
});

const places: readonly (readonly [others: readonly ReturnType<typeof at>[], want: string])[] = [
  [[at('a', 3)], '  also: 1 more place: a:3:1'],
  [[at('a', 3), at('a', 5), at('b', 1)], '  also: 3 more places: a:3:1, :5:1, b:1:1'],
  [[3, 4, 5, 6, 7, 8].map((line) => at('a', line)), '  also: 6 more places: a:3:1, :4:1, :5:1, :6:1, … and 2 more'],
];

for (const [others, want] of places) {
  test(`rendered: ${want.trim()}`, () => {
    const frames = {
      lines: () => undefined,
      display: (file: string) => file,
      paint: (_: string, text: string) => text,
    };
    assert.equal(renderDiagnostic(missing('a', 1), frames, others).split('\n').at(-1), want);
  });
}
