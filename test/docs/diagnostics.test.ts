/**
 * docs/diagnostics.md and the catalogue say the same: every code has its section, with the title and the severity of the
 * catalogue, and an example that is found wrong, with this code, and one that is right.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { diagnosticCatalogue } from '../../src/diagnostics.ts';
import { readSpec } from '../../src/spec/read.ts';

/** Codes that a small text cannot show, and what shows them instead. */
const shownElsewhere: Readonly<Record<string, string>> = {
  'file-unreadable': 'test/spec/source.test.ts',
  'file-too-large': 'test/spec/source.test.ts',
  'size-limit': 'test/spec/attacks',
  'time-limit': 'test/spec/raml',
  'memory-limit': 'test/spec/raml',
  internal: 'test/spec/raml/attempt.test.ts',
  'security-not-enforced': 'test/commands/inspect.test.ts',
};

interface Section {
  readonly title: string;
  readonly severity: string;
  /** Where the mistake of the wrong example is found. */
  readonly foundAt: string;
  readonly wrong: readonly ExampleFile[];
  readonly right: readonly ExampleFile[];
}

interface ExampleFile {
  readonly name: string;
  readonly text: string;
}

const sections = sectionsOf(readFileSync(fileURLToPath(new URL('../../docs/diagnostics.md', import.meta.url)), 'utf8'));

test('every code has a section, and every section a code', () => {
  assert.deepEqual([...sections.keys()].toSorted(), Object.keys(diagnosticCatalogue).toSorted());
});

for (const [code, { title, severity }] of Object.entries(diagnosticCatalogue)) {
  const section = sections.get(code);
  test(`${code}: title and severity`, () => {
    assert.deepEqual({ title: section?.title, severity: section?.severity }, { title: `${title}.`, severity });
  });
  test(`${code}: the wrong example is found wrong, the right one right`, { skip: shownElsewhere[code] }, async () => {
    assert.ok(section && section.wrong.length > 0 && section.right.length > 0, 'an example is missing');
    const found = await findingsIn(section.wrong);
    assert.deepEqual([...new Set(found.map((finding) => finding.code))], [code], 'one mistake, one code');
    assert.equal(found[0]?.place, section.foundAt, 'the place in "Wrong, at `…`:"');
    assert.deepEqual(await findingsIn(section.right), []);
  });
}

interface Found {
  readonly code: string;
  readonly place: string;
}

async function findingsIn(files: readonly ExampleFile[]): Promise<readonly Found[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-docs-'));
  try {
    for (const { name, text } of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { diagnostics } = await readSpec(join(folder, files[0]?.name ?? ''));
    return diagnostics.map(({ code, at }) => ({ code, place: at ? `${at.file}:${at.line}:${at.column}` : '' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A section: `### code`, the title, the severity in brackets, then ``Wrong, at `file:line:column`:`` and `Right:`, each with files in fences. */
function sectionsOf(markdown: string): ReadonlyMap<string, Section> {
  return new Map(
    markdown
      .split(/^### /m)
      .slice(1)
      .map((text): [string, Section] => {
        const [, code = '', title = '', severity = ''] = /^`([^`]+)`\n\n(.+)\n\((\w+)\)/.exec(text) ?? [];
        const [, wrong = '', right = ''] = text.split(/^(?:Wrong(?:, at `[^`]+`)?|Right):$/m);
        const foundAt = /^Wrong, at `([^`]+)`:$/m.exec(text)?.[1] ?? '';
        return [code, { title, severity, foundAt, wrong: filesIn(wrong), right: filesIn(right) }];
      }),
  );
}

/** ```` ```yaml api.raml ```` begins a file of that name; the first is the description. */
function filesIn(markdown: string): readonly ExampleFile[] {
  return [...markdown.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => ({ name, text }));
}
