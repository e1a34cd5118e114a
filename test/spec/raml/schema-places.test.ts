/**
 * A mistake in a JSON Schema is told where it stands, wherever the schema does: in a block, in quotes, in a file of its
 * own, in a RAML file that is included. The mistake is always `strng`, and its place that of the word.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from './helpers.ts';

interface Row {
  readonly raml: string;
  readonly beside?: Readonly<Record<string, string>>;
}

const SCHEMA = '{ "properties": { "p": { "type": "strng" } } }';
const BLOCK = `{\n  "type": "object",\n  "properties": {\n    "p": { "type": "strng" }\n  }\n}\n`;
const block = (indentation: number) => BLOCK.replace(/^/gm, ' '.repeat(indentation)).trimEnd();

const rows: Readonly<Record<string, Row>> = {
  'a type in a block': { raml: `types:\n  A: |\n${block(4)}\n` },
  'a type in a folded block': { raml: `types:\n  A: >\n${block(4)}\n` },
  'a type in a block, indented deeper than it must be': { raml: `types:\n  A: |\n${block(9)}\n` },
  'a type in quotes': { raml: `types:\n  A: '${SCHEMA}'\n` },
  'the second of two that are alike at first': {
    raml: `types:\n  B: |\n${block(4).replace('strng', 'string')}\n  A: |\n${block(4)}\n`,
  },
  'under "type", beside a description': { raml: `types:\n  A:\n    description: D\n    type: |\n${block(6)}\n` },
  'a body in a block': { raml: `/a:\n  post:\n    body:\n      application/json: |\n${block(8)}\n` },
  'a body of a response': {
    raml: `/a:\n  get:\n    responses:\n      200:\n        body:\n          application/json:\n            type: |\n${block(14)}\n`,
  },
  'a file': { raml: 'types:\n  A: !include a.json\n', beside: { 'a.json': BLOCK } },
  'a file under "type"': { raml: 'types:\n  A:\n    type: !include s/a.json\n', beside: { 's/a.json': BLOCK } },
  'a part of a file': {
    raml: 'types:\n  A: !include a.json#/definitions/a\n',
    beside: { 'a.json': `{ "definitions": { "a": ${BLOCK} } }` },
  },
  'a file that a file refers to': {
    raml: 'types:\n  A: !include a.json\n',
    beside: { 'a.json': '{ "items": { "$ref": "b.json" } }', 'b.json': BLOCK },
  },
  'a block in a DataType': {
    raml: 'types:\n  A: !include a.raml\n',
    beside: { 'a.raml': `#%RAML 1.0 DataType\ndescription: D\ntype: |\n${block(2)}\n` },
  },
  'a block in a library': {
    raml: 'uses: { l: l/l.raml }\n/a:\n  post: { body: l.A }\n',
    beside: { 'l/l.raml': `#%RAML 1.0 Library\ntypes:\n  A: |\n${block(4)}\n` },
  },
  'a file that a library includes': {
    raml: 'uses: { l: l/l.raml }\n/a:\n  post: { body: l.A }\n',
    beside: { 'l/l.raml': '#%RAML 1.0 Library\ntypes:\n  A: !include a.json\n', 'l/a.json': BLOCK },
  },
  'a block in a resource type': {
    raml: `resourceTypes:\n  c:\n    post:\n      body:\n        application/json: |\n${block(10)}\n/a:\n  type: c\n/b:\n  type: c\n`,
  },
  'a block in a resource that is included': {
    raml: '/a: !include a.raml\n',
    beside: { 'a.raml': `post:\n  body:\n    application/json: |\n${block(6)}\n` },
  },
};

const rows08: Readonly<Record<string, Row>> = {
  'a named schema in a block': { raml: `schemas:\n  - a: |\n${block(6)}\n` },
  'a named schema in quotes': { raml: `schemas: [ a: '${SCHEMA}' ]\n` },
  'a named schema in a file': { raml: 'schemas: [ a: !include a.json ]\n', beside: { 'a.json': BLOCK } },
  'a file of named schemas': {
    raml: 'schemas:\n  - !include s/s.yaml\n',
    beside: { 's/s.yaml': `a: |\n${block(2)}\n` },
  },
  'a body in a block': { raml: `/a:\n  post:\n    body:\n      application/json:\n        schema: |\n${block(10)}\n` },
  'a body in a resource that is included': {
    raml: '/a: !include r/a.yaml\n',
    beside: { 'r/a.yaml': `post:\n  body:\n    application/json:\n      schema: |\n${block(8)}\n` },
  },
  'a body in a file of a resource that is included': {
    raml: '/a: !include r/a.yaml\n',
    beside: { 'r/a.yaml': 'post: { body: { application/json: { schema: !include a.json } } }\n', 'r/a.json': BLOCK },
  },
};

for (const [version, table] of Object.entries({ '1.0': rows, '0.8': rows08 })) {
  describe(`a mistake in a JSON Schema of RAML ${version}`, () => {
    for (const [name, { raml, beside = {} }] of Object.entries(table)) {
      it(name, async () => {
        const files = { 'api.raml': `#%RAML ${version}\ntitle: T\nmediaType: application/json\n${raml}`, ...beside };
        const { diagnostics } = await readText(files['api.raml'], beside);
        assert.deepEqual(
          diagnostics.map(({ code, at }) => `${code} ${at?.file}:${at?.line}:${at?.column}`),
          [`unknown-type ${placeOfMistake(files)}`],
        );
      });
    }
  });
}

function placeOfMistake(files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    const before = text.split('"strng"')[0] ?? '';
    if (before === text) continue;
    const lines = before.split('\n');
    return `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
  }
  return assert.fail('no mistake');
}
