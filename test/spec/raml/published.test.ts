/**
 * Descriptions that other people published: each must read, without an error that would keep it from being served.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiDescription } from '../../../src/model/description.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';
import { readHere, told } from './helpers.ts';

const corpus = resolve(corporaFolder, 'real');

/** Root file, numbers of paths, operations and definitions, and of warnings. */
const apis: readonly (readonly [
  file: string,
  paths: number,
  operations: number,
  definitions: number,
  warnings: number,
])[] = [
  ['raml-org+raml-examples/resourcetypes/optional-properties.raml', 2, 3, 0, 0],
  ['raml-org+raml-examples/resourcetypes/simple-resourcetype.raml', 1, 2, 0, 0],
  ['raml-org+raml-examples/traits/api.raml', 1, 5, 0, 0],
  ['raml-org+raml-examples/schemas/api.raml', 1, 2, 3, 0],
  ['raml-org+raml-examples/libraries/api.raml', 1, 1, 1, 0],
  ['raml-org+raml-examples/others/tutorial-jukebox-api/jukebox-api.raml', 9, 13, 3, 12],
  ['raml-org+raml-examples/others/world-music-api/api.raml', 4, 7, 10, 0],
  ['raml-org+raml-examples/others/alainn-mobile-shopping/hypermedia.extension.raml', 16, 20, 17, 0],
  ['raml-org+raml-examples/others/alainn-mobile-shopping/api.raml', 16, 20, 17, 0],
  ['raml-org+raml-examples/others/mobile-order-api/api.raml', 1, 1, 3, 0],
  ['raml-org+raml-examples/others/banking-api/api.raml', 12, 21, 20, 0],
  ['raml-org+raml-examples/helloworld/helloworld.raml', 1, 1, 1, 0],
  ['raml-org+raml-examples/query-parameters/api.raml', 2, 2, 0, 0],
  ['raml-org+raml-examples/annotations/advanced.raml', 1, 1, 0, 0],
  ['raml-org+raml-examples/annotations/simple-annotations.raml', 0, 0, 0, 0],
  ['raml-org+raml-examples/annotations/annotation-targets.raml', 1, 1, 1, 0],
  ['raml-org+raml-examples/typesystem/simple.raml', 1, 1, 1, 0],
  ['raml-org+raml-examples/typesystem/discriminators/discriminatorValue.raml', 0, 0, 3, 0],
  ['raml-org+raml-examples/typesystem/discriminators/discriminator.raml', 0, 0, 3, 0],
  ['raml-org+raml-examples/typesystem/complex.raml', 1, 1, 7, 0],
  ['raml-org+raml-examples/typesystem/referencing-using-libs/api.raml', 1, 1, 3, 0],
  ['raml-org+raml-examples/typesystem/file-type.raml', 0, 0, 2, 0],
  ['raml-org+raml-examples/defining-examples/using-strict.raml', 1, 1, 0, 0],
  ['raml-org+raml-examples/defining-examples/organisation-api.raml', 1, 2, 2, 0],
  ['raml-org+raml-examples/fragments/extensions/dev-api.raml', 2, 3, 3, 0],
  ['raml-org+raml-examples/fragments/extensions/api.raml', 1, 1, 2, 0],
  ['raml-org+raml-examples/fragments/overlays/spanish.overlay.raml', 2, 2, 1, 1],
  ['raml-org+raml-examples/fragments/overlays/librarybooks.raml', 2, 2, 1, 1],
  ['raml-org+raml-examples/fragments/resourcetype/api.raml', 1, 2, 0, 0],
  ['raml-org+raml-examples/fragments/datatype/general/api.raml', 0, 0, 1, 3],
  ['raml-org+raml-examples/media-types/multipart-data/api.raml', 2, 2, 4, 0],
  ['raml-org+raml-examples/media-types/defaults/api.raml', 2, 2, 2, 0],
  ['ramses-tech+ramses-example/example.raml', 7, 28, 3, 0],
  ['ramses-starter/ramses_starter/+package+/tests/api.raml', 2, 7, 1, 1],
  ['folio-org+raml/ramls/codex/codex-packages.raml', 3, 3, 7, 6],
  ['folio-org+raml/ramls/codex/codex.raml', 2, 2, 6, 3],
  ['folio-org+raml/ramls/codex/codex-instances-sources.raml', 1, 1, 2, 1],
  ['folio-org+raml/ramls/jsonSchemas.raml', 1, 1, 3, 0],
  ['folio-org+raml/ramls/tenant.raml', 2, 3, 5, 4],
  ['folio-org+raml/ramls/ramls.raml', 1, 1, 3, 0],
  ['raml-org+raml-tutorial-200/jukebox-api.raml', 9, 13, 3, 12],
  ['PhotoBackup+api/v1/api.raml', 2, 2, 0, 0],
  ['PhotoBackup+api/v2/api.raml', 2, 2, 0, 0],
  ['OMGStandards+POS-Printer-API/api.raml', 1, 1, 6, 0],
  ['DavertMik+api-petstore/api.raml', 1, 2, 2, 2],
  ['raml-apis+GitHub/api.raml', 157, 244, 151, 27],
  ['raml-apis+Uber/api.raml', 11, 12, 12, 5],
  ['raml-apis+Stripe/stripe.raml', 41, 67, 32, 0],
  ['raml-apis+Elasticsearch/api.raml', 106, 138, 45, 0],
  ['raml-apis+Uber/userActivity.raml', 1, 1, 1, 0],
  ['raml-apis+GitHub/uploadsApi.raml', 1, 1, 1, 0],
];

