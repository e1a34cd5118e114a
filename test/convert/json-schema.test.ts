/** Folders of JSON Schemas as OpenAPI: the description that was meant. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { toOpenapi } from '../../src/convert/openapi/document.ts';
import { yamlText } from '../../src/convert/text.ts';
import { readSpec } from '../../src/spec/read.ts';
import { corporaFolder, withoutCorpora } from '../corpora/folder.ts';
import { alike } from '../spec/alike.ts';
import { assertValid } from './validators.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-convert-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const noVersion = 'There is no version, which OpenAPI asks for: it is "1".';
const rows: Readonly<Record<string, readonly string[]>> = {
  'real/ramses-tech+ramses-example/schemas': [noVersion],
  // In locationCollection.json, "locations" should be called "items".
  'real/folio-org+raml/schemas': [
    noVersion,
    'The keyword "locations" is none of JSON Schema and holds a reference; it is left out.',
  ],
};

for (const [schemas, losses] of Object.entries(rows)) {
  test(schemas, { skip: withoutCorpora }, async () => {
    const { model } = await readSpec(join(corporaFolder, schemas), { cache: false });
    assert.ok(model);
    const converted = toOpenapi(model);
    await assertValid(converted.document);
    assert.deepEqual(
      converted.losses.map(({ message }) => message),
      losses,
    );
    const written = join(folder, 'openapi.yaml');
    writeFileSync(written, yamlText(converted.document));
    const again = await readSpec(written, { cache: false });
    const errors = again.diagnostics.filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
    assert.deepEqual(alike(again.model?.bindings), alike(model.bindings));
    assert.deepEqual(alike(again.model?.resources), alike(model.resources));
  });
}
