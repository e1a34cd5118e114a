/**
 * A client that knows nothing of an API but its OpenAPI 3.1 document: it makes valid requests of each operation,
 * requests that break one constraint, and says where an answer is not what the document promises.
 */
import { type IncomingHttpHeaders, request as send } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { sample } from '../../src/fake/sample.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly parameters: readonly Json[];
  readonly body: Json | undefined;
  readonly responses: Json;
}

export interface Request {
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export class DocumentClient {
  readonly operations: readonly Operation[];
  readonly #url: URL;
  readonly #document: Json;
  readonly #definitions: Readonly<Record<string, never>>;
  /** As answers show them: `writeOnly` properties are not required (OpenAPI 3.1.1, section 4.8.24.2). */
  readonly #shown: Json;
  readonly #ajv: Ajv2020;
  /** Values of path parameters, by the path up to and with the parameter. */
  readonly #known = new Map<string, string>();

  constructor(url: string, document: Json) {
    this.#url = new URL(url);
    // Samples look for definitions in `$defs`.
    this.#document = JSON.parse(JSON.stringify(document).replaceAll('"#/components/schemas/', '"#/$defs/'));
    this.#definitions = recordOf(recordOf(this.#document.components).schemas) as Readonly<Record<string, never>>;
    this.#shown = Object.fromEntries(entriesOf(this.#definitions).map(([name, schema]) => [name, shown(schema)]));
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
    formats.default(this.#ajv);
    this.operations = entriesOf(this.#document.paths).flatMap(([path, item]) =>
      entriesOf(item)
        .filter(([method]) => /^(get|put|post|delete|options|head|patch|trace)$/.test(method))
        .map(([method, operation]) => ({
          path,
          method,
          parameters: merged(listOf(item.parameters), listOf(operation.parameters)),
          body: isRecord(operation.requestBody) ? operation.requestBody : undefined,
          responses: recordOf(operation.responses),
        })),
    );
  }

  /** A valid request; with `optional`, all that may be sent is. `undefined`: a path parameter has no value. */
  request(
    operation: Operation,
    { seed, mediaType, parameter }: { seed: number; mediaType?: string | undefined; parameter?: Json },
  ): Request {
    const path = this.#pathOf(operation, seed);
    const query: string[] = [];
    const headers: Record<string, string> = {};
    const cookies: string[] = [];
    for (const declared of operation.parameters) {
      if (declared.in === 'path' || (declared.required !== true && declared !== parameter)) continue;
      const text = textOf(this.#valueOf(declared, seed));
      const name = String(declared.name);
      if (declared.in === 'query') query.push(...this.#queryOf(declared, seed));
      else if (declared.in === 'header') headers[name] = encodeURI(text);
      else cookies.push(`${name}=${encodeURIComponent(text)}`);
    }
    if (cookies.length > 0) headers.cookie = cookies.join('; ');
    const type = mediaType ?? this.mediaTypes(operation)[0];
    const schema = type === undefined ? undefined : recordOf(recordOf(operation.body?.content)[type]).schema;
    const isWritten = schema !== undefined && type !== undefined;
    const body = isWritten ? encode(this.#bodyOf(schema, type, seed), type) : undefined;
    if (isWritten) headers['content-type'] = type.startsWith('multipart/') ? `${type}; boundary=${boundary}` : type;
    return {
      method: operation.method.toUpperCase(),
      path: query.length === 0 ? path : `${path}?${query.join('&')}`,
      headers,
      body,
    };
  }

  /** Whether a patch applies depends on the document; one without operations always does. */
  #bodyOf(schema: unknown, type: string, seed: number): unknown {
    return type === 'application/json-patch+json' ? [] : this.#sample(schema, seed);
  }

  /** Whether all documents on the path of an operation were created before. */
  knows({ path }: Operation): boolean {
    const steps = path.split('/');
    return steps.every((step, index) => !step.includes('{') || this.#known.has(steps.slice(0, index + 1).join('/')));
  }

  /** Media types of bodies that this client can write. */
  mediaTypes({ body }: Operation): readonly string[] {
    const types = Object.keys(recordOf(body?.content));
    return [...types.filter(isJson), ...types.filter((type) => forms.includes(type))];
  }

  /** Bodies that break the schema of their operation in one place, and what was done. */
  brokenBodies(
    operation: Operation,
    seed: number,
  ): readonly { readonly how: string; readonly name: string; readonly body: unknown }[] {
    const type = this.mediaTypes(operation).find((name) => name === 'application/json');
    const schema = type === undefined ? undefined : recordOf(recordOf(operation.body?.content)[type]).schema;
    const valid = schema === undefined ? undefined : this.#sample(schema, seed);
    if (schema === undefined || !isRecord(valid) || !this.fits(schema, valid)) return [];
    return Object.keys(valid)
      .flatMap((name) =>
        wrongValues.map((wrong) => ({
          how: `/${name}: ${JSON.stringify(wrong)}`,
          name,
          body: { ...valid, [name]: wrong },
        })),
      )
      .filter(({ body }) => !this.fits(schema, body));
  }

  async send({ method, path, headers, body }: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port, pathname } = this.#url;
      const target = pathname.replace(/\/$/, '') + path;
      const outgoing = send({ hostname, port, path: target, method, headers, agent: false }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      });
      outgoing.on('error', reject);
      if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
      outgoing.end(body);
    });
  }

  /** Learns from an answer where the new document is. */
  learn(operation: Operation, { path }: Request, { headers }: Answer): void {
    const target =
      headers.location === undefined ? path.replace(/\?.*$/, '') : new URL(headers.location, this.#url).pathname;
    const base = this.#url.pathname.replace(/\/$/, '');
    const segments = target.slice(target.startsWith(`${base}/`) ? base.length : 0).split('/');
    for (const other of this.operations) {
      const template = other.path.split('/');
      if (template.length !== segments.length) continue;
      const fits = template.every((step, index) => /\{/.test(step) || step === segments[index]);
      if (!fits || (headers.location === undefined && other !== operation)) continue;
      for (const [index, step] of template.entries()) {
        if (/^\{[^{}]+\}$/.test(step))
          this.#known.set(template.slice(0, index + 1).join('/'), decodeURIComponent(segments[index] ?? ''));
      }
    }
  }

  /** What an answer has that the document does not promise. */
  differences(operation: Operation, answer: Answer): readonly string[] {
    const declared = this.#responseOf(operation, answer.status);
    if (!declared) return [`the status ${answer.status} is not declared`];
    return [...this.#headerDifferences(declared, answer), ...this.#bodyDifferences(operation, declared, answer)];
  }

  fits(schema: unknown, value: unknown): boolean {
    return this.#violations(schema, value) === undefined;
  }

  #violations(schema: unknown, value: unknown, $defs: Json = this.#definitions): string | undefined {
    const complete = isRecord(schema) ? { ...schema, $defs } : schema === true || schema === undefined;
    const validate = this.#ajv.compile(complete);
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors).slice(0, 400);
  }

  #responseOf({ responses }: Operation, status: number): Json | undefined {
    const entry = responses[status] ?? responses[`${String(status).charAt(0)}XX`] ?? responses.default;
    if (!isRecord(entry)) return undefined;
    const name = typeof entry.$ref === 'string' ? entry.$ref.split('/').at(-1) : undefined;
    return name === undefined ? entry : recordOf(recordOf(recordOf(this.#document.components).responses)[name]);
  }

  #headerDifferences({ headers: declared }: Json, { status, headers }: Answer): readonly string[] {
    const names = new Map(entriesOf(declared).map(([name, header]) => [name.toLowerCase(), header]));
    const missing = [...names].flatMap(([name, { required, schema }]) => {
      const text = headers[name];
      if (text === undefined) return required === true ? [`the header ${name} is missing`] : [];
      const candidates: unknown[] = [String(text), parsed(String(text)), String(text).split(/,\s*/)];
      return candidates.some((value) => this.fits(schema, value)) ? [] : [`the header ${name} is "${text}"`];
    });
    const undeclared =
      status < 400 ? ['location', 'etag', 'link', 'x-total-count', 'x-cartouche-sample', 'last-modified'] : [];
    return [
      ...missing,
      ...undeclared
        .filter((name) => headers[name] !== undefined && !names.has(name))
        .map((name) => `the header ${name} is not declared`),
    ];
  }

  #bodyDifferences({ method }: Operation, { content }: Json, { text, headers }: Answer): readonly string[] {
    const declared = entriesOf(content);
    const isExcused = method === 'head' || headers['x-cartouche-sample'] === 'empty';
    if (text === '') return declared.length === 0 || isExcused ? [] : ['the body is empty'];
    const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
    const media = declared.find(([name]) => name.split(';')[0] === type || name === '*/*');
    if (!media) return [`a body of the type "${type}" is not declared`];
    if (!isJson(type)) return [];
    const violations = this.#violations(media[1].schema, JSON.parse(text), this.#shown);
    return violations === undefined ? [] : [`the body: ${violations}`];
  }

  #pathOf({ path, parameters }: Operation, seed: number): string {
    const steps = path.split('/');
    return steps
      .map((step, index) =>
        step.replace(/\{([^{}]+)\}/g, (_, name: string) => {
          const known = this.#known.get(steps.slice(0, index + 1).join('/'));
          const declared = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name);
          return encodeURIComponent(known ?? textOf(declared ? this.#valueOf(declared, seed) : 'x'));
        }),
      )
      .join('/');
  }

  #queryOf(parameter: Json, seed: number): readonly string[] {
    const value = this.#valueOf(parameter, seed);
    const name = encodeURIComponent(String(parameter.name));
    const write = (item: unknown) => encodeURIComponent(textOf(item));
    if (parameter.content !== undefined) return [`${name}=${encodeURIComponent(JSON.stringify(value))}`];
    if (Array.isArray(value)) {
      if (parameter.explode === false) return [`${name}=${value.map(write).join(',')}`];
      return value.map((item) => `${name}=${write(item)}`);
    }
    if (!isRecord(value)) return [`${name}=${write(value)}`];
    const isDeep = parameter.style === 'deepObject';
    return Object.entries(value).map(
      ([key, item]) => `${isDeep ? `${name}[${key}]` : encodeURIComponent(key)}=${write(item)}`,
    );
  }

  #valueOf(parameter: Json, seed: number): unknown {
    const [media] = Object.values(recordOf(parameter.content));
    const [named] = Object.values(recordOf(parameter.examples));
    const schema = recordOf(media).schema ?? parameter.schema;
    const example = parameter.example ?? recordOf(named).value;
    // People write examples that do not fit; which values may be sent, the schema says.
    return example !== undefined && this.fits(schema, example) ? example : this.#sample(schema, seed);
  }

