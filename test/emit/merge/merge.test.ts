import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { merge, type ThreeWay } from '../../../src/emit/merge/merge.ts';

interface Case extends ThreeWay {
  readonly file: string;
  readonly text: string;
  readonly conflicts?: readonly string[];
}

const base = '{\n  "scripts": {\n    "build": "tsc",\n    "test": "node --test"\n  }\n}\n';
const workflow = '# CI\non: push\njobs:\n  test:\n    steps:\n      - run: npm ci\n';

const cases: Readonly<Record<string, Case>> = {
  'package.json: a script added on each side': {
    file: 'package.json',
    base,
    ours: base.replace('"test"', '"dev": "tsx",\n    "test"'),
    theirs: base.replace('"test"', '"lint": "biome",\n    "test"'),
    text: '{\n  "scripts": {\n    "build": "tsc",\n    "lint": "biome",\n    "dev": "tsx",\n    "test": "node --test"\n  }\n}\n',
  },
  'package.json: one version changed by both': {
    file: 'package.json',
    base: '{"a":1,"b":1}',
    ours: '{"a":2,"b":1}',
    theirs: '{"a":3,"b":2}',
    text: '{"a":2,"b":2}',
    conflicts: ['a'],
  },
  'package.json: deleted by the user, changed by us': {
    file: 'package.json',
    base: '{"scripts":{"a":"1"}}',
    ours: '{"scripts":{}}',
    theirs: '{"scripts":{"a":"2"}}',
    text: '{"scripts":{}}',
    conflicts: ['scripts.a'],
  },
  'package.json: deleted by us, left alone by the user': {
    file: 'package.json',
    base: '{"a":1,"b":1}',
    ours: '{"c":1,"a":1,"b":1}',
    theirs: '{"a":1}',
    text: '{"c":1,"a":1}',
  },
  'package.json: a list of names with one more on each side': {
    file: 'package.json',
    base: '{"files":["dist","docs"]}',
    ours: '{"files":["bin","dist","docs"]}',
    theirs: '{"files":["dist","api"]}',
    text: '{"files":["bin","dist","api"]}',
  },
  'package.json: tabs and no newline at the end stay': {
    file: 'package.json',
    base: '{"a":1}',
    ours: '{\n\t"a": 1\n}',
    theirs: '{"a":2}',
    text: '{\n\t"a": 2\n}',
  },
  'package.json: a member called __proto__': {
    file: 'package.json',
    base: '{"a":1}',
    ours: '{"a":1,"b":1}',
    theirs: '{"a":1,"__proto__":{"x":1}}',
    text: '{"a":1,"__proto__":{"x":1},"b":1}',
  },
  'tsconfig.json with comments: by lines': {
    file: 'tsconfig.json',
    base: '{\n  "a": 1,\n\n\n  "b": 1\n}\n',
    ours: '{\n  // ours\n  "a": 1,\n\n\n  "b": 1\n}\n',
    theirs: '{\n  "a": 1,\n\n\n  "b": 2\n}\n',
    text: '{\n  // ours\n  "a": 1,\n\n\n  "b": 2\n}\n',
  },
  'YAML: comments of both sides stay': {
    file: 'ci.yml',
    base: workflow,
    ours: workflow.replace('# CI', '# Our CI'),
    theirs: workflow.replace('npm ci', 'npm ci # locked'),
    text: '# Our CI\non: push\njobs:\n  test:\n    steps:\n      - run: npm ci # locked\n',
  },
  'YAML: a key added on each side in one place': {
    file: 'compose.yaml',
    base: 'services:\n  api:\n    image: a\n',
    ours: 'services:\n  api:\n    image: a\n  mine: # by hand\n    image: m\n',
    theirs: 'services:\n  api:\n    image: a\n  mongo: # emitted\n    image: db\n',
    // The comment is kept, on a line of its own.
    text: 'services:\n  api:\n    image: a\n  mine:\n    # by hand\n    image: m\n  mongo:\n    # emitted\n    image: db\n',
  },
  'YAML: one value changed by both': {
    file: 'compose.yaml',
    base: 'a: 1\n',
    ours: 'a: 2\n',
    theirs: 'a: 3\n',
    text: 'a: 2\n',
    conflicts: ['a'],
  },
  'lines: far from each other': {
    file: 'Dockerfile',
    base: 'FROM a\n\nCOPY .\n\nCMD x\n',
    ours: 'FROM a\nRUN mine\n\nCOPY .\n\nCMD x\n',
    theirs: 'FROM a\n\nCOPY .\n\nCMD y\n',
    text: 'FROM a\nRUN mine\n\nCOPY .\n\nCMD y\n',
  },
  'lines: the same change on both sides': {
    file: 'Dockerfile',
    base: 'a\nb\n',
    ours: 'a\nc\n',
    theirs: 'a\nc\nd\n',
    text: 'a\nc\n',
    conflicts: ['line 2'],
  },
  'lines: an editor that ends lines as Windows does': {
    file: 'Dockerfile',
    base: 'a\nb\nc\n',
    ours: 'a\r\nb\r\nc\r\n',
    theirs: 'a\nb\nd\n',
    text: 'a\r\nb\r\nd\r\n',
  },
};

describe('what each side changed is merged', () => {
  for (const [name, { file, text, conflicts = [], ...files }] of Object.entries(cases)) {
    test(name, () => {
      const merged = merge(file, files);
      assert.deepEqual(
        merged.conflicts.map(({ place }) => place),
        conflicts,
      );
      assert.equal(merged.text, text);
    });
  }
});

const documents = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.oneof(fc.nat(3), fc.dictionary(fc.constantFrom('x', 'y'), fc.nat(3))),
);

for (const [file, write] of [
  ['package.json', (value: unknown) => JSON.stringify(value, null, 2)],
  ['ci.yaml', (value: unknown) => JSON.stringify(value)],
] as const) {
  test(`${file}: without a conflict each change of either side is there`, () => {
    fc.assert(
      fc.property(documents, documents, documents, (before, mine, now) => {
        const merged = merge(file, { base: write(before), ours: write(mine), theirs: write(now) });
        if (merged.conflicts.length > 0) return;
        const value = parse(merged.text) as Readonly<Record<string, unknown>>;
        for (const name of ['a', 'b', 'c', 'd'] as const) {
          const [was, own, their] = [before, mine, now].map((side) => JSON.stringify(side[name]));
          if (was === own) assert.equal(JSON.stringify(value[name]), their, name);
          else if (was === their) assert.equal(JSON.stringify(value[name]), own, name);
        }
      }),
    );
  });
}
