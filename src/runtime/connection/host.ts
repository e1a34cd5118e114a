import type { IncomingMessage } from 'node:http';
import { ApiError } from '../../errors.ts';

/** `uri-host [ ":" port ]` (RFC 9110 section 7.2). No comma, though RFC 3986 has it in names: Node joins repeated headers by it. */
const valid = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::\d*)?$/i;

/** Nearly all requests of a server name the same one. */
let lastValid = '';

/**
 * RFC 9112 section 3.2: HTTP/1.1 needs exactly one valid `Host`. Answers hold it in links, so that anything else would
 * come back to others. `undefined`: it is as it must be.
 */
export function hostProblem(request: IncomingMessage): ApiError | undefined {
  const { host } = request.headers;
  if (host === lastValid && host !== '') return undefined;
  if (host === undefined) {
    if (request.httpVersion !== '1.1') return undefined;
    return new ApiError('malformed-request', 'The header Host is missing.', { hint: 'Send exactly one Host header.' });
  }
  if (!valid.test(host)) {
    return new ApiError('malformed-request', 'The header Host does not name one host.', {
      hint: 'Send exactly one Host header: a name or an address, and a port.',
    });
  }
  lastValid = host;
  return undefined;
}
