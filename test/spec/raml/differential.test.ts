/**
 * RAML types as JSON Schema, against a second opinion: what we make of a type and what MuleSoft's parser makes of it
 * must say the same of every value. Where they do not, the difference is listed with its reason.
 *
 * The seed is printed; `SEED=… npm test -- test/spec/raml/differential.test.ts` repeats a run.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Diagnostic } from '../../../src/diagnostics.ts';
import { sample } from '../../../src/fake/sample.ts';
import type { ApiDescription } from '../../../src/model/description.ts';
import { isObject, type Json } from '../../../src/spec/record.ts';
import { opinionsOf } from './amf.ts';
import { type CorpusFile, hasCorpora, isInvalidCase, kitCases, kitFile, publishedFiles } from './corpora.ts';
import { readHere } from './helpers.ts';
import { mutationsOf, STRANGERS } from './mutations.ts';

const seed = process.env.SEED ?? String(Math.floor(Math.random() * 1e9));
const MUTATIONS_OF_A_TYPE = 40;

describe('RAML types as JSON Schema', { skip: !hasCorpora && 'the corpora are not here' }, async () => {
  const readings = hasCorpora ? await readAll([...kitCases().map(kitFile), ...publishedFiles()]) : [];

  test('every named type compiles', (context) => {
    const types = readings.flatMap(({ description }) => [...validatorsOf(description.$defs).keys()]);
    context.diagnostic(`${types.length} types`);
    assert.ok(types.length > 900);
  });

  test('examples fit the types that the parser finds them to fit', (context) => {
    const checked = readings
      .filter(({ diagnostics }) => !diagnostics.some(({ code }) => code === 'example-mismatch'))
      .flatMap(examplesByType);
    context.diagnostic(`${checked.length} examples`);
    assert.ok(checked.length > 80);
    assert.deepEqual(
      checked.filter(({ accepts, example }) => !accepts(example)).map(({ name, example }) => ({ name, example })),
      [],
    );
  });

  test('mutated values are judged as AMF judges them', async (context) => {
    context.diagnostic(`seed ${seed}`);
    const counts = { types: 0, values: 0 };
    const explained = new Map<string, number>(EXPLANATIONS.map(({ reason }) => [reason, 0]));
    const unexplained: string[] = [];
    for (const { file, description } of readings.filter(isJudged)) {
      const opinions = await opinionsOf(file.path);
      const ours = validatorsOf(description.$defs);
      const relaxed = EXPLANATIONS.map(
        ({ reason, relax }) => [reason, validatorsOf(relax(description.$defs))] as const,
      );
      for (const [name, accepts] of ours) {
        const opinion = opinions.get(name.replace(/^.*\./, ''));
        if (!opinion || isXml(description.$defs[name])) continue;
        counts.types++;
        for (const value of valuesFor(name, description.$defs, `${seed} ${file.name} ${name}`)) {
          counts.values++;
          const verdict = opinion(value);
          if (accepts(value) === verdict) continue;
          const reason = relaxed.find(([, validators]) => validators.get(name)?.(value) === verdict)?.[0];
          if (reason === undefined)
            unexplained.push(`${file.name} ${name}: AMF says ${verdict} of ${JSON.stringify(value)}`);
          else explained.set(reason, (explained.get(reason) ?? 0) + 1);
        }
      }
    }
    context.diagnostic(`${counts.values} values of ${counts.types} types`);
    for (const [reason, count] of explained) context.diagnostic(`${count} differ: ${reason}`);
    assert.deepEqual(unexplained, []);
    assert.ok(counts.values > 10_000);
    assert.deepEqual(
      [...explained].filter(([, count]) => count === 0),
      [],
      'an explanation that explains nothing must leave the list',
    );
  });
});

type Definitions = ApiDescription['$defs'];

/** Where AMF's schema says less than RAML: our schema without that part must agree with it. */
const EXPLANATIONS: readonly { readonly reason: string; relax($defs: Definitions): Definitions }[] = [
  {
    reason: 'a discriminator only takes the names of the type and its subtypes',
    relax: ($defs) => rewritten($defs, withoutDiscriminatorValues),
  },
  {
    reason: 'a declared property wins over a pattern, and the first pattern over the others',
    relax: ($defs) => rewritten($defs, withoutExceptions),
  },
  {
    reason: 'the format "int" is a number of 32 bits',
    relax: ($defs) =>
      rewritten($defs, ({ format, ...schema }) => (format === 'int32' ? schema : { format, ...schema })),
  },
];

