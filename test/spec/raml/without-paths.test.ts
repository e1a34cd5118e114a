import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPaths } from '../../../src/spec/raml/without-paths.ts';

const cases: readonly (readonly [message: string, told: string])[] = [
  ["Cannot find module '/home/ada/api/x.js'", "Cannot find module '…'"],
  ['Cannot read C:\\Users\\ada\\api.raml', 'Cannot read …'],
  ['uri.indexOf is not a function', 'uri.indexOf is not a function'],
  ['either a/b or c', 'either a/b or c'],
];
for (const [message, told] of cases) test(message, () => assert.equal(withoutPaths(message), told));
