/**
 * Names of a description are never code: projects of random descriptions are parsed by TypeScript's compiler, and hold
 * nothing but declarations of data and types.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import ts from 'typescript';
import { serviceFiles } from '../../src/emit/service/service.ts';
import { buildModel } from '../../src/model/build.ts';
import type { ApiDescription, JsonSchema, Method, Operation, PathItem } from '../../src/model/description.ts';
import { emitted, root, written } from './projects.ts';

const at = { file: 'api.yaml', line: 1, column: 1 };

const nasty = [
  ...["'", '"', '`', '$' + '{process.exit()}', '*/ evil(); /*', '\n', '\r\n', '\u2028', '\u2029', '\\', '\\u0027'],
  ...['</script>', '// x', '__proto__', 'constructor', 'class', 'default', 'await', '💥', '\u202e', '\ufeff', 'a b'],
  ...['A-b', 'a_b', '\u0000', '\ud800', 'Book', 'book', 'BOOK', 'import(x)', ']', '}', ';', 'route', 'model', 'string'],
  ...['@ts-ignore', 'x'.repeat(300)],
];

const name = fc.oneof(
  fc.constantFrom(...nasty),
  fc.tuple(fc.constantFrom(...nasty), fc.string({ maxLength: 8, unit: 'binary' })).map((parts) => parts.join('')),
  fc.string({ maxLength: 12, unit: 'binary' }),
);

/** As readers leave them: without what would be a parameter, or another path. */
const segment = name.map((text) => text.replace(/[/{}?#]/g, '')).filter((text) => text !== '');

const schema: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.record({ type: fc.constantFrom('string', 'integer', 'boolean'), description: name }),
  fc.record({ enum: fc.array(name, { minLength: 1, maxLength: 3 }), title: name, default: name, 'x-any': name }),
  fc.record({ const: name, pattern: name }),
);

const description: fc.Arbitrary<ApiDescription> = fc
  .record({
    title: name,
    text: name,
    id: name,
    segments: fc.uniqueArray(segment, { minLength: 1, maxLength: 2 }),
    parameter: segment,
    properties: fc.dictionary(name, schema, { minKeys: 1, maxKeys: 4, noNullPrototype: false }),
    definitions: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
    query: fc.uniqueArray(name, { maxLength: 2 }),
  })
  .map(({ title, text, id, segments, parameter, properties, definitions, query }) => {
    const own: JsonSchema = { type: 'object', description: text, properties, required: Object.keys(properties) };
    const [first = ''] = definitions;
    const reference = { $ref: `#/$defs/${first.replaceAll('~', '~0').replaceAll('/', '~1')}` };
    const usual = {
      tags: [text],
      deprecated: false,
      traits: [],
      extensions: [{ name: 'x-a', value: { [text]: text } }],
    };
    const content = (of: JsonSchema) => [
      {
        mediaType: 'application/json',
        schema: of,
        examples: [{ name: '', value: text, strict: true, at }],
        extensions: [],
        at,
      },
    ];
    const operation = (method: Method, status: string, path: string, of: JsonSchema): Operation => ({
      ...usual,
      method,
      id: `${id}${method}${path}`,
      summary: text,
      description: text,
      parameters: query.map((each) => ({
        ...{ name: each, in: 'query', required: false, schema: { enum: [each] }, style: 'form', explode: true },
        ...{ description: text, examples: [], extensions: [], at },
      })),
      ...(method === 'post' && { requestBody: { required: true, content: content(reference), at } }),
      responses: [{ status, description: text, headers: [], content: content(of), links: [], extensions: [], at }],
      at,
    });
    const paths = segments.flatMap((each): PathItem[] => [
      {
        ...{ path: `/${each}`, description: text, parameters: [], extensions: [], at },
        operations: [
          operation('get', '200', each, { type: 'array', items: reference }),
          operation('post', '201', each, reference),
        ],
      },
      {
        ...{ path: `/${each}/{${parameter}}`, extensions: [], at },
        parameters: [
          {
            ...{
              name: parameter,
              in: 'path',
              required: true,
              schema: { type: 'string' },
              style: 'simple',
              explode: false,
            },
            ...{ examples: [], extensions: [], at },
          },
        ],
        operations: [operation('get', '200', `${each}/`, reference), operation('delete', '204', `${each}/`, true)],
      },
    ]);
    return {
      ...{ format: 'openapi-3.1', file: 'api.yaml', title, description: text, documentation: [], servers: [] },
      ...{ mediaTypes: [], paths, securitySchemes: [], security: [], schemaPositions: {}, extensions: [] },
      $defs: Object.fromEntries(definitions.map((each) => [each, own])),
    };
  });

const options = { name: 'hostile', store: 'sqlite', port: 3000, basePath: '' } as const;

/** CI runs 2,000 once. */
const numRuns = Number(process.env.RUNS ?? 200);

test('descriptions of hostile names: what is emitted are declarations, whatever they say', () => {
  fc.assert(
    fc.property(description, (given) => {
      const files = serviceFiles(buildModel(given), [{ path: given.file, text: given.title }], options);
      assert.equal(new Set(files.map(({ path }) => path.toLowerCase())).size, files.length);
      for (const { path, text } of files) {
        if (path.endsWith('.ts')) assert.deepEqual(foreignNodes(path, text), [], path);
      }
    }),
    { numRuns },
  );
});

test('projects of hostile names compile', () => {
  const given = fc.sample(description, { numRuns: 12, seed: 1 });
  // Several projects share the runtime of one, and the compiler's start.
  const [first, ...others] = given.map((each) =>
    emitted({ model: buildModel(each), texts: [{ path: 'api.yaml', text: '' }] }),
  );
  const beside = others.flatMap((files, at) =>
    files
      .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/cartouche/'))
      .map((file) => ({
        ...file,
        path: file.path.replace('src/', `src/other-${at}/`),
        text: file.text
          .replace(/'\.\.\/cartouche\//g, "'../../cartouche/")
          .replace(/'\.\/cartouche\//g, "'../cartouche/"),
      })),
  );
  const { folder, remove } = written([...(first ?? []), ...beside]);
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' });
    assert.equal(stdout, '');
  } finally {
    remove();
  }
});

/** What only code has, beyond the calls that route operations; and what does not parse. */
function foreignNodes(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const foreign = [...mistakesOf(file)];
  // These hold nothing of the description but the names of constants and files.
  const isCode = ['src/app.ts', 'src/main.ts', 'src/service.ts', 'src/config.ts'].includes(path);
  const visit = (node: ts.Node): void => {
    if (!isCode && !isData(node)) foreign.push(`${ts.SyntaxKind[node.kind]} ${node.getText(file).slice(0, 60)}`);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return foreign;
}

/** TypeScript keeps them in a file, and out of its declared type. */
function mistakesOf(file: ts.SourceFile): readonly string[] {
  if (!('parseDiagnostics' in file) || !Array.isArray(file.parseDiagnostics)) return ['nobody knows'];
  return file.parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

function isData(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return /^(?:route\.[a-z]+|[a-zA-Z]+)$/.test(node.expression.getText());
  if (ts.isPropertyAccessExpression(node)) return node.expression.getText() === 'route';
  return DATA.has(node.kind) || ts.isTypeNode(node) || ts.isIdentifier(node);
}

const DATA: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EndOfFileToken,
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.NamedImports,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.ExportKeyword,
  ts.SyntaxKind.ReadonlyKeyword,
  ts.SyntaxKind.QuestionToken,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.TypeParameter,
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.IndexSignature,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.ComputedPropertyName,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);
