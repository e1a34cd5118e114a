/**
 * Tables of mistakes: what is changed in a description that is right, and what must be found then.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Files, readText, told } from './helpers.ts';

export interface Mistake {
  /** The file that is changed, if not the description itself. */
  readonly file?: string;
  readonly from: string;
  readonly to: string;
  /** `severity code file:line:column message (hint)` of each finding. */
  readonly found: readonly string[];
}

export function testMistakes(
  language: string,
  files: Readonly<Record<string, string>>,
  mistakes: Readonly<Record<string, Mistake>>,
): void {
  describe(`mistakes in ${language}`, () => {
    it('none in the description that they are made in', async () => {
      assert.deepEqual(await findings(files), []);
    });
    for (const [name, { file = 'api.raml', from, to, found }] of Object.entries(mistakes)) {
      it(name, async () => {
        const text = files[file] ?? '';
        assert.ok(text.includes(from), 'the place of the mistake');
        assert.deepEqual(await findings({ ...files, [file]: text.replace(from, () => to) }), found);
      });
    }
  });
}

async function findings({ 'api.raml': text = '', ...beside }: Files): Promise<readonly string[]> {
  const { diagnostics } = await readText(String(text), beside);
  return diagnostics.map(told);
}
