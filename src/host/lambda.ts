import { Agent, type IncomingMessage, request, type Server } from 'node:http';
import { type LambdaResult, type PlainAnswer, type PlainRequest, requestOfEvent, resultFor } from './lambda-event.ts';
import { listen } from './listen.ts';
import { log } from './log.ts';

/**
 * A handler of AWS Lambda for a service: events of API Gateway and of function URLs become requests to the server, over
 * the loopback address of the function, so that the service answers there as it does everywhere. The server is started
 * with the first event; a start that failed is tried again with the next one.
 *
 * Throws for an event that is no HTTP request, and what `start` throws: Lambda then answers 500 or 502.
 *
 * @example export const handler = lambdaHandler(async () => createServer(await application()).http);
 */
export function lambdaHandler(start: () => Promise<Server>): (event: unknown) => Promise<LambdaResult> {
  let started: Promise<string> | undefined;
  const origin = (): Promise<string> => {
    started ??= start()
      .then((server) => listen(server, { host: '127.0.0.1', port: 0 }))
      .catch((error: unknown) => {
        started = undefined;
        log({ level: 'error', message: 'the service did not start', cause: error });
        throw error;
      });
    return started;
  };
  return async (event) => {
    const sent = requestOfEvent(event);
    if (!sent) throw new TypeError('The event is no request of API Gateway or of a function URL.');
    return resultFor(event, await forward(await origin(), sent));
  };
}

/** A connection for each: a function is frozen between events, and finds those that it kept closed. */
const agent = new Agent({ keepAlive: false });

function forward(origin: string, { method, target, headers, body }: PlainRequest): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const options = { agent, hostname, port, method, path: target, headers: { host: hostname, ...headers } };
    const sent = request(options, (response) => {
      whole(response).then(
        (content) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: content }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function whole(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
