import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bySeverity, type Frames, renderDiagnostic } from '../../src/diagnostics/render.ts';
import { diagnostic } from '../../src/diagnostics.ts';

const at = (line: number, column: number) => ({ file: 'api.raml', line, column });

function framesFor(text: string): Frames {
  return {
    lines: (file) => (file === 'api.raml' ? text.split('\n') : undefined),
    display: (file) => `specs/${file}`,
    paint: (_style, painted) => painted,
  };
}

test('place, message, line, caret, hint', () => {
  const finding = diagnostic('raml-invalid', 'Unknown node "gett".', { at: at(2, 3), hint: 'did you mean "get"?' });
  assert.equal(
    renderDiagnostic(finding, framesFor('/books:\n  gett:\n')),
    [
      'specs/api.raml:2:3: error: Unknown node "gett". [raml-invalid]',
      '  1 | /books:',
      '  2 |   gett:',
      '    |   ^',
      '  hint: did you mean "get"?',
    ].join('\n'),
  );
});

test('the references that led to the file', () => {
  const finding = {
    ...diagnostic('raml-invalid', 'M.', { at: { file: 'b.raml', line: 1, column: 1 }, hint: 'h' }),
    includedFrom: [{ file: 'a.raml', line: 4, column: 12 }, at(10, 3)],
  };
  assert.equal(
    renderDiagnostic(finding, framesFor('')),
    [
      'specs/b.raml:1:1: error: M. [raml-invalid]',
      '  included from specs/a.raml:4:12, included from specs/api.raml:10:3',
      '  hint: h',
    ].join('\n'),
  );
});

test('without a place', () => {
  assert.equal(
    renderDiagnostic(diagnostic('time-limit', 'Reading took more than 30 s.'), framesFor('')),
    'error: Reading took more than 30 s. [time-limit]',
  );
});

const frames: readonly (readonly [
  name: string,
  text: string,
  line: number,
  column: number,
  want: readonly string[],
])[] = [
  ['the first line', 'a: 1', 1, 1, ['  1 | a: 1', '    | ^']],
  ['tabs', '\tkey: 1', 1, 2, ['  1 |   key: 1', '    |   ^']],
  ['escape sequences', 'a\u001b[31mb', 1, 7, ['  1 | a\\u001b[31mb', '    |            ^']],
  ['a line number with one digit more', `${'x\n'.repeat(9)}y`, 10, 1, ['   9 | x', '  10 | y', '     | ^']],
  ['a line that is not there', 'a', 7, 1, []],
  ['a column beyond the line', 'ab', 1, 40, ['  1 | ab', '    |   ^']],
  ['characters of two code units', '𝒜x', 1, 3, ['  1 | 𝒜x', '    |  ^']],
  ['characters of two columns', '書名😀x', 1, 5, ['  1 | 書名😀x', '    |       ^']],
  ['characters of no column', 'e\u0301x', 1, 3, ['  1 | e\u0301x', '    |  ^']],
  ['tabs among wide characters', '\t書\tx', 1, 4, ['  1 |   書  x', '    |       ^']],
];

for (const [name, text, line, column, want] of frames) {
  test(`code frame: ${name}`, () => {
    const rendered = renderDiagnostic(diagnostic('syntax-error', 'm', { at: at(line, column) }), framesFor(text));
    assert.deepEqual(rendered.split('\n').slice(1), want);
  });
}

test('code frame: around the column of a minified line', () => {
  const text = `${'a'.repeat(5000)}!${'b'.repeat(5000)}`;
  const [, line, caret] = renderDiagnostic(diagnostic('syntax-error', 'm', { at: at(1, 5001) }), framesFor(text)).split(
    '\n',
  );
  assert.ok(line && caret && line.length < 120);
  assert.equal(line[caret.indexOf('^')], '!');
});

test('the worst first, then by place', () => {
  const findings = [
    diagnostic('unsupported-keyword', 'i', { at: at(1, 1), severity: 'info' }),
    diagnostic('raml-invalid', 'second', { at: at(9, 1) }),
    diagnostic('raml-invalid', 'first', { at: at(2, 1) }),
    diagnostic('example-mismatch', 'w'),
  ];
  assert.deepEqual(
    bySeverity(findings).map(({ message }) => message),
    ['first', 'second', 'w', 'i'],
  );
});
