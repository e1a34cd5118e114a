/**
 * From what the parser said to what a reader gives.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import type { ApiDescription } from '../../model/description.ts';
import type { ReadResult } from '../result.ts';
import type { Source } from '../source.ts';
import { describe } from './describe/describe.ts';
import { Excerpts } from './findings/excerpt.ts';
import { diagnosticsOf } from './findings/findings.ts';
import { isMisjudged } from './misjudged.ts';
import type { ParsedRaml, WorkerAnswer } from './parsed.ts';

/** Converts the parser's answer, and judges its findings by what the conversion knows. */
export function interpret(answer: WorkerAnswer, source: Source): ReadResult {
  source.adopt(answer.files);
  if (answer.unsafe.length > 0) return readResult(source, answer.unsafe);
  const described = answer.parsed && isApi(answer.parsed) ? describe(answer.parsed, source) : undefined;
  const told = described?.diagnostics ?? [];
  const reported = diagnosticsOf(withoutMisjudged(answer, source), source, {
    types: described?.typeNames ?? [],
    names: described?.names ?? new Map(),
    told,
    survived: (name) => mentions(described?.description, name),
  });
  if (answer.parsed && !described) return readResult(source, [fragmentAlone(answer.parsed.kind, source), ...reported]);
  const broken = new Set(reported.filter(({ code }) => code === 'syntax-error').map(({ at }) => at?.file));
  // What is missing in a file that was only understood in part may well be there.
  const reliable = told.filter(({ at }) => !broken.has(at?.file));
  return {
    ...readResult(source, [...reported, ...reliable]),
    ...(described && { description: described.description }),
  };
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

function isApi({ kind }: ParsedRaml): boolean {
  return ['Api', 'Overlay', 'Extension'].includes(kind);
}

function fragmentAlone(kind: string, source: Source): Diagnostic {
  return diagnostic('raml-invalid', `This is a RAML ${kind}, a part for other files to include, and no API.`, {
    at: { file: source.rootFile, line: 1, column: 1 },
    hint: 'name the file whose first line is "#%RAML 1.0" alone',
  });
}
