/**
 * Values that do not fit their type: examples, defaults, enum values, annotations.
 */
import { type Diagnostic, diagnostic } from '../../../diagnostics.ts';
import type { Position } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import type { ParserFinding } from '../parsed.ts';
import { VALUE_CODES } from './codes.ts';
import type { Excerpts } from './excerpt.ts';
import type { Knowledge } from './knowledge.ts';
import { sentence } from './sentence.ts';
import { reword } from './wording.ts';

export function aboutValue(finding: ParserFinding, excerpts: Excerpts, knowledge: Knowledge): Diagnostic | undefined {
  const { code, at, isWarning } = finding;
  const twin = code === 'SCALAR_EXPECTED' ? excerpts.earlierTwin(at) : undefined;
  if (twin !== undefined) {
    return diagnostic('duplicate-key', `This key stands on line ${twin} already.`, {
      at,
      hint: 'remove one of the two, or bring them together',
      severity: 'warning',
    });
  }
  const keys = excerpts.keysAround(at);
  if (code === 'SCALAR_EXPECTED' && keys[0] === 'example') {
    const taken = 'RAML 0.8 wants an example as text; this one is taken as it is.';
    return diagnostic('raml-questionable', taken, { at });
  }
  const told = inWords(finding, excerpts, knowledge);
  const inExample = !/\.raml$/i.test(at.file) || keys.some((key) => key === 'example' || key === 'examples');
  if (inExample) {
    // RAML allows more properties than are declared, where nothing says otherwise; most are slips nevertheless.
    const allowed =
      isWarning &&
      told.hint === undefined &&
      told.message.startsWith('The type has no property') &&
      excerpts.patternsAround(at).length === 0;
    return diagnostic('example-mismatch', told.message, { at, hint: told.hint, ...(allowed && { severity: 'info' }) });
  }
  const isValue = VALUE_CODES.has(code) || keys.some((key) => key === 'default' || key.startsWith('('));
  if (isValue) return diagnostic('value-mismatch', told.message, { at: told.at ?? at, hint: told.hint });
  // Declared ones are read by the conversion; the parser says this of one that refers to another by its `id`.
  if (code === 'CAN_NOT_PARSE_JSON' && keys.some((key) => key === 'schemas' || key === 'types')) return undefined;
  if (code === 'CAN_NOT_PARSE_JSON' && keys.some((key) => key === 'schema' || key === 'type')) {
    return diagnostic('schema-invalid', told.message.replace('The example', 'The schema'), {
      at,
      hint: 'write a JSON Schema: {} accepts anything',
      ...(isWarning && { severity: 'warning' as const }),
    });
  }
  const wording = reword(finding, excerpts, knowledge);
  return diagnostic(
    wording?.code ?? (isWarning ? 'raml-questionable' : 'raml-invalid'),
    wording?.message ?? told.message,
    {
      at,
      hint: wording?.hint,
      ...(isWarning && { severity: 'warning' as const }),
    },
  );
}

interface Told {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: Position | undefined;
}