function rewritten($defs: Definitions, rewrite: (value: Json) => Json): Definitions {
  return JSON.parse(JSON.stringify($defs, (_, value: unknown) => (isObject(value) ? rewrite(value) : value)));
}

function withoutDiscriminatorValues(schema: Json): Json {
  const { discriminator, properties } = schema;
  const name = isObject(discriminator) ? String(discriminator.propertyName) : '';
  if (!isObject(properties) || !isObject(properties[name])) return schema;
  const { enum: _, ...open } = properties[name];
  return { ...schema, properties: { ...properties, [name]: open } };
}

/** Also takes `additionalProperties`, which stand for the pattern that matches every name, as one pattern of many. */
function withoutExceptions(schema: Json): Json {
  if (!isObject(schema.patternProperties)) return schema;
  const { additionalProperties: others = true, patternProperties, ...rest } = schema;
  const patterns = Object.entries(patternProperties).map(([pattern, value]) => [
    /^\^\(\?!.*?\)(?:\[\\s\\S\]\*\?)?\(\?:(.*)\)$/s.exec(pattern)?.[1] ?? pattern,
    value,
  ]);
  const all = isObject(others) ? { ...Object.fromEntries(patterns), '': others } : Object.fromEntries(patterns);
  return { ...rest, ...(!isObject(others) && { additionalProperties: others }), patternProperties: all };
}

function isJudged({ file, description }: Reading): boolean {
  return !isInvalidCase(file.name) && description.format === 'raml-1.0';
}

function isXml(schema: unknown): boolean {
  return isObject(schema) && schema['x-xml-schema'] !== undefined;
}

function valuesFor(name: string, $defs: Definitions, ownSeed: string): readonly unknown[] {
  const values = [sample({ $ref: `#/$defs/${name}` }, $defs, { seed: ownSeed }), ...examplesIn($defs[name])];
  return [...values, ...STRANGERS, ...mutationsOf(values, MUTATIONS_OF_A_TYPE, ownSeed)];
}

function examplesByType({ file, description: { $defs } }: Reading) {
  return [...validatorsOf($defs)].flatMap(([name, accepts]) =>
    examplesIn($defs[name]).map((example) => ({ name: `${file.name} ${name}`, accepts, example })),
  );
}

interface Reading {
  readonly file: CorpusFile;
  readonly description: ApiDescription;
  readonly diagnostics: readonly Diagnostic[];
}

/** What can be served: descriptions without an error. */
async function readAll(files: readonly CorpusFile[]): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const file of files) {
    const { description, diagnostics } = await readHere(file.path, { root: file.root });
    const isServed = !diagnostics.some(({ severity }) => severity === 'error');
    if (description && isServed) readings.push({ file, description, diagnostics });
  }
  return readings;
}

function examplesIn(schema: unknown): readonly unknown[] {
  const examples = isObject(schema) ? schema.examples : undefined;
  return Array.isArray(examples) ? examples : [];
}

/** One for all: to compile the metaschemas costs more than most descriptions. */
const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, logger: false });
addFormats.default(ajv);

function validatorsOf($defs: Definitions): ReadonlyMap<string, (value: unknown) => boolean> {
  ajv.addSchema({ $defs }, 'api:');
  const validators = Object.keys($defs).map((name) => {
    const validate = ajv.compile<unknown>({ $ref: `api:#/$defs/${pointerStep(name)}` });
    return [name, (value: unknown) => validate(value)] as const;
  });
  ajv.removeSchema('api:');
  return new Map(validators);
}

function pointerStep(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
