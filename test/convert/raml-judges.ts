/** Two judges of RAML 1.0 that know nothing of each other: MuleSoft's parser, and the older one in JavaScript. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import amf from 'amf-client-js';
import { loadRAMLSync } from 'raml-1-parser';

/** What the judges find wrong with a document of ours, in any file, and why it stays. */
const KNOWN: readonly RegExp[] = [
  // raml-1-parser alone. Without the name nobody would know what it is a list of.
  /^raml-1-parser: It is not allowed to use external types as array component types/,
];

const client = amf.RAMLConfiguration.RAML10().baseUnitClient();

/** Fails unless both call the file valid, but for what `others` match. */
export async function assertAccepted(path: string, others: RegExp | undefined): Promise<void> {
  const found = [...(await amfFaults(path)), ...parserFaults(path)];
  const known = [...KNOWN, ...(others ? [others] : [])];
  assert.deepEqual(
    found.filter((fault) => !known.some((pattern) => pattern.test(fault))),
    [],
  );
  if (others)
    assert.ok(
      found.some((fault) => others.test(fault)),
      `nobody minds ${others} any more`,
    );
}

async function amfFaults(path: string): Promise<readonly string[]> {
  const parsed = await client.parse(pathToFileURL(path).href);
  const report = parsed.conforms ? await client.validate(parsed.baseUnit) : undefined;
  return [...parsed.results, ...(report?.results ?? [])]
    .filter(({ severityLevel }) => severityLevel === 'Violation')
    .map(({ message, validationId }) => {
      const isExample = validationId.endsWith('example-validation-error');
      return `AMF: ${isExample ? 'example: ' : ''}${message}`;
    });
}

function parserFaults(path: string): readonly string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return loadRAMLSync(path, [], { rejectOnErrors: false })
    .errors()
    .filter(({ isWarning }) => !isWarning)
    .map(({ message, range }) => {
      const isExample = isWithinExample(lines, range.start.line);
      return `raml-1-parser: ${isExample ? 'example: ' : ''}${message}`;
    });
}

/** Whether a line (from 0) stands below the key `example` or `examples`, or is it. */
function isWithinExample(lines: readonly string[], line: number): boolean {
  let indent = Number.POSITIVE_INFINITY;
  for (let index = line; index >= 0; index--) {
    const text = lines[index] ?? '';
    const here = text.search(/\S/);
    if (here < 0 || here >= indent) continue;
    if (/^\s*examples?:/.test(text)) return true;
    indent = here;
  }
  return false;
}
