import { ApiError } from '../../errors.ts';

/** One part of a form. */
export type FormPart = readonly [name: string, text: string];

/**
 * The fields of a `multipart/form-data` body (RFC 7578). A file that is no UTF-8 text becomes base64, as JSON Schema's
 * `contentEncoding` has it. Throws `ApiError` `malformed-body`.
 */
export function parseMultipart(body: Buffer, boundary: string | undefined): readonly FormPart[] {
  if (boundary === undefined || boundary === '' || boundary.length > 70) {
    throw new ApiError('malformed-body', 'The Content-Type of a multipart body must name its boundary.');
  }
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(delimiter);
  while (at !== -1) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).equals(end)) return parts;
    const next = body.indexOf(Buffer.concat([lineBreak, delimiter]), start);
    if (next === -1) break;
    parts.push(parsePart(body.subarray(start, next)));
    at = next + lineBreak.length;
  }
  throw new ApiError('malformed-body', `The multipart body does not end with "--${boundary}--".`);
}

const end = Buffer.from('--');
const lineBreak = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

function parsePart(part: Buffer): FormPart {
  const split = part.indexOf(blankLine);
  const header = split === -1 ? '' : part.subarray(0, split).toString('utf8');
  const [, name] = /^content-disposition:[^\r\n]*[;\s]name="([^"\r\n]*)"/im.exec(header) ?? [];
  if (name === undefined) throw new ApiError('malformed-body', 'A part of the multipart body has no name.');
  return [name.replaceAll('%22', '"'), textOf(part.subarray(split + blankLine.length))];
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('base64');
  }
}
