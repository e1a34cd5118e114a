import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import ts from 'typescript';
import { identifiersFor } from '../../../src/emit/typescript/identifiers.ts';
import { declarationOf, typeOf } from '../../../src/emit/typescript/type-of.ts';
import type { JsonSchema } from '../../../src/model/description.ts';
import { pascal } from '../../../src/model/names.ts';

const names = { nameOf: (definition: string) => (definition === 'Book' ? 'Book' : undefined) };

const types: Readonly<Record<string, readonly [JsonSchema, string]>> = {
  anything: [true, 'unknown'],
  nothing: [false, 'never'],
  'nothing said': [{}, 'unknown'],
  'a text with a format': [{ type: 'string', format: 'date' }, 'string'],
  'an integer or null': [{ type: ['integer', 'null'] }, 'number | null'],
  'an enumeration': [{ enum: ["it's", 1, true, null] }, `"it's" | 1 | true | null`],
  'an enumeration of an object': [{ enum: [{ a: 1 }] }, 'unknown'],
  'a constant': [{ const: 'x' }, "'x'"],
  'a named one': [{ $ref: '#/$defs/Book' }, 'Book'],
  'a named one that is not known': [{ $ref: '#/$defs/Else' }, 'unknown'],
  'a list': [{ type: 'array', items: { type: 'string' } }, 'string[]'],
  'a list of alternatives': [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
  'a list of anything': [{ type: 'array' }, 'unknown[]'],
  'a tuple': [{ type: 'array', prefixItems: [{ type: 'string' }], items: false }, '[string?]'],
  'a union': [{ oneOf: [{ $ref: '#/$defs/Book' }, { type: 'null' }] }, 'Book | null'],
  'a union with anything': [{ anyOf: [{ $ref: '#/$defs/Book' }, {}] }, 'unknown'],
  'all of': [
    { allOf: [{ $ref: '#/$defs/Book' }, { type: 'object', properties: { a: {} } }] },
    'Book & {\n  a?: unknown;\n}',
  ],
  'all of unions': [{ allOf: [{ type: ['string', 'null'] }, { enum: ['a', null] }] }, "(string | null) & ('a' | null)"],
  'required and not': [
    { type: 'object', required: ['a'], properties: { a: { type: 'string' }, 'b-c': { type: 'boolean' } } },
    "{\n  a: string;\n  'b-c'?: boolean;\n}",
  ],
  'a map': [{ type: 'object', additionalProperties: { type: 'number' } }, '{\n  [name: string]: number;\n}'],
  'a map beside members': [
    { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } },
    '{\n  a?: string;\n  [name: string]: unknown;\n}',
  ],
  'an open object': [{ type: 'object' }, 'Record<string, unknown>'],
  'an empty object': [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
  'a description that gives orders': [
    { type: 'object', properties: { a: { type: 'string', description: '@ts-ignore' } } },
    '{\n  /** @ts -ignore */\n  a?: string;\n}',
  ],
  'a description': [
    { type: 'object', properties: { a: { type: 'string', description: 'One */ two' } } },
    '{\n  /** One *\\/ two */\n  a?: string;\n}',
  ],
};

describe('the type of what a schema accepts', () => {
  for (const [name, [schema, expected]] of Object.entries(types)) {
    test(name, () => assert.equal(typeOf(schema, names), expected));
  }
});

test('identifiers are different from each other and from words of TypeScript, also where case does not count', () => {
  const hostile = [
    'book',
    'Book',
    'BOOK',
    'class',
    'String',
    '',
    '💥',
    '1st',
    'a b',
    'a-b',
    'a'.repeat(300),
    '__proto__',
  ];
  const identifiers = identifiersFor(hostile, pascal);
  assert.equal(new Set([...identifiers.values()].map((name) => name.toLowerCase())).size, hostile.length);
  for (const identifier of identifiers.values()) assert.match(identifier, /^[A-Z][A-Za-z0-9]*$/);
  assert.equal(identifiers.get('class'), 'Class2');
});

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`no text of a schema is ever code, seed ${seed}`, () => {
  const nasty = fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.tuple(fc.constantFrom(...hostileTexts), fc.constantFrom(...hostileTexts)).map(([one, other]) => one + other),
  );
  const schema = fc.letrec<{ schema: JsonSchema }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.record({ enum: fc.array(nasty, { minLength: 1, maxLength: 3 }), description: nasty }),
      fc.record({ const: nasty }),
      fc.record({ type: fc.constantFrom('string', 'number'), title: nasty, description: nasty }),
      fc.record({ type: fc.constant('array'), items: tie('schema'), description: nasty }),
      fc.record({ oneOf: fc.array(tie('schema'), { maxLength: 2 }), allOf: fc.array(tie('schema'), { maxLength: 2 }) }),
      fc.record({
        type: fc.constant('object'),
        description: nasty,
        properties: fc
          .array(fc.tuple(nasty, tie('schema')), { maxLength: 4 })
          .map((entries) => Object.fromEntries(entries)),
        required: fc.array(nasty, { maxLength: 2 }),
      }),
    ),
  })).schema;
  fc.assert(
    fc.property(fc.array(fc.tuple(nasty, schema), { minLength: 1, maxLength: 3 }), (definitions) => {
      const identifiers = identifiersFor(
        definitions.map(([name]) => name),
        pascal,
      );
      const text = definitions
        .map(([name, definition]) => declarationOf(identifiers.get(name) ?? '', definition, names))
        .join('\n');
      const file = ts.createSourceFile('types.ts', text, ts.ScriptTarget.ES2023, true);
      assert.deepEqual(parseErrors(file), []);
      assert.equal(file.statements.length, definitions.length);
      visit(file);
    }),
    { seed, numRuns: Number(process.env.RUNS ?? 2000) },
  );
});

const hostileTexts = [
  "'",
  '"',
  '`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the attack
  '${process.exit()}',
  '*/',
  '*/ process.exit(); /*',
  '//',
  '\n',
  '\r\n',
  '\u2028',
  '\u2029',
  '\\',
  "\\'",
  'class',
  '__proto__',
  'constructor',
  '💥',
  '\u202e',
  '\ufeff',
  '</script>',
  "'; process.exit(); '",
  'a'.repeat(300),
  '#!/usr/bin/env node',
  '@ts-ignore',
  '/// <reference path="x"/>',
  '\ud800',
  '\0',
  '1',
  'a b',
  '}',
  '{',
  ');',
];

/** Nothing but types. */
function visit(node: ts.Node): void {
  assert(
    !ts.isExpressionStatement(node) && !ts.isCallExpression(node) && !ts.isTemplateExpression(node),
    node.getText(),
  );
  assert(!ts.isImportTypeNode(node) && !ts.isTypeQueryNode(node), node.getText());
  ts.forEachChild(node, visit);
}

function parseErrors(file: ts.SourceFile): unknown {
  return 'parseDiagnostics' in file && Array.isArray(file.parseDiagnostics)
    ? file.parseDiagnostics.map(({ messageText }: ts.Diagnostic) => messageText)
    : undefined;
}
