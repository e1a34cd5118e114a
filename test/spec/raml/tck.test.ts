/**
 * RAML's own conformance kit: what is valid must have no error, and in what is not the mistake must be seen.
 *
 * Cartouche serves what can be served, so that an example that does not fit is a warning; the kit's question is whether
 * it is noticed. Of a fragment that is read alone, only the parts count.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';
import { readHere } from './helpers.ts';

const kit = resolve(corporaFolder, 'raml-tck');

/** Cases that we judge wrongly, with the reason. A case that comes right must leave this list. */
const knownFailures: Readonly<Record<string, string>> = {
  'Root/mediatype-01/invalid-missing-value.raml': 'the parser drops an empty mediaType',
  'Root/include-02/valid-https.raml': 'needs the network',
  'Types/xml-serialization/invalid-wrapped-value.raml': 'values of xml facets are not checked',
  'Types/union-in-array/invalid-types-conflict.raml': 'parents that exclude each other',
  'ResourceTypes/chaining-functions/valid.raml': 'the parser takes "media" for the singular of "media"',
  'Annotations/scalar-values-annotated/invalid-missing-value.raml': 'annotated scalar without value',
  'Fragments/namedexample-02/examples/invalid-meaningless-content.raml': 'fragment alone',
  'Fragments/namedexample-01/examples/invalid-one-example.raml': 'fragment alone',
  'Overlays/double-displayname-override/valid.raml': 'a security scheme type "x-ttt" that is no reference',
  'spec-examples/APIs/external-types-invalid.raml': 'the parser drops properties beside a JSON Schema',
  'EdgeCases/restrict-number-value/invalid-restrict-number-value.raml': 'the parser does not check int16 in examples',
  'EdgeCases/parsing-param-array-type/valid-parsing-param-array-type.raml': 'refers to a library that is not there',
  'EdgeCases/include-empty-file/invalid-user.raml': 'fragment alone',
  'EdgeCases/identifying-discriminator/invalid-inexisting-descriminator.raml': 'an example with "strict: false"',
};

test('RAML 1.0 conformance kit', { skip: withoutCorpora }, async (context) => {
  const manifest: { readonly filePaths: readonly string[] } = JSON.parse(
    readFileSync(resolve(kit, 'manifest.json'), 'utf8'),
  );
  const cases = manifest.filePaths.filter((path) => /\/(in)?valid[^/]*$|invalid[^/]*$/.test(path));
  const wrong: string[] = [];
  for (const path of cases) {
    const { diagnostics } = await readHere(resolve(kit, path.replace(/^tests\//, '')), { root: kit });
    const findings = diagnostics.filter(({ message }) => !message.includes('a part for other files to include'));
    const expectsMistake = /invalid[^/]*$/.test(path);
    const sees = expectsMistake ? findings.length > 0 : findings.some(({ severity }) => severity === 'error');
    if (sees !== expectsMistake) wrong.push(path.replace(/^tests\/raml-1\.0\//, ''));
  }
  context.diagnostic(`${cases.length - wrong.length} of ${cases.length} cases judged right`);
  assert.equal(cases.length, 896);
  assert.deepEqual(wrong.sort(), Object.keys(knownFailures).sort());
});
