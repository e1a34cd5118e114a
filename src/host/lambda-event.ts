/** Requests as Amazon API Gateway hands them to a function, in both payload formats, and answers as it takes them. */
import { isRecord } from '../model/schema.ts';

/** A request as HTTP says it. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
}

export interface PlainAnswer {
  readonly status: number;
  /** By name in lower case; several values of a name are an array. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What a function gives back: format 2.0 has `headers` and `cookies`, format 1.0 `multiValueHeaders`. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/**
 * The request of an event of an HTTP API or a function URL (format 2.0), or of a REST API (format 1.0). `undefined`: it is
 * an event of something else.
 */
export function requestOfEvent(event: unknown): PlainRequest | undefined {
  if (!isRecord(event)) return undefined;
  return event.version === '2.0' ? requestOfFormat2(event) : requestOfFormat1(event);
}

type Fields = Readonly<Record<string, unknown>>;

function requestOfFormat2(event: Fields): PlainRequest | undefined {
  const context = fieldsOf(event.requestContext);
  const { method } = fieldsOf(context.http);
  if (typeof method !== 'string' || typeof event.rawPath !== 'string') return undefined;
  const query = typeof event.rawQueryString === 'string' ? event.rawQueryString : '';
  const cookies = Array.isArray(event.cookies) && event.cookies.length > 0 ? { cookie: event.cookies.join('; ') } : {};
  return {
    method,
    target: targetOf(withoutStage(event.rawPath, context.stage), query),
    headers: { ...sentHeaders(fieldsOf(event.headers)), ...cookies },
    body: bodyOf(event),
  };
}

function requestOfFormat1(event: Fields): PlainRequest | undefined {
  const { httpMethod, path } = event;
  if (typeof httpMethod !== 'string' || typeof path !== 'string') return undefined;
  // Values were decoded; their order among names is lost.
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(
    valuesOf(event.multiValueQueryStringParameters, event.queryStringParameters),
  )) {
    for (const value of values) query.append(name, value);
  }
  return {
    method: httpMethod,
    target: targetOf(path, query.toString()),
    headers: sentHeaders(valuesOf(event.multiValueHeaders, event.headers)),
    body: bodyOf(event),
  };
}

/** A named stage begins the path of format 2.0; clients see it, the service does not. */
function withoutStage(path: string, stage: unknown): string {
  if (typeof stage !== 'string' || stage === '$default') return path;
  return path === `/${stage}` || path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) || '/' : path;
}

/** What stands decoded in an event must not end the request line. */
function targetOf(path: string, query: string): string {
  const encoded = path.replace(/[^\w.~!$&'()*+,;=:@%/-]/gu, encodeURIComponent);
  return query === '' ? encoded : `${encoded}?${query}`;
}

function bodyOf({ body, isBase64Encoded }: Fields): Buffer | undefined {
  return typeof body === 'string' && body !== '' ? Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') : undefined;
}

/** All values of each name; of old events only the last one. */
function valuesOf(all: unknown, last: unknown): Readonly<Record<string, readonly string[]>> {
  const source = isRecord(all) ? all : fieldsOf(last);
  return Object.fromEntries(
    Object.entries(source).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]),
  );
}

/** Of one connection, and of a body that is measured anew. */
const hopByHop = /^(?:connection|keep-alive|transfer-encoding|te|trailer|upgrade|content-length|expect)$/i;

function sentHeaders(headers: Fields): PlainRequest['headers'] {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !hopByHop.test(name))
      .map(([name, value]) => [
        name.toLowerCase(),
        Array.isArray(value) && value.length > 1 ? value.map(String) : String(value),
      ]),
  );
}

function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** The answer in the format of the event that it answers. */
export function resultFor(event: unknown, { status, headers, body }: PlainAnswer): LambdaResult {
  const isText = headers['content-encoding'] === undefined && textual.test(String(headers['content-type'] ?? 'text/'));
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.test(name) || name === 'content-length');
  const content = {
    statusCode: status,
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
  const values = kept.map(([name, value]): readonly [string, readonly string[]] => [name, [value ?? []].flat()]);
  if (!isRecord(event) || event.version !== '2.0') return { ...content, multiValueHeaders: Object.fromEntries(values) };
  const cookies = values.find(([name]) => name === 'set-cookie')?.[1];
  const others = values.filter(([name]) => name !== 'set-cookie').map(([name, all]) => [name, all.join(', ')]);
  return { ...content, headers: Object.fromEntries(others), ...(cookies && { cookies }) };
}

/** Other media types travel as base64. */
const textual =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|yaml)\b|application\/(?:yaml|javascript|x-ndjson)\b)/i;
