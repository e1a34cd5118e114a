/**
 * Validators that were compiled ahead say what ajv says at run time, word for word: for all real descriptions, by values
 * that are right, and by such that are wrong in a place or two.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sample } from '../../../src/fake/sample.ts';
import { buildModel } from '../../../src/model/build.ts';
import type { JsonSchema } from '../../../src/model/description.ts';
import type { ApiModel } from '../../../src/model/types.ts';
import type { ChecksAhead } from '../../../src/runtime/validation/ahead.ts';
import { askedSchemas } from '../../../src/runtime/validation/asked.ts';
import type { Purpose } from '../../../src/runtime/validation/purpose.ts';
import { UnusableSchema } from '../../../src/runtime/validation/unusable-schema.ts';
import { type Check, loadValidator, type Validator } from '../../../src/runtime/validation/validator.ts';
import { readSpec } from '../../../src/spec/read.ts';
import { corpus } from '../../corpora/descriptions.ts';
import { corporaFolder, withoutCorpora } from '../../corpora/folder.ts';
import { describe as description, object, ref } from '../../model/describe.ts';
import { mutated } from './mutations.ts';
import { emitted, writtenValidators } from './written.ts';

const wide: Readonly<Record<string, JsonSchema>> = {
  Animal: {
    type: 'object',
    properties: { kind: { type: 'string' }, name: { type: 'string', minLength: 2 } },
    required: ['kind'],
    discriminator: { propertyName: 'kind' },
  },
  Lion: { allOf: [ref('Animal'), object({ mane: { type: 'boolean' } }, { required: ['mane'] })] },
  Fish: { allOf: [ref('Animal'), object({ fins: { type: 'integer', default: 2 } })] },
  Tree: object({ children: { type: 'array', items: { anyOf: [ref('Tree'), ref('Leaf')] }, uniqueItems: true } }),
  Leaf: object({ leaf: { type: 'string', pattern: '^(a+)+$' }, at: { type: 'string', format: 'date-time' } }),
  Expression: {
    oneOf: [
      object({ and: { type: 'array', items: ref('Expression') }, x: true }),
      object({ and: { type: 'array', items: ref('Expression') }, y: true }),
    ],
  },
  Picture: object({ file: { type: 'string', format: 'binary', maxLength: 3 } }),
  Closed: {
    allOf: [ref('Leaf')],
    properties: { own: { const: { a: [1] } }, other: { enum: [{ __proto__: null, a: 1 }, 'b'] } },
    unevaluatedProperties: false,
  },
  Inherited: object(
    Object.fromEntries([
      ['__proto__', { type: 'string' }],
      ['constructor', { type: 'string', default: 'x' }],
    ]),
    { required: ['__proto__'], additionalProperties: false },
  ),
  Strange: object({ code: { type: 'string', pattern: '(' }, format: { type: 'string', format: '__proto__' } }),
  Itself: { $ref: '#/$defs/Itself' },
  Nowhere: object({ it: { $ref: '#/$defs/Missing' } }),
};

const everything = buildModel(
  description(
    Object.fromEntries(
      Object.keys(wide).map((name) => [
        `/${name.toLowerCase()}`,
        {
          get: { query: { [name]: ref(name), limit: { type: 'integer' } }, answers: { 200: ref(name) } },
          post: { body: ref(name), answers: { 201: ref(name), 422: { oneOf: [ref('Leaf'), ref('Closed')] } } },
          patch: { body: object({ it: ref(name) }), answers: { 200: ref(name) } },
        },
      ]),
    ),
    wide,
  ),
);

describe('compiled ahead or not, the same is said', () => {
  it('of every keyword that is anything special', async () => {
    await compare(everything, 60);
  });
  // Some stand there as JSON and as YAML.
  for (const { file, root } of corpus.filter(({ file }) => !file.endsWith('.json'))) {
    it(file, { skip: withoutCorpora }, async () => {
      const confined = root === undefined ? {} : { root: join(corporaFolder, root) };
      const { model } = await readSpec(join(corporaFolder, file), { cache: false, ...confined });
      assert.ok(model);
      await compare(model, 8);
    });
  }
});

describe('validators that were compiled ahead', () => {
  it('are the same text for the same model', async () => {
    assert.deepEqual(await emitted(everything), await emitted(structuredClone(everything)));
  });

  it('are not used for another model', async () => {
    const { Leaf, ...others } = everything.$defs;
    const changed = { ...everything, $defs: { ...others, Leaf: { allOf: [Leaf ?? true], required: ['leaf'] } } };
    const told: string[] = [];
    const validator = await loadValidator(changed, await writtenValidators(everything), (message) =>
      told.push(message),
    );
    assert.deepEqual(validator.request(ref('Leaf'))({}), [{ pointer: '/leaf', message: 'is required' }]);
    assert.match(told.join('\n'), /for another description/);
  });

  it('do not keep others from being compiled', async () => {
    const told: string[] = [];
    const validator = await loadValidator(everything, await writtenValidators(everything), (message) =>
      told.push(message),
    );
    assert.deepEqual(validator.request({ type: 'array', items: ref('Leaf'), maxItems: 1 })([{ leaf: 1 }]), [
      { pointer: '/0/leaf', message: 'must be string' },
    ]);
    assert.match(told.join('\n'), /No validator was compiled ahead for \{"type":"array"/);
  });
});

async function compare(model: ApiModel, valuesEach: number): Promise<void> {
  const ahead: ChecksAhead = await writtenValidators(model);
  const missing: string[] = [];
  const compiled = await loadValidator(model, ahead, (message) => missing.push(message));
  const compiling = await loadValidator(model);
  const asked = askedSchemas(model);
  let refused = 0;
  for (const [purpose, checkOf] of Object.entries(checks)) {
    for (const [at, schema] of asked[purpose as Purpose].entries()) {
      const expected: Check | string = attempt(() => checkOf(compiling, schema));
      const found: Check | string = attempt(() => checkOf(compiled, schema));
      if (typeof expected === 'string' || typeof found === 'string') {
        assert.equal(found, expected);
        refused++;
        continue;
      }
      const [check, reference] = [found, expected];
      for (let index = 0; index < valuesEach; index++) {
        const seed = `${purpose} ${at} ${index}`;
        const right = sample(schema, model.$defs, {
          seed,
          direction: purpose === 'responses' ? 'response' : 'request',
        });
        const value = index === 0 ? right : mutated(right, seed);
        const [one, other] = [structuredClone(value), structuredClone(value)];
        assert.deepEqual(
          attempt(() => check(one)),
          attempt(() => reference(other)),
          `${seed}: ${JSON.stringify(value)}`,
        );
        assert.deepEqual(one, other, `defaults of ${seed}`);
      }
    }
  }
  assert.equal(missing.length, refused, missing.join('\n'));
}

const checks = {
  requests: (validator: Validator, schema: JsonSchema) => validator.request(schema),
  largeRequests: (validator: Validator, schema: JsonSchema) => validator.request(schema, 'first'),
  responses: (validator: Validator, schema: JsonSchema) => validator.response(schema),
} satisfies Record<Purpose, unknown>;

/** The result, or what is thrown: ajv's comparison cannot bear an object with a member called `toString`. */
function attempt<Result>(make: () => Result): Result | string {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof UnusableSchema || thrown instanceof TypeError) return thrown.message;
    throw thrown;
  }
}