describe('published RAML', { skip: withoutCorpora }, () => {
  for (const [file, paths, operations, definitions, warnings] of apis) {
    test(file, async () => {
      const { description, diagnostics } = await readHere(resolve(corpus, file), rootOf(file));
      assert.ok(description);
      assert.deepEqual(diagnostics.filter(({ severity }) => severity === 'error').map(told), []);
      assert.deepEqual(
        {
          paths: description.paths.length,
          operations: description.paths.flatMap((path) => path.operations).length,
          definitions: Object.keys(description.$defs).length,
          warnings: diagnostics.length,
        },
        { paths, operations, definitions, warnings },
        diagnostics.map(told).join('\n'),
      );
      for (const finding of diagnostics) assert.ok(finding.at && finding.at.line > 0, told(finding));
      assert.deepEqual(JSON.parse(JSON.stringify(description)), { ...description, ...plain(description) });
      compileAll(description);
      checkPlaces(description);
    });
  }
});

/** FOLIO's files refer to their neighbours' folders. */
function rootOf(file: string) {
  const [repository = ''] = file.split('/');
  return repository === 'folio-org+raml' ? { root: resolve(corpus, repository) } : {};
}

/** `$defs` and places have no prototype, which `deepEqual` minds. */
function plain({ $defs, schemaPositions }: ApiDescription): Pick<ApiDescription, '$defs' | 'schemaPositions'> {
  return { $defs: { ...$defs }, schemaPositions: { ...schemaPositions } };
}

/** Every definition, and every schema of a body or parameter, is a schema that can be checked against. */
function compileAll({ $defs, paths }: ApiDescription): void {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ $defs }, 'api:');
  for (const name of Object.keys($defs)) ajv.compile({ $ref: `api:#/$defs/${encodeURIComponent(name)}` });
  for (const { operations, parameters } of paths) {
    const bodies = operations.flatMap(({ requestBody, responses }) => [
      ...(requestBody?.content ?? []),
      ...responses.flatMap(({ content }) => content),
    ]);
    const all = [...bodies, ...parameters, ...operations.flatMap((operation) => operation.parameters)];
    const texts = all.map(({ schema }) => JSON.stringify(schema ?? true).replaceAll('"#/$defs/', '"api:#/$defs/'));
    for (const text of new Set(texts)) ajv.compile({ allOf: [JSON.parse(text)] });
  }
}

function checkPlaces({ paths }: ApiDescription): void {
  const ids = new Set<string>();
  for (const { at, operations } of paths) {
    for (const place of [at, ...operations.map((operation) => operation.at)])
      assert.ok(place.line > 1 || /\//.test(place.file));
    for (const { id } of operations) {
      assert.ok(!ids.has(id), `${id} is unique`);
      ids.add(id);
    }
  }
}
