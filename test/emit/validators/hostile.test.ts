/** No text of a description is ever code: in what is written for hostile names, the only nodes are those of plain names. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { buildModel } from '../../../src/model/build.ts';
import type { JsonSchema } from '../../../src/model/description.ts';
import { UnusableSchema } from '../../../src/runtime/validation/unusable-schema.ts';
import { loadValidator, type Validator } from '../../../src/runtime/validation/validator.ts';
import { describe as description, object, ref } from '../../model/describe.ts';
import { emitted, writtenValidators } from './written.ts';

const plain = 'plain';
const hostile = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    "it's",
    'say "no"',
    '`\x24{stolen()}`',
    '*/ stolen(); /*',
    '// @ts-ignore',
  ],
  ...['\u2028stolen()\u2029', 'a\nb\r\nstolen()', '\\', '\\"', "\\'", '"];stolen();//', "'];stolen();//", '</script>'],
  ...[
    '\u202estolen',
    '\u200bx',
    '\ufeff',
    '\ud800',
    '😀',
    'a/b~c%d',
    '#/$defs/plain',
    '',
    ' ',
    'x'.repeat(300),
    '\x24{x}',
  ],
  ...['require("ajv/dist/runtime/equal").default', 'validate0', 'library', 'class', 'stolen()'],
];

/** A schema in which a text stands wherever a text may. */
function schemaOf(text: string): JsonSchema {
  return {
    title: text,
    description: text,
    $comment: text,
    type: 'object',
    properties: {
      [text]: { type: 'string', default: text, description: text },
      constant: { const: text },
      choice: { enum: [text, { [text]: text }] },
      pattern: { type: 'string', pattern: text },
      format: { type: 'string', format: text },
      forms: { anyOf: [{ const: text }, object({ [text]: { type: 'integer' } }, { required: [text] })] },
      picture: { type: 'string', format: 'binary', maxLength: 3 },
      filled: { type: 'object', default: { a: text } },
    },
    patternProperties: { [`^${text}$`]: { type: 'string' } },
    required: [text],
    dependentRequired: { [text]: [text] },
    propertyNames: { not: { const: `${text}${text}!` } },
    additionalProperties: false,
    [`x-${text}`]: text,
  };
}

/** As readers refer to it. */
function definition(name: string): JsonSchema {
  return ref(!/\p{Cs}/u.test(name) ? encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')) : 'plain');
}

function modelOf(text: string) {
  const paths = {
    '/things': {
      get: { query: { [text]: { type: 'string', pattern: text, enum: [text] }, limit: { type: 'integer' } } },
      post: { body: schemaOf(text), answers: { 201: schemaOf(text) } },
      put: { body: definition(text), answers: { 200: definition(text) } },
    },
  } as const;
  return buildModel(
    description(paths, { [text]: object({ [text]: definition(text), a: schemaOf(text) }), plain: true }),
  );
}

describe('validators of hostile descriptions', () => {
  for (const text of hostile) {
    it(JSON.stringify(text.slice(0, 40)), async () => {
      const model = modelOf(text);
      const known = new Set(identifiersOf((await emitted(modelOf(plain))).map((file) => file.text)));
      const files = await emitted(model);
      for (const { path, text: code } of files) {
        const file = ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true);
        assert.deepEqual(syntaxErrors(file), [], path);
        assert.doesNotMatch(code, /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }
      // A member by a name that is an identifier: `data.constructor`.
      const found = identifiersOf(files.map((file) => file.text)).filter((name) => !known.has(name) && name !== text);
      assert.deepEqual(
        found.filter(
          (name) =>
            !/^(?:validate|schema|err|_errs|data|valid|key|len|missing|i|pattern|props|func|vSchema|passing|formats|wrapper|root|evaluated|valid|tag|cond|def|isAdditional|keyword|el|tmp|indices|item|ifClause|_valid|errors|vErrors|unevaluated|coerced|match|Object)\d*$/.test(
              name,
            ),
        ),
        [],
      );
      const [ahead, reference] = [
        await loadValidator(model, await writtenValidators(model)),
        await loadValidator(model),
      ];
      for (const value of [
        {},
        JSON.parse(`{${JSON.stringify(text)}: 1, "forms": {}, "choice": 1, "pattern": "?", "constant": 0}`),
      ]) {
        for (const schema of [definition(text), schemaOf(text)]) {
          assert.deepEqual(verdict(ahead, schema, value), verdict(reference, schema, value));
        }
      }
    });
  }
});

/** What is found, or that nothing can be: ajv cannot bear half a character in a name. */
function verdict(validator: Validator, schema: JsonSchema, value: unknown) {
  try {
    return validator.request(schema)(value);
  } catch (thrown) {
    assert.ok(thrown instanceof UnusableSchema, String(thrown));
    return thrown.message;
  }
}

interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics?: readonly ts.Diagnostic[];
}

function syntaxErrors(file: Parsed): readonly string[] {
  return (file.parseDiagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** Identifiers in code, but for those that are members of an object literal or of an expression. */
function identifiersOf(texts: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const text of texts) {
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && !isMemberName(node)) names.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile('a.js', text, ts.ScriptTarget.ES2023, true));
  }
  return [...names];
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertyAccessExpression(parent) && parent.name === node)
  );
}
