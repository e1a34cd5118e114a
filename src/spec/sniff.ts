/**
 * Which format a text is, by its content alone: names and extensions of files tell little.
 */
import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import { suggest } from '../suggest.ts';
import { looksLikeSchema } from './json-schema/looks-like-schema.ts';

export type Sniffed = { readonly reader: 'raml' | 'openapi' | 'json-schema' } | { readonly problem: Diagnostic };

/**
 * RAML begins with `#%RAML 0.8` or `#%RAML 1.0` as its very first line (RAML 1.0, "The Root of the Document");
 * OpenAPI has a key `openapi` (or `swagger`, which its reader answers) at the top; a JSON Schema names its meta-schema, or
 * describes properties.
 *
 * @param text without a byte order mark
 */
export function sniff(text: string, file: string): Sniffed {
  const lines = text.split(/\r\n|\n|\r/, 200);
  if (lines.every((line) => /^\s*(#(?!.*RAML).*)?$/i.test(line)) && text.trim().length < 100_000) {
    return problemAt(
      file,
      1,
      'empty-description',
      'There is nothing in this file.',
      'begin with "#%RAML 1.0" or "openapi: 3.1.0"',
    );
  }
  const ramlLine = lines.findIndex((line) => /^\s*#?\s*%?\s*RAML\b/i.test(line) && !/:/.test(line));
  if (ramlLine !== -1) return sniffRaml(lines[ramlLine] ?? '', ramlLine + 1, file);
  const isJson = /^\s*\{/.test(text);
  if (isJson ? /["'](openapi|swagger)["']\s*:|\{\s*(openapi|swagger)\s*:/.test(text) : hasOpenApiKey(text)) {
    return { reader: 'openapi' };
  }
  if (isJson ? isJsonSchema(text) : hasSchemaKey(text)) return { reader: 'json-schema' };
  return unknown(lines, file);
}

/** As the first key, however far it is indented, or any key that is not. */
function hasOpenApiKey(text: string): boolean {
  return (
    /^["']?(openapi|swagger)["']?\s*:/m.test(text) ||
    /^(\s*(#.*|---.*|%YAML.*)?\n)*\s*["']?(openapi|swagger)["']?\s*:/.test(text)
  );
}

/** By its top level; text that is broken further down may still name its meta-schema. */
function isJsonSchema(text: string): boolean {
  try {
    return looksLikeSchema(JSON.parse(text));
  } catch {
    return /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\//.test(text);
  }
}

function hasSchemaKey(text: string): boolean {
  return /^["']?(?:\$schema["']?\s*:.*json-schema\.org|(?:properties|definitions|\$defs)["']?\s*:)/m.test(text);
}

function sniffRaml(line: string, number: number, file: string): Sniffed {
  const exact = /^#%RAML (0\.8|1\.0)(\s|$)/.test(line);
  if (exact && number === 1) return { reader: 'raml' };
  if (exact) {
    const message = 'The line "#%RAML …" must be the very first line of the file.';
    return problemAt(file, number, 'unknown-format', message, `remove what stands above it`);
  }
  const version = /\d+(\.\d+)*/.exec(line)?.[0];
  if (version !== undefined && version !== '0.8' && version !== '1.0') {
    const meant = version.startsWith('0') ? '0.8' : '1.0';
    const message = `There is no RAML ${version}; Cartouche reads 0.8 and 1.0.`;
    return problemAt(file, number, 'unknown-format', message, `did you mean "#%RAML ${meant}"?`);
  }
  const message = 'The first line is not quite that of a RAML file.';
  return problemAt(file, number, 'unknown-format', message, `write "#%RAML ${version ?? '1.0'}", exactly so`);
}

/** Other formats that people have at hand, by a line that only they have. */
const OTHERS: readonly (readonly [RegExp, string, string | undefined])[] = [
  [/^\s*["']?asyncapi["']?\s*:/, 'AsyncAPI', undefined],
  [/^\s*["']?arazzo["']?\s*:/, 'Arazzo', 'name the OpenAPI file that it refers to'],
  [/^\s*["']?overlay["']?\s*:/, 'an OpenAPI overlay', 'apply it first, and name the result'],
  [/^FORMAT:\s*1A/, 'API Blueprint', 'convert it to OpenAPI first'],
  [/^\s*<\?xml|^\s*<(wsdl:)?definitions\b|^\s*<application\b/, 'XML', undefined],
  [/^\s*"_postman_id"|schema\.getpostman\.com/, 'a Postman collection', 'convert it to OpenAPI first'],
  [/^\s*(type\s+(Query|Mutation)|schema)\s*\{/, 'GraphQL', undefined],
  [/^\s*syntax\s*=\s*"proto/, 'Protocol Buffers', undefined],
];

function unknown(lines: readonly string[], file: string): Sniffed {
  for (const [pattern, name, hint] of OTHERS) {
    const index = lines.slice(0, 50).findIndex((line) => pattern.test(line));
    if (index !== -1) return problemAt(file, index + 1, 'unknown-format', `This looks like ${name}.`, hint ?? READS);
  }
  for (const [index, line] of lines.slice(0, 50).entries()) {
    const key =
      /^["']?([A-Za-z][\w-]*)["']?\s*:/.exec(line)?.[1] ?? /^\s*[{,]?\s*"([A-Za-z][\w-]*)"\s*:/.exec(line)?.[1];
    if (key === undefined) continue;
    if (suggest(key, ['openapi', 'swagger'])) {
      return problemAt(file, index + 1, 'unknown-format', `"${key}" is no key of OpenAPI.`, 'did you mean "openapi"?');
    }
  }
  const ramlLike = lines.some((line) => /^(baseUri|\/[\w{}]+.*|resourceTypes|securedBy|mediaType):/.test(line));
  const hint = ramlLike ? 'a RAML file begins with the line "#%RAML 1.0"' : READS;
  return problemAt(file, 1, 'unknown-format', 'This is neither RAML nor OpenAPI nor JSON Schema.', hint);
}

const READS = 'Cartouche reads RAML 0.8 and 1.0, OpenAPI 3.0 and 3.1, and JSON Schema';

function problemAt(
  file: string,
  line: number,
  code: 'empty-description' | 'unknown-format',
  message: string,
  hint: string,
): Sniffed {
  return { problem: diagnostic(code, message, { at: { file, line, column: 1 }, hint }) };
}
