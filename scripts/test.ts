/**
 * Runs the tests: all of `test/**` + `.test.ts`, or those below the paths given (`npm test -- test/stores`). Options
 * (`--test-name-pattern=…`) are handed on. Node 20 has no globs for `--test`, so the files are listed here.
 *
 * `FAILURES=FILE` in the environment writes the failures alone to that file too, for whoever reads only the end of a log.
 */
import { spawnSync } from 'node:child_process';
import { testFiles } from './test-files.ts';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const files = testFiles(paths.length > 0 ? paths : ['test']);
if (files.length === 0) {
  console.error(`No test file (*.test.ts) below ${paths.join(', ')}.`);
  process.exit(2);
}
const run = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...reporters(), ...options, ...files], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);

function reporters(): readonly string[] {
  const spec = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const { FAILURES: file } = process.env;
  if (file === undefined) return spec;
  return [...spec, '--test-reporter=./scripts/failures.mjs', `--test-reporter-destination=${file}`];
}