  #sample(schema: unknown, seed: number): unknown {
    const accepts = (part: unknown, value: unknown) => this.fits(part, value);
    return sample(isRecord(schema) ? schema : true, this.#definitions, {
      direction: 'request',
      seed,
      examples: false,
      accepts,
    });
  }
}

/** At least one of them is wrong for each property that has a type. */
const wrongValues: readonly unknown[] = [{ nobody: [] }, [[]], 'ÿ no such value', -0.5, true, null, '', 1e300];

function shown(schema: Json): Json {
  const hidden = entriesOf(schema.properties).flatMap(([name, { writeOnly }]) => (writeOnly === true ? [name] : []));
  if (!Array.isArray(schema.required)) return schema;
  return { ...schema, required: schema.required.filter((name) => !hidden.includes(name)) };
}

function merged(shared: readonly Json[], own: readonly Json[]): readonly Json[] {
  return [...shared.filter((one) => !own.some((other) => one.name === other.name && one.in === other.in)), ...own];
}

const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const boundary = 'own-document';

function encode(value: unknown, mediaType: string): string {
  if (isJson(mediaType)) return JSON.stringify(value);
  if (mediaType.startsWith('multipart/')) {
    const parts = Object.entries(recordOf(value)).map(
      ([name, item]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${textOf(item)}\r\n`,
    );
    return `${parts.join('')}--${boundary}--\r\n`;
  }
  return new URLSearchParams(
    Object.entries(recordOf(value)).map(([name, item]): [string, string] => [name, textOf(item)]),
  ).toString();
}

function isJson(mediaType: string): boolean {
  return /[/+]json\b/.test(mediaType);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function entriesOf(value: unknown): readonly (readonly [string, Json])[] {
  return Object.entries(recordOf(value)).map(([name, entry]) => [name, recordOf(entry)] as const);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
