/**
 * Examples and defaults that do not fit, where the parser does not look: of types in JSON Schema of later drafts, of
 * RAML 0.8, of parameters, from templates.
 */
import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics.ts';
import type { ApiDescription, JsonSchema, MediaType, Parameter, PathItem, Position } from '../../model/description.ts';
import { parseDocument } from '../document/document.ts';
import { childOf, placeOf, rootOf } from '../document/node.ts';
import { stepsOf } from '../pointer.ts';
import type { ReadResult } from '../result.ts';
import type { Source } from '../source.ts';
import { isConsequence } from './findings/consequences.ts';
import { Excerpts } from './findings/excerpt.ts';
import { RESERVED_NAMES } from './reserved-names.ts';

/** The result with what the parser did not tell; a trait that is used many times is told once. */
export async function withRamlFit(result: ReadResult, source: Source): Promise<ReadResult> {
  const { description } = result;
  if (!description) return result;
  const { withFit } = await import('../fit.ts');
  const { diagnostics } = await withFit({ ...result, description: withoutRepeats(description) });
  const known = result.diagnostics;
  const excerpts = new Excerpts(source);
  const more = new Map<string, Diagnostic>();
  for (const finding of diagnostics.slice(known.length)) {
    const { at } = finding;
    if (!at || isOfInherited(finding)) continue;
    const included = includedFile(at, excerpts);
    if (known.some((other) => isAbout(other, at, included, excerpts))) continue;
    if (isConsequence(finding, known, excerpts)) continue;
    const precise = included === undefined ? undefined : placeInFile(finding, included, source);
    const placed = { ...finding, at: precise ?? at };
    more.set(JSON.stringify(placed), placed);
  }
  return { ...result, diagnostics: [...known, ...more.values()] };
}

/**
 * The same claims, each once: RAML's traits and resource types write theirs into every operation, and a schema is
 * compiled once only if it is one object.
 */
function withoutRepeats(description: ApiDescription): ApiDescription {
  const schemas = new Map<string, JsonSchema>();
  const seen = new Set<string>();
  const fresh = <Claim extends Parameter | MediaType>(claims: readonly Claim[]): readonly Claim[] =>
    claims.flatMap((claim) => {
      const { schema, examples, at } = claim;
      const text = JSON.stringify(schema ?? null);
      const key = JSON.stringify([at, text, examples]);
      if (seen.has(key)) return [];
      seen.add(key);
      const known = schemas.get(text) ?? schema;
      if (known === undefined) return [claim];
      schemas.set(text, known);
      return [{ ...claim, schema: known }];
    });
  const paths = description.paths.map(
    (item): PathItem => ({
      ...item,
      parameters: fresh(item.parameters),
      operations: item.operations.map((operation) => ({
        ...operation,
        parameters: fresh(operation.parameters),
        ...(operation.requestBody && {
          requestBody: { ...operation.requestBody, content: fresh(operation.requestBody.content) },
        }),
        responses: operation.responses.map((response) => ({
          ...response,
          headers: fresh(response.headers),
          content: fresh(response.content),
        })),
      })),
    }),
  );
  return { ...description, paths };
}

/** `{}.toString` is there, and no text: the validator does not tell it from a value. */
function isOfInherited({ message }: Diagnostic): boolean {
  return RESERVED_NAMES.some((name) => message.includes(`/${name}" `));
}

/** Whether a finding speaks of the example that stands at a place, or in the file that is included there. */
function isAbout({ at, code }: Diagnostic, place: Position, included: string | undefined, excerpts: Excerpts): boolean {
  if (!at || (code !== 'example-mismatch' && code !== 'value-mismatch')) return false;
  return excerpts.within(at, place) || at.file === included;
}

function includedFile(at: Position, excerpts: Excerpts): string | undefined {
  const reference = /!include\s+["']?([^\s,}\]#"']+)/.exec(excerpts.line(at).slice(at.column - 1))?.[1];
  return reference === undefined ? undefined : posix.normalize(posix.join(posix.dirname(at.file), reference));
}

/** The place of the value that the finding names by its pointer, in an example that is a file of its own. */
function placeInFile({ message }: Diagnostic, file: string, source: Source): Position | undefined {
  const outcome = source.read(file);
  if (!('file' in outcome) || !/^\s*[{[]/.test(outcome.file.text)) return undefined;
  const pointer = /: "(\/[^"]*)" /.exec(message)?.[1] ?? '';
  return placeOf(childOf(rootOf(parseDocument(outcome.file.text, file)), ...stepsOf(pointer)));
}
