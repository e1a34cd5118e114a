/**
 * From what the parser said to what a reader gives.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { ApiDescription } from '../../model/description.ts';
import { parseDocument } from '../document/document.ts';
import { isObject } from '../record.ts';
import type { ReadResult } from '../result.ts';
import { SLOW_PATTERN } from '../schema/sense.ts';
import type { Source } from '../source.ts';
import { attempt } from './attempt.ts';
import { describe } from './describe/describe.ts';
import { withoutConsequences } from './findings/consequences.ts';
import { Excerpts } from './findings/excerpt.ts';
import { diagnosticsOf } from './findings/findings.ts';
import { fragmentAlone } from './fragment-alone.ts';
import { isMisjudged } from './misjudged.ts';
import type { ParsedRaml, WorkerAnswer } from './parsed.ts';
import { slowPatterns } from './pattern-guard.ts';

/** Converts the parser's answer, and judges its findings by what the conversion knows. */
export function interpret(answer: WorkerAnswer, source: Source): ReadResult {
  source.adopt(
    answer.files,
    answer.refused.map(({ path, problem }) => ({ path, code: problem.code })),
  );
  if (answer.unsafe.length > 0) return readResult(source, answer.unsafe);
  const failures: Diagnostic[] = [];
  const at = { file: source.rootFile, line: 1, column: 1 };
  const { parsed } = answer;
  const described = attempt(() => (parsed && isDescribed(parsed) ? describe(parsed, source) : undefined), undefined, {
    what: 'this description',
    at,
    report: (failure) => failures.push(failure),
  });
  if (failures.length > 0) return readResult(source, failures);
  const told = described?.diagnostics ?? [];
  const libraries = new Map(described?.libraries.map(({ name, path }) => [name, () => declaredIn(path, source)]));
  const reported = diagnosticsOf(withoutMisjudged(answer, source), source, {
    types: described?.typeNames ?? [],
    names: described?.names ?? new Map(),
    properties: propertyNames(described?.description),
    told,
    survived: (name) => mentions(described?.description, name),
  });
  if (parsed && !described) return readResult(source, [...fragmentAlone(source), ...reported]);
  const broken = new Set(reported.filter(({ code }) => code === 'syntax-error').map(({ at }) => at?.file));
  // What is missing in a file that was only understood in part may well be there.
  const reliable = told.filter(({ at }) => !broken.has(at?.file));
  const all = withoutConsequences([...reported, ...reliable, ...slow(source)], libraries, new Excerpts(source));
  // Of a library, only the findings: nothing is served of it.
  if (parsed && !isApi(parsed)) return readResult(source, [...fragmentAlone(source), ...all]);
  return { ...readResult(source, all), ...(described && { description: described.description }) };
}

function withoutMisjudged(answer: WorkerAnswer, source: Source): WorkerAnswer {
  if (!answer.parsed) return answer;
  const excerpts = new Excerpts(source);
  const findings = answer.parsed.findings.filter((finding) => !isMisjudged(finding, excerpts));
  return { ...answer, parsed: { ...answer.parsed, findings } };
}

/** A result without a description. */
export function readResult(source: Source, diagnostics: readonly Diagnostic[]): ReadResult {
  return { diagnostics, files: source.files().map(({ path, sha256 }) => ({ path, sha256 })) };
}

function mentions(description: ApiDescription | undefined, name: string): boolean {
  const text = JSON.stringify(description ?? null);
  return text.includes(`"name":"${name}"`) || text.includes(`"${name}":`) || text.includes(`{${name}}`);
}

/** Patterns of RAML that may take for ever; those of JSON Schemas are found where these are read. */
function slow(source: Source): readonly Diagnostic[] {
  return source
    .files()
    .filter(({ path }) => !/\.json$/i.test(path))
    .flatMap(({ path, text }) =>
      slowPatterns(text).map(({ line, column }) =>
        diagnostic('slow-pattern', SLOW_PATTERN.message, { at: { file: path, line, column }, hint: SLOW_PATTERN.hint }),
      ),
    );
}

/** Names of everything that a library declares; it is read already, by the parser. */
function declaredIn(path: string, source: Source): readonly string[] {
  const outcome = source.read(path);
  const value = 'file' in outcome ? parseDocument(outcome.file.text, path).value : undefined;
  const declarations = isObject(value) ? Object.values(value) : [];
  return declarations.flatMap((names) => (isObject(names) ? Object.keys(names) : []));
}

function propertyNames(description: ApiDescription | undefined): readonly string[] {
  return Object.values(description?.$defs ?? {}).flatMap((schema) =>
    isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [],
  );
}

/** What has types to look at. */
function isDescribed(parsed: ParsedRaml): boolean {
  return isApi(parsed) || parsed.kind === 'Library';
}

function isApi({ kind }: ParsedRaml): boolean {
  return ['Api', 'Overlay', 'Extension'].includes(kind);
}