function inWords({ message, at }: ParserFinding, excerpts: Excerpts, { properties }: Knowledge): Told {
  const facet = facetPlace(message, at, excerpts);
  const subject = inSpeech(subjectAt(facet ?? at, excerpts));
  const said = message
    .replace(/^Content is not valid according to schema: /, '')
    .replace(/^file_0\.xml:\d+: (?:element [^:]+|parser error ?): (?:Schemas validity error ?: )?/, '')
    .replace(/^Using invalid '\w+': /, '')
    .replace(/^'.*' i\.e\. /, '');
  const json = /^Can not parse JSON(?: example)?: (.*?)\.?$/.exec(said)?.[1];
  if (json !== undefined) {
    const reason = json === 'Unexpected end of JSON input' ? 'it is empty, or ends too early' : json;
    return { message: `The example is not valid JSON: ${reason}.` };
  }
  const kind = /misses value of the discriminating property '(.*)'/.exec(said)?.[1];
  if (kind !== undefined) {
    return { message: `The property "${kind}", which tells the types apart, is missing.`, hint: `add "${kind}"` };
  }
  const missing = /^(?:Required property '|Missing required property: )([^']+?)'?(?: is missing)?$/.exec(said)?.[1];
  if (missing !== undefined) return { message: `The property "${missing}" is missing.`, hint: `add "${missing}"` };
  const stranger = /^(?:Unknown property: '|Additional properties not allowed: )([^']+?)'?$/.exec(said)?.[1];
  if (stranger !== undefined) {
    const near = suggest(stranger, properties);
    return { message: `The type has no property "${stranger}".`, hint: near && `did you mean "${near}"?` };
  }
  const choices = /^value should be one of: (.*)$/i.exec(said)?.[1];
  if (choices !== undefined) {
    const known = [...choices.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
    const near = suggest(valueAt(facet ?? at, excerpts), known);
    const list = known.map((name) => `"${name}"`).join(', ');
    return { message: `${subject} should be one of ${list}.`, hint: near && `did you mean "${near}"?`, at: facet };
  }
  return { message: plain(said, subject), at: facet };
}

const PLAIN: readonly (readonly [RegExp, (parts: readonly string[]) => string])[] = [
  [/^(integer|number|null|object|scalar) is expected(?: here)?$/i, ([type = '']) => `should be ${withArticle(type)}`],
  [
    /^Expected type '?(.+?)'? but (?:got|found type) '?(.+?)'?$/,
    ([want = '', got = '']) => `should be of type ${want.replace(',', ' or ')}, not ${got}`,
  ],
  [/^String should match to '(.*)'$/s, ([pattern = '']) => `should match the pattern ${pattern}`],
  [/^value (should .*)$/, ([rest = '']) => rest],
  [
    /^string length should not be (more|less) than (\d+)$/,
    ([more = '', count = '']) => `should not have ${more} than ${count} characters`,
  ],
  [
    /^array items count should not be (more|less) than (\d+)$/,
    ([more = '', count = '']) => `should not have ${more} than ${count} items`,
  ],
  [
    /^object properties count should not be (more|less) than (\d+)$/,
    ([more = '', count = '']) => `should not have ${more} than ${count} properties`,
  ],
  [/^items should be unique$/, () => 'should not have the same item twice'],
];

function plain(said: string, subject: string): string {
  const text = said.replace(/\.$/, '');
  for (const [pattern, words] of PLAIN) {
    const [matched, ...parts] = pattern.exec(text) ?? [];
    if (matched !== undefined) return `${subject} ${words(parts)}.`;
  }
  return sentence(said);
}

function withArticle(type: string): string {
  const name = type.toLowerCase();
  return name === 'null' ? 'null' : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Of a default or an enum the parser knows the type only; the facet stands somewhere below. */
function facetPlace(message: string, at: Position, excerpts: Excerpts): Position | undefined {
  const facets = /one of/.test(message) ? ['default'] : ['enum', 'default'];
  const own = subjectAt(at, excerpts);
  if (own === '"default"' || own === '"enum"') return undefined;
  return facets.map((facet) => excerpts.keyBelow(at, [facet])).find((place) => place !== undefined);
}

function inSpeech(subject: string | undefined): string {
  if (subject === '"enum"') return 'A value of "enum"';
  if (subject === '"example"') return 'The example';
  return subject ?? 'The value';
}

/** The key at a place, in quotes. */
function subjectAt(at: Position, excerpts: Excerpts): string | undefined {
  const key = /^["']?([^\s"'{}[\],:]+)["']?\s*:/.exec(excerpts.line(at).slice(at.column - 1))?.[1];
  return key === undefined ? undefined : `"${key}"`;
}

function valueAt(at: Position, excerpts: Excerpts): string {
  return /:\s*["']?([^"'#,}\]]*)/.exec(excerpts.line(at).slice(at.column - 1))?.[1]?.trim() ?? '';
}
