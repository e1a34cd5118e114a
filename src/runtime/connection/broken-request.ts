import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ApiError, errorCatalogue } from '../../errors.ts';

/** What Node's HTTP parser tells of a request that it refuses. */
export type ParserError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/**
 * What the HTTP parser refuses never reaches the application; it gets a problem all the same. Listener for `clientError`.
 * What is still on its way is read and thrown away for a moment: a connection that is closed with bytes unread is reset,
 * and takes the answer with it.
 */
export function answerBrokenRequest(error: ParserError, socket: Socket): void {
  // The parser tells of every further piece of what it has refused.
  if (refused.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  refused.add(socket);
  writeProblem(socket, brokenRequest(error));
}

const refused = new WeakSet<Socket>();

/** Nobody is a proxy here. Listener for `connect`, whose request has a connection but no response. */
export function refuseTunnel(_request: unknown, socket: Socket): void {
  writeProblem(socket, new ApiError('not-implemented', 'CONNECT is for proxies, and this server is none.'));
}

/** Answers a request that the application should not see, and closes the connection. */
export function refuseRequest(response: ServerResponse, error: ApiError): void {
  response.shouldKeepAlive = false;
  const body = problemText(error);
  response.writeHead(error.status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** How long a client may go on sending what is not read any more, in milliseconds. */
const drainTime = 1_000;

function writeProblem(socket: Socket, error: ApiError): void {
  const body = problemText(error);
  const lines = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? errorCatalogue[error.code].title}`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  socket.on('error', () => socket.destroy());
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), drainTime);
  socket.once('close', () => clearTimeout(cut));
}

function problemText({ code, status, detail, hint }: ApiError): string {
  return JSON.stringify({ type: 'about:blank', title: errorCatalogue[code].title, status, detail, code, hint });
}

function brokenRequest({ code, rawPacket }: ParserError): ApiError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ApiError('headers-too-large', 'The request line and headers are longer than this server reads.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiError('request-timeout', 'The request did not arrive in time.');
    case 'HPE_INVALID_METHOD': {
      const method = unknownMethod(rawPacket);
      if (method !== undefined) return new ApiError('not-implemented', `The method ${method} is not known here.`);
      break;
    }
  }
  return new ApiError('malformed-request', 'This is not an HTTP/1.1 request.');
}

/** A method that no standard knows, in a request line that is one otherwise (RFC 9110 section 9.1: 501). */
function unknownMethod(packet: Buffer | undefined): string | undefined {
  const line = packet?.subarray(0, 1024).toString('latin1') ?? '';
  return /^([A-Za-z][\w!#$%&'*+.^`|~-]{0,39}) [^ \r\n]+ HTTP\/1\.[01]\r?\n/.exec(line)?.[1];
}
