import { sample } from '../fake/sample.ts';
import type { JsonSchema, MediaType, Operation, PathItem } from '../model/description.ts';
import { mergeParameters } from '../model/parameter.ts';
import { isJson } from '../model/representation.ts';
import { isRecord } from '../model/schema.ts';
import type { Action, ApiModel, Binding, Resource } from '../model/types.ts';
import type { Validator } from '../runtime/validation/validator.ts';
import type { CheckReply, Send } from './exchange.ts';
import { judge } from './judge.ts';

/** A server, the description that it is held to, and where values that are made up begin. */
export interface SubjectParts {
  readonly model: ApiModel;
  readonly validator: Validator;
  readonly send: Send;
  /** The same seed makes the same requests; another one other documents. */
  readonly seed: string;
}

export interface Call {
  readonly binding: Binding;
  readonly parameters: ReadonlyMap<string, string>;
  readonly body?: unknown;
  /** Default: the declared success. */
  readonly expected?: number;
}

/** Makes requests that the description allows, and notes what of the replies it does not. */
export class Subject {
  readonly model: ApiModel;
  /** Each with the operation that it is about: `get /books: answered 500 and not 200`. */
  readonly findings: string[] = [];
  /** Operations that were reached, by id. */
  readonly reached = new Set<string>();
  readonly #parts: SubjectParts;
  readonly #declared: ReadonlyMap<string, { readonly item: PathItem; readonly operation: Operation }>;
  #made = 0;

  constructor(parts: SubjectParts) {
    this.model = parts.model;
    this.#parts = parts;
    this.#declared = new Map(
      parts.model.paths.flatMap((item) => item.operations.map((operation) => [operation.id, { item, operation }])),
    );
  }

  /** Sends a request and judges the reply. */
  async call({ binding, parameters, body, expected = binding.success }: Call): Promise<CheckReply> {
    const { operation } = this.#of(binding);
    const media = mediaOf(operation);
    const reply = await this.#parts.send({
      method: binding.method.toUpperCase(),
      path: this.#pathOf(binding, parameters),
      headers: {
        ...this.#headersOf(binding),
        ...(body !== undefined && { 'content-type': media?.mediaType ?? 'application/json' }),
      },
      ...(body !== undefined && { body: encoded(body, media?.mediaType) }),
    });
    this.reached.add(operation.id);
    const context = { $defs: this.model.$defs, validator: this.#parts.validator };
    for (const finding of judge(reply, operation, expected, context)) this.note(binding, finding);
    return reply;
  }

  /** Sends what is refused whatever the operation is: only the status counts. */
  async refused(binding: Binding, parameters: ReadonlyMap<string, string>, change: Refusal): Promise<void> {
    const path = this.#pathOf(binding, parameters);
    const reply = await this.#parts.send({
      method: change.method ?? binding.method.toUpperCase(),
      path,
      headers: change.headers ?? {},
      ...(change.body !== undefined && { body: change.body }),
    });
    if (reply.status !== change.expected)
      this.note(binding, `${change.what} is answered ${reply.status} and not ${change.expected}`);
    if (change.expected === 405 && reply.headers.allow === undefined) this.note(binding, '405 comes without Allow');
  }

  note({ method, path }: Binding, finding: string): void {
    this.findings.push(`${method.toUpperCase()} ${path}: ${finding}`);
  }

  /** Ways to do one of these to a resource, the shortest path first. */
  bindings(resource: string, kinds: readonly Action['kind'][]): readonly Binding[] {
    return this.model.bindings
      .filter(({ action }) => 'resource' in action && action.resource === resource && kinds.includes(action.kind))
      .toSorted((one, other) => one.path.length - other.path.length);
  }

  resource(name: string): Resource | undefined {
    return this.model.resources.find((candidate) => candidate.name === name);
  }

  /** Whether bodies that it takes can be made: JSON and simple forms; nobody knows how a picture is made up. */
  canSend(binding: Binding): boolean {
    const media = mediaOf(this.#of(binding).operation);
    return media === undefined || isJson(media.mediaType) || isForm(media.mediaType);
  }

  takesBody(binding: Binding): boolean {
    return this.#of(binding).operation.requestBody !== undefined;
  }

  /** A body that the operation takes, unlike those before. */
  body(binding: Binding): unknown {
    const { operation } = this.#of(binding);
    const resource = 'resource' in binding.action ? this.resource(binding.action.resource) : undefined;
    return this.#value(mediaOf(operation)?.schema ?? resource?.schema ?? true, `body ${this.#made++}`);
  }

  #of(binding: Binding) {
    const declared = this.#declared.get(binding.operation);
    if (!declared) throw new TypeError(`the model has no operation "${binding.operation}"`);
    return declared;
  }

  #pathOf(binding: Binding, parameters: ReadonlyMap<string, string>): string {
    const { item, operation } = this.#of(binding);
    const declared = mergeParameters(item.parameters, operation.parameters);
    const path = binding.path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
      const parameter = declared.find((each) => each.in === 'path' && each.name === name);
      const made = () => this.#value(parameter?.schema ?? { type: 'string' }, name);
      return encodeURIComponent(parameters.get(name) ?? String(parameter?.examples[0]?.value ?? made()));
    });
    const query = declared
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(({ name, schema, examples }): [string, string] => [
        name,
        String(examples[0]?.value ?? this.#value(schema, name)),
      ]);
    return query.length === 0 ? path : `${path}?${new URLSearchParams(query)}`;
  }

  #headersOf(binding: Binding): Readonly<Record<string, string>> {
    const { item, operation } = this.#of(binding);
    const required = mergeParameters(item.parameters, operation.parameters).filter(
      (parameter) =>
        parameter.in === 'header' && parameter.required && !/^(accept|content-type)$/i.test(parameter.name),
    );
    return Object.fromEntries(
      required.map(({ name, schema, examples }) => [name, String(examples[0]?.value ?? this.#value(schema, name))]),
    );
  }

  #value(schema: JsonSchema, place: string): unknown {
    const { validator, seed, model } = this.#parts;
    const accepts = (part: JsonSchema, value: unknown) => validator.request(part)(structuredClone(value)).length === 0;
    return sample(schema, model.$defs, { direction: 'request', seed: `${seed} ${place}`, examples: false, accepts });
  }
}

export interface Refusal {
  readonly what: string;
  readonly expected: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function mediaOf({ requestBody }: Operation): MediaType | undefined {
  return requestBody?.content.find(({ mediaType }) => isJson(mediaType)) ?? requestBody?.content[0];
}

function isForm(mediaType: string): boolean {
  return mediaType.startsWith('application/x-www-form-urlencoded');
}

function encoded(body: unknown, mediaType = 'application/json'): string {
  if (!isForm(mediaType) || !isRecord(body)) return JSON.stringify(body);
  const fields = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(fields).toString();
}

/** The member of an object by a name that anybody may have chosen. */
export function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
