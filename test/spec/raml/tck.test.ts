/**
 * RAML's own conformance kit, by one rule for both sides: a case is accepted if `cartouche validate` has nothing to say
 * (exit code 0), and refused if it has a finding, warning or error (exit code 1 or 2).
 *
 * The parser runs without its optional parts, as it is shipped.
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
  'Fragments/namedexample-01/examples/invalid-one-example.raml':
    'any key may be the name of an example, and RAML does not tell "start: 2" from one',
  'EdgeCases/schemas-inner-definitions/invalid-references-invalid-json-schema.raml':
    'a reference that leads nowhere in the schema of a resource type that no resource has: nothing is served by it',
  ...Object.fromEntries(
    ['inherit-xsd-type-01', 'inherit-xsd-type-02', 'no-anchor-01', 'req-body-type-01', 'req-body-type-02'].map(
      (name) => [
        `Types/xsdscheme/${name}/invalid-unknown-property.raml`,
        'an example that does not fit its XML Schema: XML is kept as text, and checked by nothing that is shipped',
      ],
    ),
  ),
  'EdgeCases/identifying-discriminator/invalid-inexisting-descriminator.raml':
    'the example says "strict: false", which RAML defines as: do not validate it',
  // Refused by an error, and should be accepted.
  'Root/include-02/valid-https.raml': 'needs the network, which descriptions are read without',
  'ResourceTypes/chaining-functions/valid.raml': 'the parser takes "media" for its own singular, and the case "medium"',
  'Overlays/double-displayname-override/valid.raml':
    'its "securedBy" names the scheme "x-ttt", which no file of the case declares',
  'EdgeCases/parsing-param-array-type/valid-parsing-param-array-type.raml':
    'its types are of a library "app", which the case does not use: it is about the syntax alone',
  // A warning is given, and nothing should be said.
  'Types/PropertyOverride/override-facet/valid.raml':
    'a subtype without a facet that its parent requires, which RAML forbids ("User-Defined Facets")',
  'EdgeCases/override-parent-facet/valid.raml':
    'a subtype without a facet that its parent requires, which RAML forbids ("User-Defined Facets")',
  'Types/Facets/redefine-built-in/valid.raml':
    'declares the facet "format" of a datetime, which has one: forbidden ("User-Defined Facets")',
  'Methods/protocols-string/valid.raml':
    'RAML wants a list ("Protocols"), and the kit refuses the same text at the root of an API',
  'Annotations/target-locations/valid-response.raml':
    'an annotation with "allowedTargets: Method" stands on a response; the case of the same name for methods is right',
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
