/**
 * RAML's own conformance kit, by one rule for both sides: a case is accepted if `cartouche validate` has nothing to say
 * (exit code 0), and refused if it has a finding, warning or error (exit code 1 or 2).
 *
 * So a warning about a valid case is as wrong as silence about an invalid one. Why warnings count: Cartouche serves what
 * can be served, so that an example that does not fit, or an annotation in the wrong place, is a warning, while the
 * kit asks whether it is noticed. Of a fragment that is read alone, only the parts count.
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
  // Accepted, and should be refused.
  'Root/mediatype-01/invalid-missing-value.raml': 'the parser drops an empty mediaType',
  'Types/xml-serialization/invalid-wrapped-value.raml': 'fragment alone: its types are not converted',
  'Annotations/scalar-values-annotated/invalid-missing-value.raml':
    'the parser drops an annotated scalar without value',
  'Fragments/namedexample-02/examples/invalid-meaningless-content.raml': 'fragment alone',
  'Fragments/namedexample-01/examples/invalid-one-example.raml': 'fragment alone',
  'EdgeCases/include-empty-file/invalid-user.raml': 'fragment alone',
  'EdgeCases/identifying-discriminator/invalid-inexisting-descriminator.raml': 'an example with "strict: false"',
  // Refused by an error, and should be accepted.
  'Root/include-02/valid-https.raml': 'needs the network',
  'ResourceTypes/chaining-functions/valid.raml': 'the parser takes "medium" for the singular of "media"',
  'Overlays/double-displayname-override/valid.raml': 'names a security scheme "x-ttt" that is nowhere declared',
  'EdgeCases/parsing-param-array-type/valid-parsing-param-array-type.raml': 'refers to a library that is not there',
  // A warning is given, and nothing should be said.
  'Types/PropertyOverride/override-facet/valid.raml': 'leaves out a required facet, which other cases forbid',
  'EdgeCases/override-parent-facet/valid.raml': 'leaves out a required facet, which other cases forbid',
  'Types/Facets/redefine-built-in/valid.raml': 'redefines a built-in facet, which other cases forbid',
  'Types/ObjectTypes/pattern-property-two/valid.raml': 'the parser checks a declared property against a pattern, too',
  'Methods/protocols-string/valid.raml': 'protocols that are no list, which another case forbids at the root',
  'MethodResponses/example-json/valid.raml': 'an undeclared property in an example: allowed, and mostly a slip',
  'Annotations/target-locations/valid-response.raml': 'its annotation is for methods, and stands on a response',
};

test('RAML 1.0 conformance kit', { skip: withoutCorpora }, async (context) => {
  const manifest: { readonly filePaths: readonly string[] } = JSON.parse(
    readFileSync(resolve(kit, 'manifest.json'), 'utf8'),
  );
  const cases = manifest.filePaths.filter((path) => /\/(in)?valid[^/]*$|invalid[^/]*$/.test(path));
  const wrong: string[] = [];
  for (const path of cases) {
    const { diagnostics } = await readHere(resolve(kit, path.replace(/^tests\//, '')), { root: kit });
    const findings = diagnostics.filter(
      ({ message, severity }) => severity !== 'info' && !message.includes('a part for other files to include'),
    );
    const isInvalid = /invalid[^/]*$/.test(path);
    if (findings.length > 0 !== isInvalid) wrong.push(path.replace(/^tests\/raml-1\.0\//, ''));
  }
  context.diagnostic(`${cases.length - wrong.length} of ${cases.length} cases judged right`);
  assert.equal(cases.length, 896);
  assert.deepEqual(wrong.sort(), Object.keys(knownFailures).sort());
});
