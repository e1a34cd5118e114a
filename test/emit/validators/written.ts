/** Validators of a model as an emitted project has them: written to files, and imported. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { emitValidators } from '../../../src/emit/validators/emit-validators.ts';
import type { ApiModel } from '../../../src/model/types.ts';
import type { ChecksAhead } from '../../../src/runtime/validation/ahead.ts';
import { importAjv } from '../../../src/runtime/validation/compiler.ts';

export async function emitted(model: ApiModel) {
  return emitValidators(model, await importAjv(), { folder: 'src/validators', runtime: 'src/cartouche' });
}

export async function writtenValidators(model: ApiModel): Promise<ChecksAhead> {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-validators-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const { path, text } of await emitted(model)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { validators }: { validators: ChecksAhead } = await import(
    pathToFileURL(join(folder, 'src/validators/index.js')).href
  );
  return validators;
}
