import { ApiError } from '../../errors.ts';
import { type ParsedMediaType, parseMediaType } from './media-type.ts';

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** `undefined`: the part does not say what it is. */
  readonly type: ParsedMediaType | undefined;
  readonly bytes: Buffer;
}

/** Nobody fills in more fields; each part costs much more than its bytes. */
export const maximumParts = 1000;

/** As long as Node allows the headers of a whole request to be. */
const maximumHeaders = 16 * 1024;

/**
 * The parts of a `multipart/form-data` body (RFC 7578, RFC 2046 section 5.1). Throws `ApiError` `malformed-body`, for
 * more than `maximumParts` parts, too.
 */
export function parseMultipart(body: Buffer, boundary: string | undefined): readonly FormPart[] {
  // RFC 2046 section 5.1.1.
  if (boundary === undefined || !/^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary)) {
    throw malformed('The Content-Type of a multipart body must name its boundary.');
  }
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];
  // What stands before the first boundary, and behind the last, is for nobody.
  const isFirst =
    isDelimiter(body, delimiter.length - lineBreak.length) &&
    body.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2));
  const opening = isFirst ? -lineBreak.length : nextDelimiter(body, delimiter, 0);
  let at = opening === -1 ? -1 : opening + delimiter.length;
  while (at !== -1) {
    if (body.subarray(at, at + 2).equals(end)) return parts;
    const next = nextDelimiter(body, delimiter, at);
    if (next === -1) break;
    if (parts.length === maximumParts) throw malformed(`A form has ${maximumParts} parts at most.`);
    parts.push(parsePart(body.subarray(at, next), parts.length + 1));
    at = next + delimiter.length;
  }
  throw malformed(`The multipart body does not end with "--${boundary}--".`);
}

const end = Buffer.from('--');
const lineBreak = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

/** A longer line that begins like the boundary is content. */
function nextDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  for (let at = body.indexOf(delimiter, from); at !== -1; at = body.indexOf(delimiter, at + 1)) {
    if (isDelimiter(body, at + delimiter.length)) return at;
  }
  return -1;
}

/** Whether a boundary ends here: by the end of the line, perhaps behind spaces, or by the two hyphens of the last one. */
function isDelimiter(body: Buffer, behind: number): boolean {
  const rest = body.subarray(behind, behind + 2);
  return rest.equals(end) || rest.equals(lineBreak) || rest[0] === 0x20 || rest[0] === 0x09;
}

/** `part` begins behind the boundary, with the rest of its line. */
function parsePart(part: Buffer, number: number): FormPart {
  const first = part.indexOf(lineBreak);
  const split = part.indexOf(blankLine, first);
  if (first === -1 || split === -1) throw malformed(`Part ${number} of the multipart body has no headers.`);
  if (split - first > maximumHeaders) throw malformed(`The headers of part ${number} are too long.`);
  const headers = parseHeaders(part.subarray(first, split).toString('utf8'), number);
  const disposition = headers.get('content-disposition') ?? '';
  const [, name] =
    /[;\s]name="((?:[^"\\]|\\.)*)"/i.exec(disposition) ?? /[;\s]name=([^\s;"]+)/i.exec(disposition) ?? [];
  if (name === undefined) throw malformed(`Part ${number} of the multipart body has no name.`);
  const type = headers.get('content-type');
  const parsed = type === undefined ? undefined : parseMediaType(type);
  if (type !== undefined && parsed === undefined) {
    throw malformed(`The Content-Type of part ${number} is no media type.`);
  }
  return { name: unescaped(name), headers, type: parsed, bytes: part.subarray(split + blankLine.length) };
}

/** A line that is no header may be one that somebody slipped into a name: nothing of such a part is believed. */
function parseHeaders(text: string, number: number): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n').slice(1)) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0\r\n]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw malformed(`Part ${number} has a line that is no header.`);
    const key = name.toLowerCase();
    if (headers.has(key)) throw malformed(`Part ${number} has the header "${key.slice(0, 40)}" twice.`);
    headers.set(key, value.trimEnd());
  }
  return headers;
}

/** Browsers write `%22` for a quotation mark, and curl a backslash before it. */
function unescaped(name: string): string {
  return name
    .replace(/\\(["\\])/g, '$1')
    .replaceAll('%22', '"')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n');
}

function malformed(message: string): ApiError {
  return new ApiError('malformed-body', message);
}
