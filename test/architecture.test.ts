/**
 * The rules of the house that can be checked by reading the code. ARCHITECTURE.md explains them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testFiles } from '../scripts/test-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Who may import whom. A name is a folder or a file of `src`; the longest one that fits a file is its area. An area may
 * always import itself. `type` imports count: an arrow is an arrow.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: ['diagnostics.ts', 'suggest.ts'],
  'diagnostics.ts': ['model'],
  diagnostics: ['diagnostics.ts', 'model', 'printable.ts'],
  'errors.ts': [],
  'printable.ts': [],
  'suggest.ts': [],
  'shell-quoted.ts': [],
  'worker-location.ts': [],
  'slow-pattern.ts': [],
  'guarded-pattern.ts': ['slow-pattern.ts'],
  'guarded-schema.ts': ['model'],
  spec: ['model', 'diagnostics.ts', 'suggest.ts', 'slow-pattern.ts', 'guarded-schema.ts', 'worker-location.ts'],
  query: ['model', 'errors.ts', 'suggest.ts'],
  'stores/contract.ts': ['model', 'query', 'errors.ts', 'stores/changes.ts'],
  // What a store tells of its documents; the two name each other's types.
  'stores/changes.ts': ['stores/contract.ts'],
  // What stores share; not each other.
  'stores/copy-note.ts': [],
  'stores/stored-part.ts': ['model'],
  'stores/estimated-count.ts': ['stores/contract.ts'],
  'stores/preconditions.ts': ['stores/contract.ts'],
  'stores/revision.ts': [],
  'stores/bucket-limit.ts': ['stores/contract.ts', 'query'],
  'stores/form.ts': ['model'],
  'stores/memory-fit.ts': ['stores/contract.ts', 'model', 'query'],
  'stores/memory.ts': [
    'stores/contract.ts',
    'stores/memory-fit.ts',
    'stores/preconditions.ts',
    'stores/bucket-limit.ts',
    'stores/revision.ts',
    'model',
    'query',
  ],
  'stores/sqlite': [
    'stores/contract.ts',
    'stores/form.ts',
    'stores/changes.ts',
    'stores/copy-note.ts',
    'stores/stored-part.ts',
    'stores/preconditions.ts',
    'stores/bucket-limit.ts',
    'stores/revision.ts',
    'model',
    'query',
    'worker-location.ts',
  ],
  'stores/mongo': [
    'stores/contract.ts',
    'stores/form.ts',
    'stores/changes.ts',
    'stores/copy-note.ts',
    'stores/stored-part.ts',
    'stores/preconditions.ts',
    'stores/bucket-limit.ts',
    'stores/revision.ts',
    'model',
    'query',
  ],
  // Between any two stores, of which it imports none.
  'stores/copy.ts': [
    ...['stores/contract.ts', 'stores/copy-note.ts', 'stores/estimated-count.ts', 'stores/pages.ts', 'model', 'query'],
  ],
  'stores/pages.ts': ['stores/contract.ts'],
  // Keeps an index of any store that tells its changes; never imports a store.
  'stores/search': ['stores/contract.ts', 'stores/changes.ts', 'stores/bucket-limit.ts', 'model', 'query'],
  fake: ['model', 'slow-pattern.ts', 'guarded-pattern.ts'],
  // Makes requests by the faker, and judges replies as `--check-responses` does.
  check: ['model', 'fake', 'runtime'],
  convert: ['model', 'printable.ts'],
  diff: ['model'],
  // What is compiled ahead is what the runtime would compile: by its own preparation of schemas.
  // The overview of the runtime has the words for what each operation does.
  'emit/facts-of.ts': ['emit', 'model', 'fake', 'runtime'],
  'emit/validators': ['emit', 'model', 'guarded-schema.ts', 'runtime'],
  // Makes stored documents fit another description, in any store; a project that was emitted does it, too.
  migrate: ['model', 'query', 'stores/contract.ts', 'stores/pages.ts', 'runtime'],
  // Only planning compares schemas.
  'migrate/plan.ts': ['migrate', 'migrate/property.ts', 'diff', 'model'],
  'migrate/property.ts': ['migrate', 'diff', 'model'],
  // A model written as code: what emitted projects consist of.
  definition: ['model'],
  // Reads the runtime and the stores as text that it copies, and imports neither.
  emit: ['model', 'definition', 'shell-quoted.ts', 'emit/validators'],
  runtime: [
    ...['model', 'query', 'stores/contract.ts', 'errors.ts', 'fake', 'suggest.ts'],
    ...['guarded-pattern.ts', 'guarded-schema.ts'],
  ],
  // A process around the runtime: its environment, its address, its end.
  host: ['suggest.ts', 'model', 'stores/contract.ts', 'runtime'],
  commands: [
    ...['model', 'diagnostics.ts', 'diagnostics', 'errors.ts', 'printable.ts', 'suggest.ts', 'shell-quoted.ts'],
    ...[
      'spec',
      'query',
      'stores/contract.ts',
      'stores/memory.ts',
      'stores/sqlite',
      'stores/mongo',
      'stores/search',
      'stores/changes.ts',
    ],
    ...['stores/copy.ts', 'stores/copy-note.ts', 'stores/estimated-count.ts'],
    ...['fake', 'runtime', 'host', 'convert', 'diff', 'migrate', 'migrate/plan.ts', 'emit'],
  ],
  'cli.ts': ['cli', 'commands', 'printable.ts', 'suggest.ts'],
  cli: ['commands'],
  'index.ts': [
    ...['model', 'diagnostics.ts', 'diagnostics', 'errors.ts', 'spec', 'query'],
    ...['stores/contract.ts', 'stores/memory.ts', 'stores/sqlite', 'stores/mongo', 'stores/search', 'runtime', 'fake'],
  ],
};

/** Node's doors to the disk, the network and other processes, and who may go through which. Types may be named anywhere. */
const doors: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['commands', 'emit/write.ts', 'emit/emit-again.ts', 'spec/source.ts', 'spec/cache.ts', 'stores/sqlite'],
  'node:fs/promises': ['commands', 'spec/source.ts', 'spec/cache.ts', 'stores/sqlite'],
  // broken-request.ts, status-document.ts and document.ts: the names of the status codes.
  'node:http': [
    'runtime/server.ts',
    'runtime/connection/broken-request.ts',
    'runtime/present/status-document.ts',
    'host/lambda.ts',
    'convert/openapi/document.ts',
  ],
  'node:https': [],
  'node:http2': [],
  'node:net': [],
  'node:tls': [],
  'node:dgram': [],
  'node:dns': [],
  'node:child_process': [],
  'node:cluster': [],
  // A time limit for the patterns of a description.
  'node:vm': ['guarded-pattern.ts'],
  'node:sqlite': ['stores/sqlite'],
  'node:worker_threads': ['spec/raml', 'stores/sqlite'],
};

