/**
 * Emitting again, in real folders: no edit is ever lost, and nothing is ever half done. SEED=<number> repeats a run.
 */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Emission, type EmitAgainOptions, emitAgain } from '../../src/emit/emit-again.ts';
import type { FileClass, ProjectFile } from '../../src/emit/file.ts';

const root = mkdtempSync(join(tmpdir(), 'cartouche-emit-'));
after(() => rmSync(root, { recursive: true, force: true }));

const about = { cartouche: '1.2.3', options: { description: 'api.raml' } };
const defaults: EmitAgainOptions = { prune: false, dryRun: false };

interface Case {
  /** Class and text of each file, at first and then; `undefined`: not emitted. */
  readonly files: Readonly<Record<string, readonly [FileClass, string | undefined, string | undefined]>>;
  /** What the user does in between; `undefined`: deletes. */
  readonly edits?: Readonly<Record<string, string | undefined>>;
  readonly options?: Partial<EmitAgainOptions>;
  /** What is done to each file, other than nothing. */
  readonly steps: Readonly<Record<string, string>>;
  /** What is on the disk at the end. */
  readonly ends: Readonly<Record<string, string | undefined>>;
}

const cases: Readonly<Record<string, Case>> = {
  'generated, not edited: written anew': {
    files: { a: ['generated', '1', '2'] },
    steps: { a: 'update' },
    ends: { a: '2' },
  },
  'generated, edited: stops': {
    files: { a: ['generated', '1', '2'], b: ['generated', '1', '2'] },
    edits: { a: 'mine' },
    steps: { a: 'edited', b: 'update' },
    ends: { a: 'mine', b: '1' },
  },
  'generated, edited, theirs: written anew, the edit aside': {
    files: { a: ['generated', '1', '2'] },
    edits: { a: 'mine' },
    options: { conflict: 'theirs' },
    steps: { a: 'update' },
    ends: { a: '2', '.cartouche/aside/a': 'mine' },
  },
  'generated, edited, ours: kept': {
    files: { a: ['generated', '1', '2'] },
    edits: { a: 'mine' },
    options: { conflict: 'ours' },
    steps: { a: 'yours' },
    ends: { a: 'mine' },
  },
  'generated, line ends changed by Git: not edited': {
    files: { a: ['generated', '1\n', '2\n'] },
    edits: { a: '1\r\n' },
    steps: { a: 'update' },
    ends: { a: '2\n' },
  },
  'generated, deleted: written anew': {
    files: { a: ['generated', '1', '1'] },
    edits: { a: undefined },
    steps: { a: 'add' },
    ends: { a: '1' },
  },
  'generated, not emitted any more: deleted': {
    files: { 'x/a': ['generated', '1', undefined], b: ['owned', '1', '1'] },
    steps: { 'x/a': 'delete' },
    ends: { 'x/a': undefined, x: undefined },
  },
  'generated, not emitted any more, edited: stops': {
    files: { a: ['generated', '1', undefined] },
    edits: { a: 'mine' },
    steps: { a: 'edited' },
    ends: { a: 'mine' },
  },
  'owned: written once': {
    files: { a: ['owned', '1', '2'] },
    edits: { a: 'mine' },
    steps: { a: 'yours' },
    ends: { a: 'mine' },
  },
  'owned, not emitted any more: an orphan': {
    files: { a: ['owned', '1', undefined] },
    steps: { a: 'orphan' },
    ends: { a: '1' },
  },
  'owned, not emitted any more, pruned: aside': {
    files: { a: ['owned', '1', undefined] },
    edits: { a: 'mine' },
    options: { prune: true },
    steps: { a: 'prune' },
    ends: { a: undefined, '.cartouche/aside/a': 'mine' },
  },
  'merged: both sides': {
    files: { 'a.json': ['merged', '{"x":1}', '{"x":2}'] },
    edits: { 'a.json': '{"x":1,"y":1}' },
    steps: { 'a.json': 'merge' },
    ends: { 'a.json': '{"x":2,"y":1}' },
  },
  'merged, deleted by the user: stays deleted': {
    files: { Dockerfile: ['merged', '1', '2'] },
    edits: { Dockerfile: undefined },
    steps: { Dockerfile: 'left-deleted' },
    ends: { Dockerfile: undefined },
  },
  'merged, a conflict: markers': {
    files: { a: ['merged', 'x\n1\ny', 'x\n2\ny'] },
    edits: { a: 'x\nmine\ny' },
    steps: { a: 'conflict' },
    ends: { a: 'x\n<<<<<<< yours\nmine\n||||||| emitted before\n1\n=======\n2\n>>>>>>> emitted now\ny' },
  },
  'merged, a conflict, rej: beside it': {
    files: { a: ['merged', 'x\n1\ny', 'x\n2\ny'] },
    edits: { a: 'x\nmine\ny' },
    options: { conflict: 'rej' },
    steps: { a: 'conflict' },
    ends: { a: 'x\nmine\ny', 'a.rej': 'line 2\nyours:\n  mine\nemitted now:\n  2\n' },
  },
  'merged, a conflict, ours': {
    files: { a: ['merged', 'x\n1\ny', 'x\n2\ny\nz'] },
    edits: { a: 'x\nmine\ny' },
    options: { conflict: 'ours' },
    steps: { a: 'merge' },
    ends: { a: 'x\nmine\ny\nz' },
  },
  'merged, a conflict, theirs: the edit aside': {
    files: { a: ['merged', '1', '2'] },
    edits: { a: 'mine' },
    options: { conflict: 'theirs' },
    steps: { a: 'update' },
    ends: { a: '2', '.cartouche/aside/a': 'mine' },
  },
  'merged, a conflict in JSON: the user’s value, the other beside it': {
    files: { 'a.json': ['merged', '{"x":1}', '{"x":2}'] },
    edits: { 'a.json': '{"x":3}' },
    steps: { 'a.json': 'conflict' },
    ends: { 'a.json': '{"x":3}', 'a.json.rej': 'x\nyours:\n  3\nemitted now:\n  2\n' },
  },
  'merged, markers that nobody resolved: still a conflict': {
    files: { a: ['merged', '1', '2'] },
    edits: { a: '<<<<<<< yours\n1\n=======\n' },
    steps: { a: 'conflict' },
    ends: { a: '<<<<<<< yours\n1\n=======\n' },
  },
  'merged, not emitted any more: deleted, with its base': {
    files: { a: ['merged', '1', undefined], b: ['owned', '1', '1'] },
    steps: { a: 'delete' },
    ends: { a: undefined, '.cartouche/base/a': undefined },
  },
  'merged, not emitted any more, edited: an orphan': {
    files: { a: ['merged', '1', undefined] },
    edits: { a: 'mine' },
    steps: { a: 'orphan' },
    ends: { a: 'mine' },
  },
  'somebody’s file in the way: stops': {
    files: { a: ['generated', undefined, '1'], b: ['merged', undefined, '1'], c: ['generated', '1', '2'] },
    edits: { a: 'mine', b: 'mine' },
    steps: { a: 'occupied', b: 'occupied', c: 'update' },
    ends: { a: 'mine', b: 'mine', c: '1' },
  },
  'somebody’s equal file: fine': {
    files: { a: ['generated', undefined, '1'] },
    edits: { a: '1' },
    steps: {},
    ends: { a: '1' },
  },
  'dry run: nothing': {
    files: { a: ['generated', '1', '2'] },
    options: { dryRun: true },
    steps: { a: 'update' },
    ends: { a: '1' },
  },
};

