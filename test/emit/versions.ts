import type { ProjectFile } from '../../src/emit/file.ts';

/** Two versions of a project: files that change, that come and that go. */
export const versions: Readonly<Record<'one' | 'two', readonly ProjectFile[]>> = {
  one: project('one'),
  two: project('two'),
};

function project(version: 'one' | 'two'): readonly ProjectFile[] {
  const classes = ['generated', 'merged'] as const;
  const both = Array.from({ length: 12 }, (_, at) => ({
    path: `src/${at}.ts`,
    class: classes[at % 2] ?? 'generated',
    text: `${version} ${'x'.repeat(5000)}`,
  }));
  return [...both, { path: `${version}/only.ts`, class: 'generated', text: version }];
}
