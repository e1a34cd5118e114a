/**
 * Mistakes that the parser does not see.
 */
import { diagnostic } from '../../../diagnostics.ts';
import type { Parameter, Position, SecurityScheme } from '../../../model/description.ts';
import { isObject, type Json } from '../../record.ts';
import type { Source } from '../../source.ts';
import { elementsOf, placeOf, textOf, textsOf } from '../parsed.ts';
import type { Context } from './context.ts';

/** Each file under `uses` must be a library (RAML 1.0, "Applying Libraries"). */
export function checkLibraries(specification: Json, source: Source, context: Context): void {
  for (const uses of elementsOf(specification.uses)) {
    const path = textOf(uses.value);
    const outcome = path === undefined ? undefined : source.read(path);
    if (!outcome || !('file' in outcome) || /^#%RAML 1\.0 +Library\b/.test(outcome.file.text)) continue;
    context.report(
      diagnostic('raml-questionable', `The file "${path}" is used as a library and is none.`, {
        at: placeOf(uses, context.root),
        hint: 'its first line should be "#%RAML 1.0 Library"',
      }),
    );
  }
}

/** Top-level media types (IANA), and `x-…`. */
const MEDIA_RANGE = /^(application|audio|example|font|haptics|image|message|model|multipart|text|video|x-[^/]+|\*)\//i;

/** A slip for `application/json` is found; a made-up type such as `mime/type` is anybody's own business. */
export function checkMediaType(mediaType: string, at: Position, context: Context): void {
  if (MEDIA_RANGE.test(mediaType) || !/\/(json|xml|yaml)$/i.test(mediaType)) return;
  context.report(
    diagnostic('raml-questionable', `"${mediaType}" is no media type that anybody registered.`, {
      at,
      hint: 'most bodies are application/json',
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
    diagnostic('raml-questionable', `The path parameter "${name}" can never be "${impossible}": it holds a slash.`, {
      at,
    }),
  );
}

const OAUTH1_SIGNATURES: ReadonlySet<string> = new Set(['HMAC-SHA1', 'RSA-SHA1', 'PLAINTEXT']);

/** RAML 1.0, "OAuth 1.0", `signatures`. */
export function checkSignatures({ name, settings, at }: SecurityScheme, context: Context): void {
  const unknown = textsOf(settings.signatures).find((signature) => !OAUTH1_SIGNATURES.has(signature));
  if (unknown === undefined) return;
  context.report(
    diagnostic('raml-questionable', `The security scheme "${name}" names the unknown signature method "${unknown}".`, {
      at,
      hint: `there are ${[...OAUTH1_SIGNATURES].join(', ')}`,
    }),
  );
}