describe('emitted, edited, emitted again', () => {
  for (const [name, { files, edits = {}, options, steps, ends }] of Object.entries(cases)) {
    test(name, () => {
      const folder = freshFolder();
      emitAgain(folder, filesAt(files, 1), about, defaults);
      for (const [path, text] of Object.entries(edits)) edit(folder, path, text);
      const before = contentsOf(folder);
      const emission = emitAgain(folder, filesAt(files, 2), about, { ...defaults, ...options });
      assert.deepEqual(stepsOf(emission), steps);
      for (const [path, text] of Object.entries(ends)) assert.equal(textAt(folder, path), text, path);
      if (emission.stopped || options?.dryRun) assert.deepEqual(contentsOf(folder), before);
      else assertSettled(folder, filesAt(files, 2), options);
    });
  }
});

test('a second emission changes not a byte', () => {
  const files: ProjectFile[] = [file('b/a', 'generated', '1'), file('a', 'merged', '2'), file('c', 'owned', '3')];
  const [one, other] = [freshFolder(), freshFolder()];
  emitAgain(one, files, about, defaults);
  emitAgain(other, [...files].reverse(), about, defaults);
  assert.deepEqual(contentsOf(one), contentsOf(other));
  emitAgain(one, files, about, defaults);
  assert.deepEqual(contentsOf(one), contentsOf(other));
});

test('a link that leads out of the project is not followed', () => {
  const [folder, outside] = [freshFolder(), freshFolder()];
  mkdirSync(folder, { recursive: true });
  mkdirSync(outside, { recursive: true });
  symlinkSync(outside, join(folder, 'src'));
  assert.throws(() => emitAgain(folder, [file('src/a', 'generated', '1')], about, defaults), /src is no folder/);
  assert.deepEqual(readdirSync(outside), []);
});

