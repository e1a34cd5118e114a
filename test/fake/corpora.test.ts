import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sample } from '../../src/fake/sample.ts';
import { readSpec } from '../../src/spec/read.ts';
import { corporaFolder, withoutCorpora } from '../corpora/folder.ts';
import { createAccepts } from './accepts.ts';

/** Descriptions of other people with schemas of every kind: recursive, wide, JSON Schema drafts, RAML types, unions. */
const descriptions = [
  'real/ramses-tech+ramses-example/example.raml',
  'real/raml-apis+Stripe/stripe.raml',
  'real/raml-org+raml-examples/typesystem/complex.raml',
  'real/raml-org+raml-examples/typesystem/discriminators/discriminator.raml',
  'real/folio-org+raml/ramls/codex/codex.raml',
  'openapi/OAI+learn.openapis.org/examples/v3.0/link-example.yaml',
  'openapi/OAI+learn.openapis.org/examples/v3.1/tictactoe.yaml',
  'openapi/OAI+learn.openapis.org/examples/v3.1/webhook-example.yaml',
  'openapi/Redocly+museum-openapi-example/openapi.yaml',
];

describe('every definition of a real description has a valid sample, small enough to read', {
  skip: withoutCorpora,
}, () => {
  for (const file of descriptions) {
    test(file, async () => {
      const { model } = await readSpec(corporaFolder + file);
      assert.ok(model);
      const accepts = createAccepts(model.$defs);
      for (const name of Object.keys(model.$defs)) {
        const schema = { $ref: `#/$defs/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}` };
        for (const options of [{ accepts }, { seed: 7, examples: false }]) {
          const value = sample(schema, model.$defs, options);
          const text = JSON.stringify(value);
          assert.ok(accepts(schema, value), `${name}: ${text}`);
          assert.ok(text.length < 50_000, `${name}: ${text.length} characters`);
        }
      }
    });
  }
});