/** Files of more than 300 lines, each with the reason why it is not two files. */
const longFiles: Readonly<Record<string, string>> = {};

/** What nobody writes, and where it is the right thing all the same. Biome refuses `any` and `!`. */
const forbidden: readonly { readonly what: string; readonly pattern: RegExp; readonly but?: readonly string[] }[] = [
  { what: 'as unknown as', pattern: /\bas unknown as\b/ },
  {
    what: 'a suppressed type error',
    pattern: /@ts-(?:ignore|nocheck|expect-error)/,
    but: ['test/runtime/hooks/types.test.ts'],
  },
  { what: 'an enum or a namespace', pattern: /^\s*(?:export\s+)?(?:const\s+)?(?:enum|namespace)\s+\w+\s*\{/m },
  { what: 'a note to do something later', pattern: /\b(?:TODO|FIXME|XXX)\b/ },
  { what: 'a test that runs alone', pattern: /\b(?:test|it|describe)\.only\(|\bonly: true\b/ },
  { what: 'code from a string', pattern: /\beval\(|\bnew Function\(/ },
  {
    what: 'the end of the process',
    pattern: /\bprocess\.exit\b/,
    // What images check their health with is text here.
    but: ['src/cli.ts', 'src/host/run.ts', 'src/emit/surroundings/', 'scripts/', 'bench/', 'test/'],
  },
  { what: 'the console', pattern: /\bconsole\./, but: ['scripts/', 'bench/', 'test/'] },
  { what: 'a request to the network', pattern: /\bfetch\(/, but: ['src/emit/surroundings/', 'bench/', 'test/'] },
];

const builtins = new Set(builtinModules);
const sources = filesBelow('src');

test('imports follow the arrows', () => {
  const broken = sources.flatMap((file) => {
    const from = areaOf(file);
    return importsOf(file)
      .map(({ path }) => path)
      .filter((path) => path.startsWith('.') && path.endsWith('.ts'))
      .map((path) => relative(join(root, 'src'), resolve(root, dirname(file), path)))
      .filter((target) => !mayImport(from, areaOf(join('src', target))))
      .map((target) => `${file} (${from}) imports ${target}`);
  });
  assert.deepEqual(broken, []);
});

test('every folder and file of src has its arrows', () => {
  const unknown = sources.filter((file) => !(areaOf(file) in arrows));
  assert.deepEqual(unknown, []);
  const gone = Object.keys(arrows).filter((area) => !sources.some((file) => areaOf(file) === area));
  assert.deepEqual(gone, [], 'arrows of something that is no longer there');
});

test('only a few files touch the disk, the network and other processes', () => {
  const broken = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ path, typeOnly }) => path in doors && !typeOnly)
      .filter(({ path }) => !doors[path]?.some((allowed) => isBelow(file, join('src', allowed))))
      .map(({ path }) => `${file} imports ${path}`),
  );
  assert.deepEqual(broken, []);
});

test('modules of Node are imported as node:…, ours with their ending', () => {
  const broken = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ path }) => (path.startsWith('.') ? !/\.(?:ts|json)$/.test(path) : builtins.has(path)))
      .map(({ path }) => `${file} imports ${path}`),
  );
  assert.deepEqual(broken, []);
});