test('what the user made executable stays so', () => {
  const folder = freshFolder();
  emitAgain(folder, [file('run', 'merged', '1')], about, defaults);
  chmodSync(join(folder, 'run'), 0o755);
  emitAgain(folder, [file('run', 'merged', '2')], about, defaults);
  assert.equal(statSync(join(folder, 'run')).mode & 0o777, 0o755);
});

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`no edit is ever lost, seed ${seed}`, () => {
  const paths = ['a', 'b.json', 'c.yaml', 'd/e'];
  const line = fc.stringMatching(/^[a-z]{1,3}$/);
  const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
    a: fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n')),
    'b.json': fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.nat(5)).map((value) => JSON.stringify(value, null, 2)),
    'c.yaml': fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.nat(5)).map((value) => `# c\n${toYaml(value)}`),
    'd/e': fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n')),
  };
  const project = fc
    .tuple(
      ...paths.map((path) =>
        fc.option(fc.tuple(fc.constantFrom<FileClass>('generated', 'owned', 'merged'), texts[path] ?? line)),
      ),
    )
    .map((chosen) => chosen.flatMap((given, at) => (given ? [file(paths[at] ?? '', given[0], given[1])] : [])));
  const edit_ = fc.tuple(fc.constantFrom(...paths), fc.nat(), fc.boolean());
  const round = fc.record({
    project,
    edits: fc.array(edit_, { maxLength: 3 }),
    conflict: fc.constantFrom(undefined, 'markers', 'rej', 'ours', 'theirs'),
    prune: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(round, { minLength: 2, maxLength: 5 }), (rounds) => {
      const folder = freshFolder();
      // Each edit puts in a word that occurs nowhere else: it must be somewhere for ever, until the user takes it away.
      const words = new Set<string>();
      let number = 0;
      for (const { project, edits, conflict, prune } of rounds) {
        emitAgain(folder, project, about, { ...defaults, prune, ...(conflict && { conflict: conflict as 'ours' }) });
        const all = [...contentsOf(folder).values()].join('\n');
        for (const word of words) assert(all.includes(word), `the edit ${word} is gone`);
        for (const [path, place, whole] of edits) {
          const text = textAt(folder, path);
          if (text === undefined || text.includes('<<<<<<<')) continue;
          const word = `edit${number++}`;
          words.add(word);
          edit(folder, path, whole && !/edit/.test(text) ? wholly(path, word) : inserted(path, text, place, word));
        }
      }
    }),
    { seed, numRuns: Number(process.env.RUNS ?? 60) },
  );
});

function toYaml(value: object): string {
  return Object.entries(value)
    .map(([name, number]) => `${name}: ${number}\n`)
    .join('');
}

function wholly(path: string, word: string): string {
  return path.endsWith('.json') ? `{"${word}":1}` : path.endsWith('.yaml') ? `${word}: 1\n` : word;
}

function inserted(path: string, text: string, place: number, word: string): string {
  if (path.endsWith('.json')) return JSON.stringify({ ...(JSON.parse(text) as object), [word]: 1 }, null, 2);
  const lines = text.split('\n');
  const isYaml = path.endsWith('.yaml');
  lines.splice(isYaml ? 1 : place % (lines.length + 1), 0, isYaml ? `${word}: 1` : word);
  return lines.filter((line) => line !== '{}').join('\n');
}

/** Emitting once more has nothing to do. */
function assertSettled(folder: string, files: readonly ProjectFile[], options: Partial<EmitAgainOptions> = {}): void {
  const before = contentsOf(folder);
  emitAgain(folder, files, about, { ...defaults, ...options });
  assert.deepEqual(contentsOf(folder), before);
}

function filesAt(files: Case['files'], round: 1 | 2): ProjectFile[] {
  return Object.entries(files).flatMap(([path, given]) => {
    const text = given[round];
    return text === undefined ? [] : [file(path, given[0], text)];
  });
}

function file(path: string, own: FileClass, text: string): ProjectFile {
  return { path, class: own, text };
}

function stepsOf({ steps }: Emission): Readonly<Record<string, string>> {
  return Object.fromEntries(steps.filter(({ kind }) => kind !== 'same').map(({ path, kind }) => [path, kind]));
}

let folders = 0;

function freshFolder(): string {
  return join(root, String(folders++), 'project');
}

function edit(folder: string, path: string, text: string | undefined): void {
  if (text === undefined) {
    rmSync(join(folder, path));
    return;
  }
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function textAt(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
}

function contentsOf(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true }) as string[];
  return new Map(
    names
      .sort()
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
