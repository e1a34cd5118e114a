/**
 * Mistakes that the parser does not see.
 */
import { type Diagnostic, diagnostic } from '../../../diagnostics.ts';
import type { Parameter, PathItem, Position, SecurityScheme } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import { isObject, type Json } from '../../record.ts';
import type { Source } from '../../source.ts';
import { elementsOf, placeOf, textOf, textsOf } from '../parsed.ts';
import type { Context } from './context.ts';

/** Each file under `uses` must be a library (RAML 1.0, "Applying Libraries"). */
export function checkLibraries(specification: Json, source: Source, context: Context): void {
  for (const uses of elementsOf(specification.uses)) {
    const path = textOf(uses.value);
    const outcome = path === undefined ? undefined : source.read(path);
    if (!path || !outcome || !('file' in outcome) || isLibrary(outcome.file.text)) continue;
    context.report(noLibrary(path, placeOf(uses, context.root)));
  }
}

export function isLibrary(text: string): boolean {
  return /^#%RAML 1\.0 +Library\b/.test(text);
}

export function noLibrary(path: string, at: Position): Diagnostic {
  return diagnostic('wrong-fragment', `The file "${path}" is used as a library and is none.`, {
    at,
    hint: 'its first line should be "#%RAML 1.0 Library"',
  });
}

/**
 * Keys of the root whose value is missing, which the parser takes for keys that are not there. A value with annotations
 * is an object with `value` (RAML 1.0, "Annotating Scalar-valued Nodes").
 */
export function checkRootValues(source: Source, context: Context): void {
  const outcome = source.read(source.rootFile);
  const lines = 'file' in outcome ? outcome.file.text.split(/\r\n|\r|\n/) : [];
  for (const [index, line] of lines.entries()) {
    const key = /^(mediaType|baseUri|version)\s*:\s*(?:#.*)?$/.exec(line)?.[1];
    if (key === undefined) continue;
    const below = linesBelow(lines, index + 1);
    const isGiven = below.some((text) => /^\s*(?:-|value\s*:|["']?[^\s:(]*$|!include)/.test(text));
    if (isGiven) continue;
    context.report(
      diagnostic('invalid-value', `"${key}" has no value.`, {
        at: { ...context.root, line: index + 1 },
        hint:
          below.length === 0
            ? 'give it one, or take the key away'
            : 'put the value under "value", beside the annotations',
      }),
    );
  }
}

/** The lines that are indented, without comments, up to the next key of the root. */
function linesBelow(lines: readonly string[], start: number): readonly string[] {
  const rest = lines.slice(start, start + 20);
  const end = rest.findIndex((line) => /^[^\s#-]/.test(line));
  return (end === -1 ? rest : rest.slice(0, end)).filter((line) => !/^\s*(#|$)/.test(line));
}

/** Top-level media types (IANA), and `x-…`. */
const MEDIA_RANGE = /^(application|audio|example|font|haptics|image|message|model|multipart|text|video|x-[^/]+|\*)\//i;

/** A slip for `application/json` is found; a made-up type such as `mime/type` is anybody's own business. */
export function checkMediaType(mediaType: string, at: Position, context: Context): void {
  if (MEDIA_RANGE.test(mediaType) || !/\/(json|xml|yaml)$/i.test(mediaType)) return;
  context.report(
    diagnostic('invalid-media-type', `"${mediaType}" is no media type that anybody registered.`, {
      at,
      hint: 'most bodies are application/json',
      severity: 'warning',
    }),
  );
}

/** A slash in a value of a path parameter would make another path. */
export function checkPathParameter({ name, schema, examples, at }: Parameter, context: Context): void {
  const declared = isObject(schema) ? [schema.default, ...(Array.isArray(schema.enum) ? schema.enum : [])] : [];
  const values = [...declared, ...examples.map(({ value }) => value)];
  const impossible = values.find((value) => typeof value === 'string' && value.includes('/'));
  if (impossible === undefined) return;
  context.report(
    diagnostic('value-mismatch', `The path parameter "${name}" can never be "${impossible}": it holds a slash.`, {
      at,
    }),
  );
}

/** Relationships of Ramses whose document no schema is named after. */
export function checkRelationships(
  mentioned: readonly { readonly document: string; readonly at: Position }[],
  definitions: readonly string[],
  paths: readonly PathItem[],
  context: Context,
): void {
  const segments = paths.flatMap(({ path }) => path.split('/')).filter((segment) => /^\w+$/.test(segment));
  const known = new Set([...definitions, ...segments].map(singular));
  for (const { document, at } of mentioned) {
    if (known.has(singular(document))) continue;
    const near = suggest(document, definitions);
    context.report(
      diagnostic('ramses-settings', `The relationship leads to "${document}", and there is no such schema.`, {
        at,
        hint: near ? `did you mean "${near}"?` : 'declare it under "schemas"',
      }),
    );
  }
}

/** @example singular('Stories') // 'story' */
function singular(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');
}

const OAUTH1_SIGNATURES: ReadonlySet<string> = new Set(['HMAC-SHA1', 'RSA-SHA1', 'PLAINTEXT']);

/** RAML 1.0, "OAuth 1.0", `signatures`. */
export function checkSignatures({ name, settings, at }: SecurityScheme, context: Context): void {
  const unknown = textsOf(settings.signatures).find((signature) => !OAUTH1_SIGNATURES.has(signature));
  if (unknown === undefined) return;
  context.report(
    diagnostic('invalid-value', `The security scheme "${name}" names the unknown signature method "${unknown}".`, {
      at,
      hint: `there are ${[...OAUTH1_SIGNATURES].join(', ')}`,
      severity: 'warning',
    }),
  );
}