test('every package that is imported is a dependency', () => {
  const manifest: { dependencies: object; optionalDependencies: object; devDependencies: object } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const known = new Set(
    [manifest.dependencies, manifest.optionalDependencies, manifest.devDependencies].flatMap(Object.keys),
  );
  const unknown = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ path }) => !path.startsWith('.') && !path.startsWith('node:'))
      .map(({ path }) =>
        path
          .split('/')
          .slice(0, path.startsWith('@') ? 2 : 1)
          .join('/'),
      )
      .filter((name) => !known.has(name) && !known.has(`@types/${name}`))
      .map((name) => `${file} imports ${name}`),
  );
  assert.deepEqual(unknown, []);
});

test('no file is longer than 300 lines without a reason', () => {
  const long = sources.filter((file) => linesOf(file) > 300);
  assert.deepEqual(
    long.filter((file) => !(file in longFiles)).map((file) => `${file}: ${linesOf(file)} lines`),
    [],
  );
  assert.deepEqual(
    Object.keys(longFiles).filter((file) => !long.includes(file)),
    [],
    'a reason that nobody needs',
  );
});

for (const { what, pattern, but = [] } of forbidden) {
  test(`nowhere: ${what}`, () => {
    const files = ['src', 'test', 'bench', 'scripts'].flatMap(filesBelow);
    const found = files
      .filter((file) => file !== 'test/architecture.test.ts' && !but.some((allowed) => isBelow(file, allowed)))
      .flatMap((file) =>
        withoutStrings(read(file))
          .split('\n')
          .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
      );
    assert.deepEqual(found, []);
  });
}

test('every file below test/ is run, or imported by one that is', () => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { path } of importsOf(file)) {
      if (path.startsWith('.')) visit(relative(root, resolve(root, dirname(file), path)));
    }
  };
  for (const file of testFiles([join(root, 'test')])) visit(relative(root, file));
  const orphans = filesBelow('test').filter((file) => !reached.has(file) && !file.includes('/fixtures/'));
  assert.deepEqual(orphans, []);
});

/** `src/stores/sqlite/plan.ts` → `stores/sqlite` */
function areaOf(file: string): string {
  const path = relative('src', file).split(sep).join('/');
  const areas = Object.keys(arrows).filter((area) => path === area || path.startsWith(`${area}/`));
  return areas.toSorted((a, b) => b.length - a.length)[0] ?? path;
}

function mayImport(from: string, to: string): boolean {
  return from === to || (arrows[from] ?? []).includes(to);
}

interface Import {
  readonly path: string;
  readonly typeOnly: boolean;
}

/** Static, dynamic and re-exporting imports, and the files that `new URL('…', import.meta.url)` names. */
function importsOf(file: string): readonly Import[] {
  // What is emitted is text, whatever it imports.
  const text = withoutComments(
    isBelow(file, 'src/emit/') ? read(file).replace(/`(?:[^`\\]|\\.)*`|"import [^"\n]*"/g, '``') : read(file),
  );
  const statements = /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?(['"])([^'"\n]+)\2/g;
  const calls = /\bimport\((['"])([^'"\n]+)\1\)/g;
  const workers = /\bnew URL\((['"])(?:\.\/)?([^'"\n/]+\.ts)\1,\s*import\.meta\.url\)/g;
  return [
    ...[...text.matchAll(statements)].map((match) => ({ path: match[3] ?? '', typeOnly: match[1] !== undefined })),
    ...[...text.matchAll(calls)].map((match) => ({ path: match[2] ?? '', typeOnly: false })),
    ...[...text.matchAll(workers)].map((match) => ({ path: `./${match[2]}`, typeOnly: false })),
  ];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''));
}

/** Lines stay lines, so that places stay right. Line comments stay too: a rule about them exists. */
function withoutStrings(text: string): string {
  return withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).split(sep).join('/'))
    .toSorted();
}

function isBelow(file: string, allowed: string): boolean {
  return file === allowed || file.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`);
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function linesOf(file: string): number {
  return read(file).split('\n').length - 1;
}
