import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ApiError } from '../../errors.ts';

/**
 * The body as bytes, decoded from gzip, deflate or br, at most `limit` bytes long. An announced length beyond the limit
 * is refused before a byte is read; an unannounced or false one as soon as it is passed. What is left of a refused body
 * is read and thrown away by Node, so that the client gets to see the answer.
 *
 * Throws `ApiError` `body-too-large`, `unsupported-media-type` (encoding) or `malformed-body` (broken encoding).
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decode = decoders.get(encoding);
  if (!decode) {
    throw new ApiError('unsupported-media-type', `The content encoding "${encoding}" is not supported.`, {
      hint: `Use ${offered}.`,
      headers: { 'Accept-Encoding': offered },
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const bytes = collect(request, limit);
  return encoding === 'identity' ? bytes : bytes.then((encoded) => decode(encoded, limit));
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limit) {
        chunks.length = 0;
        request.off('data', onData);
        request.resume();
        reject(tooLarge(limit));
        return;
      }
      chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.once('error', () => reject(new ApiError('malformed-body', 'The body ended too early.')));
  });
}

function tooLarge(limit: number): ApiError {
  return new ApiError('body-too-large', `The body is longer than ${limit} bytes.`);
}

type Decode = (bytes: Buffer, limit: number) => Promise<Buffer>;

const decoders: ReadonlyMap<string, Decode> = new Map([
  ['identity', async (bytes) => bytes],
  ['gzip', inflater(promisify(gunzip))],
  // RFC 9110 section 8.4.1.3: the old name of the same.
  ['x-gzip', inflater(promisify(gunzip))],
  ['deflate', inflater(promisify(inflate))],
  ['br', inflater(promisify(brotliDecompress))],
] satisfies [string, Decode][]);

const offered = [...decoders.keys()].filter((name) => name !== 'x-gzip').join(', ');

/** A small body may unpack to gigabytes: zlib itself stops at the limit. */
function inflater(unpack: (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>): Decode {
  return async (bytes, limit) => {
    try {
      return await unpack(bytes, { maxOutputLength: limit });
    } catch (error) {
      if (error instanceof RangeError) throw tooLarge(limit);
      throw new ApiError('malformed-body', 'The body is not in the encoding that Content-Encoding names.', {
        cause: error,
      });
    }
  };
}
