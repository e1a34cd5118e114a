import type { IncomingMessage, ServerResponse } from 'node:http';
import { holdsBodyBack } from './connection/expectation.ts';
import type { Answer } from './present/answer.ts';

/**
 * Writes an answer in one go. `headers` is a flat list of names and values that stand beside the answer's own; Node
 * takes such a list without building objects of it, and sends a short body in the same packet.
 */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer, headers: string[]): void {
  const { status, body } = answer;
  for (const name in answer.headers) {
    const value = answer.headers[name];
    if (value !== undefined && value !== '') headers.push(name, value);
  }
  const hasBody = status !== 204 && status !== 304;
  const length = Buffer.byteLength(body);
  // Without it Node would send an empty body in chunks.
  if (hasBody) headers.push('Content-Length', String(length));
  // A refused body may be on its way still. Closing now, as `Connection: close` asks, would reset the connection, and the
  // client would lose the answer with it: Node drains what comes, and the client closes when it has read the answer.
  if (status >= 400 && !request.complete && sendsBody(request)) response.shouldKeepAlive = true;
  response.writeHead(status, headers);
  // ASCII alone is the same in both encodings; Latin-1 is copied where UTF-8 has to be made.
  const encoding = length === body.length ? 'latin1' : 'utf8';
  if (hasBody && body !== '' && request.method !== 'HEAD') response.end(body, encoding);
  else response.end();
}

function sendsBody(request: IncomingMessage): boolean {
  const { headers } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return hasBody && !holdsBodyBack(request);
}
