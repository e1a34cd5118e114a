/**
 * Reading a YAML text part by part gives what reading it whole gives: the same values, the same places, the same findings.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { ParsedText } from '../../../src/spec/document/document.ts';
import { childOf, type DocumentNode, rootOf } from '../../../src/spec/document/node.ts';
import { parseInParts, parseYaml } from '../../../src/spec/document/yaml.ts';
import { partsOf } from '../../../src/spec/document/yaml-parts.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';

/** Parts of one entry each, wherever entries can be told. */
const SMALL = 1;

const texts: Readonly<Record<string, string>> = {
  'nested mappings': 'a:\n  b:\n    c: 1\n    d: 2\n  e: 3\nf: 4\n',
  'a first line of three dashes': '---\na:\n  b: 1\n',
  'comments and empty lines, indented anyhow': '# x\na: # y\n# z\n\n    # w\n  b: 1\n      # v\n\n  c: 2\n',
  'ends of lines as on Windows': 'a:\r\n  b: 1\r\nc: 2\r\n',
  'no end of the last line': 'a:\n  b: 1',
  'lists, indented and not': 'a:\n- 1\n- b: 2\n  c: 3\nd:\n  - 4\ne:\n  f:\n  - 5\n  g: 6\n',
  'texts of many lines': 'a: |\n  b: 1\n  c: 2\nd: >-\n\n  e\n\n  f\ng: plain\n  and more\nh: "quoted\n  k: 1"\n',
  'a text with less indented empty lines': 'a:\n  b: |\n    x\n\n    y\n  c: 1\n',
  'brackets over many lines': 'a: {\n  b: 1\n}\nc:\n  d: [\n    1\n  ]\n  e: 2\n',
  'keys in quotes, with colons, and as paths': '"a: b":\n  c: 1\n\'d\':\n  e: 2\n/f/{g}:\n  200: x\n"/h":\n  i: 3\n',
  'anchors, aliases and merge keys': 'a: &x\n  b: 1\nc:\n  <<: *x\n  d: *x\ne:\n  f: *x\n',
  'a merge key at the top': 'a: &x\n  b: 1\n<<: *x\nc: 2\n',
  'values of every kind': 'a: null\nb: ~\nc:\nd: yes\ne: 1.0\nf: 0x10\ng: "1"\n',
  'a key twice': 'a:\n  b: 1\na: 2\n',
  'a key twice, deeper': 'a:\n  b: 1\n  c: 2\n  b: 3\n',
  'names of prototypes': '__proto__:\n  a: 1\nconstructor:\n  b: 2\n',
};

describe('parts of YAML', () => {
  for (const [name, text] of Object.entries(texts)) {
    it(name, () => assertAlike(text));
  }

  it('2,000 random values', () => {
    const value = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 });
    fc.assert(
      fc.property(value, fc.constantFrom(1, 2, 4), fc.boolean(), (each, indent, indentSeq) => {
        assertAlike(stringify(each, { indent, indentSeq, lineWidth: 40 }));
      }),
      { numRuns: 2_000 },
    );
  });

  it('what is no block mapping has no parts', () => {
    for (const text of ['- a\n- b\n', '? a\n: b\n', 'a: 1\n---\nb: 2\n', '%YAML 1.2\n---\na: 1\n']) {
      assert.equal(partsOf(text, SMALL), undefined, text);
    }
  });
});

describe('parts of YAML from other people', { skip: withoutCorpora }, () => {
  for (const folder of ['openapi', 'real']) {
    it(folder, () => {
      const names = readdirSync(join(corporaFolder, folder), { recursive: true, encoding: 'utf8' });
      const found = names.filter((name) => /\.(ya?ml|raml)$/.test(name));
      assert.ok(found.length > 10);
      let inParts = 0;
      for (const name of found) {
        const text = readFileSync(join(corporaFolder, folder, name), 'utf8');
        if (partsOf(text, SMALL)) inParts++;
        if (partsOf(text, SMALL)) assertAlike(text, name);
      }
      assert.ok(inParts > found.length / 2, `${inParts} of ${found.length}`);
    });
  }
});

function assertAlike(text: string, name = text): void {
  const whole = parseYaml(text, locate);
  for (const size of [SMALL, 40]) {
    if (!partsOf(text, size)) continue;
    const inParts = parseInParts(text, locate, size);
    // Errors of syntax may be told otherwise: a part ends where the whole goes on.
    if (whole.diagnostics.some(({ code, severity }) => code === 'syntax-error' && severity === 'error')) continue;
    assert.deepEqual(described(inParts), described(whole), name);
  }
}

function locate(offset: number) {
  return { file: 'a.yaml', line: 1, column: offset };
}

function described({ value, start, diagnostics, ...parsed }: ParsedText) {
  const document = { ...parsed, value, start, diagnostics, file: 'a.yaml', placeAt: locate };
  const places: unknown[] = [];
  const walk = (node: DocumentNode, depth: number): void => {
    if (typeof node.value !== 'object' || node.value === null || depth > 40) return;
    for (const key of Object.keys(node.value)) {
      places.push([key, parsed.entryOf(node, key)]);
      walk(childOf(node, key), depth + 1);
    }
  };
  walk(rootOf(document), 0);
  return { value, start, places, diagnostics };
}
