/**
 * Every OpenAPI document of `../shared/corpora/openapi`: 3.0 and 3.1 are read without an error, their operations
 * counted, their schemas compiled by a validator of 2020-12; 2.0 is told how to convert.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiDescription, JsonSchema } from '../../../src/model/description.ts';
import { readOpenApi } from '../../../src/spec/openapi/read.ts';
import { openSource } from '../../../src/spec/source.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';

const corpora = `${corporaFolder}openapi/`;
const skip = withoutCorpora;

const examples = 'OAI+learn.openapis.org/examples';

/** `[operations, definitions]` of each. */
const documents: Readonly<Record<string, readonly [number, number]>> = {
  [`${examples}/v3.0/api-with-examples.json`]: [2, 0],
  [`${examples}/v3.0/api-with-examples.yaml`]: [2, 0],
  [`${examples}/v3.0/callback-example.json`]: [1, 0],
  [`${examples}/v3.0/callback-example.yaml`]: [1, 0],
  [`${examples}/v3.0/link-example.json`]: [6, 3],
  [`${examples}/v3.0/link-example.yaml`]: [6, 3],
  [`${examples}/v3.0/petstore-expanded.json`]: [4, 3],
  [`${examples}/v3.0/petstore-expanded.yaml`]: [4, 3],
  [`${examples}/v3.0/petstore.json`]: [3, 3],
  [`${examples}/v3.0/petstore.yaml`]: [3, 3],
  [`${examples}/v3.0/uspto.json`]: [3, 1],
  [`${examples}/v3.0/uspto.yaml`]: [3, 1],
  [`${examples}/v3.1/non-oauth-scopes.json`]: [1, 0],
  [`${examples}/v3.1/non-oauth-scopes.yaml`]: [1, 0],
  [`${examples}/v3.1/tictactoe.json`]: [3, 6],
  [`${examples}/v3.1/tictactoe.yaml`]: [3, 6],
  [`${examples}/v3.1/webhook-example.json`]: [0, 1],
  [`${examples}/v3.1/webhook-example.yaml`]: [0, 1],
  'Redocly+museum-openapi-example/openapi.yaml': [8, 22],
};

const swagger = [
  'api-with-examples.yaml',
  'petstore-expanded.yaml',
  'petstore-minimal.yaml',
  'petstore-separate/spec/swagger.yaml',
  'petstore-simple.yaml',
  'petstore-with-external-docs.yaml',
  'petstore.yaml',
  'uber.yaml',
];

describe('OpenAPI documents of others', { skip }, () => {
  for (const [path, [operations, definitions]] of Object.entries(documents)) {
    it(path, () => {
      const { description, diagnostics, files } = readOpenApi(openSource(corpora + path));
      assert.deepEqual(
        diagnostics.filter(({ severity }) => severity !== 'info'),
        [],
      );
      assert.ok(description);
      assert.equal(description.paths.flatMap((item) => item.operations).length, operations);
      assert.equal(Object.keys(description.$defs).length, definitions);
      assert.equal(files.length, 1);
      compileAll(description);
    });
  }
  for (const name of swagger) {
    it(`Swagger 2.0: ${name}`, () => {
      const { description, diagnostics } = readOpenApi(openSource(`${corpora}${examples}/v2.0/yaml/${name}`));
      assert.equal(description, undefined);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['swagger-2'],
      );
    });
  }
});

function compileAll({ $defs, paths }: ApiDescription): void {
  const ajv = new Ajv2020({ strict: false, logger: false });
  formats.default(ajv);
  const inline: JsonSchema[] = [];
  JSON.stringify(paths, (key, value) => {
    if (key === 'schema') inline.push(value);
    return value;
  });
  const named = Object.keys($defs).map((name) => ({ $ref: `#/$defs/${name}` }));
  ajv.compile({ $defs, anyOf: [true, ...named, ...inline] });
}
