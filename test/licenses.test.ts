/** Whoever gets the package gets the licences of all that is bundled in it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { thirdPartyLicenses } from '../scripts/licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('packages that state no licence in package.json', () => {
  const cases: Readonly<Record<string, RegExp>> = {
    'urlsafe-base64':
      /License: as it says:\n\n\(The MIT License\)\n\nCopyright \(c\) 2014 RGBboy[\s\S]+WITHOUT WARRANTY/,
    lrucache: /License: as it says:\n\nThe MIT License \(MIT\)\n\nCopyright \(c\) 2014-2017 zensh/,
    'json-schema-compatibility': /License: as it says:\n\nThe code is available as "public domain"[\s\S]+MIT license/,
  };
  for (const [name, expected] of Object.entries(cases)) {
    it(name, () => assert.match(thirdPartyLicenses(root, [`node_modules/${name}/index.js`]), expected));
  }
});

describe('where the licence is', () => {
  const cases: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, expected: RegExp]>> = {
    'package.json and a file': [{ 'package.json': '{"license":"ISC"}', LICENSE: 'Text.' }, /License: ISC\n\nText\./],
    'package.json alone': [{ 'package.json': '{"license":"ISC"}' }, /License: ISC\n\n-/],
    'the old forms': [{ 'package.json': '{"licenses":[{"type":"MIT"},{"type":"BSD"}]}' }, /License: MIT, BSD/],
    'the readme': [
      { 'package.json': '{}', 'readme.md': '# A\nx\n## Licence\nMine.\n## Thanks\ny' },
      /it says:\n\nMine\.\n\n-/,
    ],
  };
  for (const [name, [files, expected]] of Object.entries(cases)) {
    it(name, (t) => assert.match(licensesOf(t, files), expected));
  }

  it('nowhere: it cannot be shipped', (t) => {
    assert.throws(
      () => licensesOf(t, { 'package.json': '{"name":"a","version":"1"}' }),
      /a 1 is bundled and says nowhere/,
    );
  });
});

function licensesOf(t: { after(work: () => void): void }, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-licenses-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules/a'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'node_modules/a', name), text);
  return thirdPartyLicenses(folder, ['node_modules/a/index.js']);
}
