/**
 * SARIF 2.1.0 as its specification has it (OASIS, §3.13 to §3.58, for the properties that are used). Own checks instead
 * of the official JSON Schema, which is 100 KB and says little about what readers rely on.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sarifLog } from '../../src/diagnostics/sarif.ts';
import { type Diagnostic, diagnostic, diagnosticCatalogue } from '../../src/diagnostics.ts';

/** In the order in which they are told: what has no place first, then by file. */
const findings: readonly Diagnostic[] = [
  diagnostic('security-not-enforced', 'Not enforced.'),
  diagnostic('example-mismatch', 'The property "title" is missing.', { at: { file: 'b/c.json', line: 1, column: 1 } }),
  diagnostic('unknown-key', 'RAML does not know the key "gett" here.', {
    at: { file: 'my api.raml', line: 4, column: 3 },
    hint: 'did you mean "get"?',
  }),
];

const log: unknown = JSON.parse(
  JSON.stringify(sarifLog(findings, { version: '1.2.3', display: (file) => `specs/${file}` })),
);

type Json = Readonly<Record<string, unknown>>;

test('one log with one run by one tool', () => {
  const { version, $schema, runs, ...more } = objectOf(log);
  assert.equal(version, '2.1.0');
  assert.ok(URL.canParse(String($schema)));
  assert.deepEqual(more, {});
  const [run, ...others] = listOf(runs);
  assert.deepEqual(others, []);
  assert.deepEqual(Object.keys(objectOf(run)), ['tool', 'columnKind', 'results']);
  assert.equal(run?.columnKind, 'utf16CodeUnits');
  const { name, semanticVersion } = driver();
  assert.deepEqual({ name, semanticVersion }, { name: 'Cartouche', semanticVersion: '1.2.3' });
});

test('every code is a rule with help and a level', () => {
  const rules = listOf(driver().rules);
  assert.deepEqual(
    rules.map(({ id }) => id),
    Object.keys(diagnosticCatalogue),
  );
  for (const rule of rules) {
    assert.ok(String(objectOf(rule.shortDescription).text).endsWith('.'));
    const help = objectOf(rule.help);
    // `markdown` may not stand without `text` (§3.12.4).
    assert.match(String(help.text), /docs\/diagnostics\.md/);
    assert.match(String(help.markdown), new RegExp(`#${rule.id}\\)`));
    assert.ok(['error', 'warning', 'note'].includes(String(objectOf(rule.defaultConfiguration).level)));
  }
});

test('every finding is a result of a rule', () => {
  const rules = listOf(driver().rules);
  const results = listOf(objectOf(listOf(objectOf(log).runs)[0]).results);
  assert.equal(results.length, findings.length);
  for (const { ruleId, ruleIndex } of results) assert.equal(rules[Number(ruleIndex)]?.id, ruleId);
  assert.deepEqual(
    results.map(({ level }) => level),
    ['note', 'warning', 'error'],
  );
  assert.deepEqual(results.at(-1)?.message, {
    text: 'RAML does not know the key "gett" here. Hint: did you mean "get"?',
  });
});

test('places are relative URIs and regions that begin at 1', () => {
  const results = listOf(objectOf(listOf(objectOf(log).runs)[0]).results);
  assert.deepEqual(
    results.map(({ locations }) => locations),
    [
      undefined,
      [
        {
          physicalLocation: { artifactLocation: { uri: 'specs/b/c.json' }, region: { startLine: 1, startColumn: 1 } },
        },
      ],
      [
        {
          physicalLocation: {
            artifactLocation: { uri: 'specs/my%20api.raml' },
            region: { startLine: 4, startColumn: 3 },
          },
        },
      ],
    ],
  );
});

test('too many findings: in order, errors before all else, and what was left out', () => {
  const many = Array.from({ length: 1_200 }, (_, index) =>
    diagnostic(index % 2 === 0 ? 'unknown-key' : 'example-mismatch', `${index}`, {
      at: { file: 'a.raml', line: 2_000 - index, column: 1 },
    }),
  );
  const run = sarifLog(many, { version: '1.2.3', display: (file) => file }).runs[0];
  assert.ok(run);
  const lines = run.results.map(({ locations }) => locations?.[0]?.physicalLocation.region.startLine ?? 0);
  assert.equal(lines.length, 1_000);
  assert.deepEqual(
    lines,
    lines.toSorted((a, b) => a - b),
  );
  assert.equal(run.results.filter(({ level }) => level === 'error').length, 600);
  assert.deepEqual(JSON.parse(JSON.stringify(run)).invocations, [
    {
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: 'warning', message: { text: '200 more findings are left out.' } }],
    },
  ]);
});

function driver(): Json {
  return objectOf(objectOf(listOf(objectOf(log).runs)[0]?.tool).driver);
}

function objectOf(value: unknown): Json {
  assert.ok(isObject(value), 'an object');
  return value;
}

function listOf(value: unknown): readonly Json[] {
  assert.ok(Array.isArray(value), 'a list');
  return value.map(objectOf);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test('the references that led to a file are related locations, with ids that are unique in the result', () => {
  const reference = (file: string, line: number) => ({ file, line, column: 5 });
  const finding = {
    ...diagnostic('unknown-key', 'M.', { at: reference('b.raml', 1) }),
    includedFrom: [reference('a.raml', 2), reference('api.raml', 3)],
  };
  const { runs } = sarifLog([finding], { version: '1.2.3', display: (file) => `specs/${file}` });
  assert.deepEqual(runs[0]?.results[0]?.relatedLocations, [
    {
      id: 0,
      physicalLocation: { artifactLocation: { uri: 'specs/a.raml' }, region: { startLine: 2, startColumn: 5 } },
      message: { text: 'Included from here.' },
    },
    {
      id: 1,
      physicalLocation: { artifactLocation: { uri: 'specs/api.raml' }, region: { startLine: 3, startColumn: 5 } },
      message: { text: 'Included from here.' },
    },
  ]);
});
