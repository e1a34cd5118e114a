/** Real RAML as OpenAPI: valid, and the same operations bound to the same resources when it is read again. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { toOpenapi } from '../../src/convert/openapi/document.ts';
import { yamlText } from '../../src/convert/text.ts';
import type { ApiModel, Binding } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';
import { corpus } from '../corpora/descriptions.ts';
import { corporaFolder, withoutCorpora } from '../corpora/folder.ts';
import { assertValid } from './validators.ts';

/** Operations that mean something else in OpenAPI, and why. */
const exceptions: Readonly<Record<string, { readonly why: string; readonly operations: readonly string[] }>> = {
  'real/raml-org+raml-examples/traits/api.raml': {
    why: 'PUT on a collection updates all that match by the conventions of Ramses, which hold for RAML alone',
    operations: ['put /users'],
  },
  'real/raml-apis+GitHub/api.raml': {
    why: 'a path that is there under other parameter names; and RAML calls /comments a collection by its resource type',
    operations: [
      'put /teams/{teamsId}/repos/{orgId}/{repoId}',
      'put /teams/{teamsId}/repos/{ownerId}/{repoId}',
      'get /repos/{ownerId}/{repoId}/pulls/{number}/comments',
      'post /repos/{ownerId}/{repoId}/pulls/{number}/comments',
    ],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'cartouche-convert-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const real = corpus.filter(({ file }) => file.endsWith('.raml'));

for (const { file, root } of real) {
  describe(file, { skip: withoutCorpora }, () => {
    it('becomes valid OpenAPI that is read as the same', async () => {
      const confined = root === undefined ? {} : { root: join(corporaFolder, root) };
      const { model } = await readSpec(join(corporaFolder, file), { cache: false, ...confined });
      assert.ok(model);
      const { document, losses } = toOpenapi(model);
      await assertValid(document);
      for (const { at } of losses) assert.ok(at.file !== '' && at.line > 0);
      const written = join(folder, 'openapi.yaml');
      writeFileSync(written, yamlText(document));
      const again = await readSpec(written, { cache: false });
      const errors = again.diagnostics.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
      assert.ok(again.model);
      const excepted = new Set(exceptions[file]?.operations);
      const ramses = new Set(
        model.bindings.filter(({ dialect }) => dialect === 'ramses').map((each) => each.operation),
      );
      const told = (of: ApiModel) =>
        of.bindings
          .filter(({ operation }) => !excepted.has(operation))
          .map((binding) => plainly(binding, ramses.has(binding.operation)))
          .toSorted(byText);
      assert.deepEqual(told(again.model), told(model));
    });
  });
}

/** Ramses' conventions hold for RAML alone: where no response is described, OpenAPI gets plain arrays and statuses. */
function plainly(binding: Binding, isRamses: boolean): unknown {
  if (!isRamses) return binding;
  const { success: _, dialect: __, action, ...rest } = binding;
  const { envelope: ___, ...same } = { envelope: undefined, ...action };
  return { ...rest, action: same };
}

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left).localeCompare(JSON.stringify(right));
}
