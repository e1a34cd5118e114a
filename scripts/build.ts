/**
 * Builds what the package ships, into `dist/`:
 *
 * - `cli.cjs`: the command line in one CommonJS file, everything inside but native code, for a quick start
 *   (`bin/run-cached.cjs` runs it with V8's code cache, and knows it by the digest on its first line)
 * - `raml-worker.cjs`: the RAML reader's worker thread with raml-1-parser inside, repaired by our `overrides`, which npm
 *   would not apply in somebody else's project
 * - `sqlite-reader.cjs`: the thread for reads that take long
 * - `sources.json`: the sources that emitted projects get copies of
 * - `index.js` and `types/`: the library, packages outside
 * - `THIRD-PARTY-LICENSES.txt`: whose code is inside
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { thirdPartyLicenses } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Loaded where they are used and not bundled: native code, and what only large installations need. */
const OUTSIDE = ['@photostructure/sqlite', 'better-sqlite3', 'mongoose', '@elastic/elasticsearch'];

/** Optional parts of raml-1-parser: XSD and examples checked by code that we replace (one of them without a licence). */
const LEFT_OUT_OF_WORKER = ['raml-xml-validation', 'raml-json-validation', 'xmllint-jsparser'];

/**
 * What the command line loads at each start and never uses, with the package that asks for it: `express.json`,
 * `response.type` and their kin, which wait for applications that somebody writes, and commands that are programs of
 * their own.
 */
const LEFT_OUT_OF_COMMANDS = [
  { path: 'body-parser', importer: 'express' },
  { path: 'mime-db', importer: 'mime-types' },
  { path: 'node:child_process', importer: 'commander' },
];

const commonJs = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  external: OUTSIDE,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
  // Becomes require(): vm.Script has no import() that would not print a warning.
  supported: { 'dynamic-import': false },
  // `resolve` finds tsx in development and is never reached in a bundle.
  define: { 'import.meta.url': 'bundleUrl', 'import.meta.resolve': 'undefined' },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
} as const satisfies BuildOptions;

/** Makes imports empty. */
function leaveOut(isLeftOut: (path: string, importer: string) => boolean): Plugin {
  return {
    name: 'leave-out',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, importer }) =>
        isLeftOut(path, importer) ? { path, namespace: 'left-out' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

async function main(): Promise<void> {
  rmSync(`${root}/dist`, { recursive: true, force: true });
  mkdirSync(`${root}/dist`);
  const results = await Promise.all([
    build({
      ...commonJs,
      entryPoints: { cli: 'src/cli.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      plugins: [
        leaveOut((path, from) =>
          LEFT_OUT_OF_COMMANDS.some((one) => one.path === path && from.includes(`/node_modules/${one.importer}/`)),
        ),
      ],
    }),
    build({
      ...commonJs,
      entryPoints: { 'raml-worker': 'src/spec/raml/worker.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      plugins: [leaveOut((path) => LEFT_OUT_OF_WORKER.includes(path))],
    }),
    build({
      ...commonJs,
      entryPoints: { 'sqlite-reader': 'src/stores/sqlite/reader-worker.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
    }),
  ]);
  prependDigest(`${root}/dist/cli.cjs`);
  writeFileSync(`${root}/dist/sources.json`, JSON.stringify(emittableSources()));
  await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
  });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  const inputs = results.flatMap(({ metafile }) => bundledInputs(metafile));
  writeFileSync(`${root}/dist/THIRD-PARTY-LICENSES.txt`, thirdPartyLicenses(root, inputs));
}

/** What no service needs: reading descriptions, and commands. */
const NEVER_EMITTED = /^(?:spec|emit|commands|cli|convert|diff|diagnostics)(?:\/|\.ts$)|^index\.ts$/;

/** Texts by their paths: all of what a project can need, of which each takes its part. */
function emittableSources(): Readonly<Record<string, string>> {
  const paths = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !NEVER_EMITTED.test(path))
    .toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(`${root}/src/${path}`, 'utf8')]));
}

function prependDigest(file: string): void {
  const content = readFileSync(file);
  const digest = createHash('sha256').update(content).digest('hex');
  writeFileSync(file, Buffer.concat([Buffer.from(`// ${digest}\n`), content]));
}

/** Files of which something is left in the output; others were looked at only. */
function bundledInputs(metafile: Metafile): readonly string[] {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
}

await main();
