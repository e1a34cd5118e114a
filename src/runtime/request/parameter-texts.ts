import type { Parameter } from '../../model/description.ts';
import { decodeText, type QueryPair } from '../../query/decode.ts';
import type { Exchange } from '../exchange.ts';
import type { OperationContext } from '../service.ts';

/** One text that a request gives for a parameter. */
export interface ParameterText {
  readonly name: string;
  /** Decoded. */
  readonly text: string;
  /**
   * The parts between separators, each decoded. A comma that was sent as `%2C` beside commas that were not belongs to
   * a part; where all are encoded, as `URLSearchParams` does it, they separate.
   */
  split(separator: string): readonly string[];
}

/** The texts that a request gives for a parameter; `covers` says which names are its own, in a query or a cookie. */
export function compileParameterTexts(
  context: OperationContext,
  { name, in: place }: Parameter,
  covers: (given: string) => boolean,
): (exchange: Exchange) => readonly ParameterText[] {
  switch (place) {
    case 'path': {
      const position = context.parameters.indexOf(name);
      const fromEnd = segmentFromEnd(context.item.path, name);
      return ({ values, pathname }) => {
        const text = values[position];
        if (text === undefined) return [];
        const written = () => (fromEnd === undefined ? undefined : segmentAt(pathname, fromEnd));
        return [{ name, text, split: (separator) => parts(text, written(), separator, decodePart) }];
      };
    }
    case 'query':
      return ({ pairs, search }) =>
        pairs.flatMap(([given, text], index) => {
          if (!covers(given)) return [];
          const written = () => writtenValue(search, index);
          return [{ name: given, text, split: (separator: string) => parts(text, written(), separator, decodeText) }];
        });
    case 'header': {
      const lower = name.toLowerCase();
      return ({ request }) => {
        const value = request.headers[lower];
        if (value === undefined) return [];
        const text = String(value);
        // Spaces round the commas of a list mean nothing (RFC 9110 section 5.6.1).
        return [{ name, text, split: (separator) => parts(text, text, separator, (part) => part.trim()) }];
      };
    }
    case 'cookie':
      return ({ request }) =>
        cookies(request.headers.cookie)
          .filter(([given]) => covers(given))
          .map(([given, written]) => {
            const text = decodePart(written);
            return { name: given, text, split: (separator) => parts(text, written, separator, decodePart) };
          });
  }
}

/** Texts of an urlencoded form by their places among its pairs. `written`: the form as it was sent, if that is known. */
export function queryTexts(
  written: string | undefined,
  pairs: readonly QueryPair[],
  indexes: readonly number[],
): readonly ParameterText[] {
  return indexes.flatMap((index) => {
    const [name, text] = pairs[index] ?? [];
    if (name === undefined || text === undefined) return [];
    const sent = () => (written === undefined ? undefined : writtenValue(written.trim(), index));
    return [{ name, text, split: (separator: string) => parts(text, sent(), separator, decodeText) }];
  });
}

/** `written` is as the client sent it, if that can be told. */
function parts(
  text: string,
  written: string | undefined,
  separator: string,
  decode: (part: string) => string | undefined,
): readonly string[] {
  if (written?.includes(separator)) return written.split(separator).map((part) => decode(part) ?? part);
  return text.split(separator);
}

/** Where the template has `{name}` alone between slashes: its place counted from the end, as paths may be mounted. */
function segmentFromEnd(path: string, name: string): number | undefined {
  const segments = path.replace(/\/$/, '').split('/');
  const index = segments.indexOf(`{${name}}`);
  // `{+rest}` spans any number of segments.
  return index === -1 || path.includes('{+') ? undefined : segments.length - 1 - index;
}

function segmentAt(pathname: string, fromEnd: number): string | undefined {
  return pathname
    .replace(/\/$/, '')
    .split('/')
    .at(-1 - fromEnd);
}

/** Counted as `decodeQuery` counts its pairs. */
function writtenValue(search: string, index: number): string | undefined {
  const part = search.split('&').filter((given) => given !== '')[index];
  return part?.slice(part.indexOf('=') + 1);
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cookies(header: string | undefined): readonly (readonly [name: string, written: string])[] {
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.includes('='))
    .map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1).replace(/^"(.*)"$/, '$1')] as const;
    });
}
