/**
 * Walks through the life of one document as a client would: create it (and the parents it needs), read it, find it in
 * its list, patch it, replace it, delete it. Only what the description declares is tried; each step must succeed.
 */
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { sample } from '../../src/fake/sample.ts';
import type { JsonSchema, Operation, Parameter } from '../../src/model/description.ts';
import type { Action, Ancestor, ApiModel, Binding, Resource } from '../../src/model/types.ts';

/** The steps that were taken, in order: `create read list update replace remove`. */
export async function walkResource(url: string, model: ApiModel, resource: string): Promise<string> {
  const walk = new Walk(url, model);
  const steps: string[] = [];
  const created = await walk.create(resource, 1);
  if (created === undefined) return '';
  steps.push('create');
  for (const step of ['read', 'list', 'update', 'replace', 'remove'] as const) {
    if (await walk[step](resource, created)) steps.push(step);
  }
  return steps.join(' ');
}

/** A created document: where its item path leads, and values of the path parameters on the way. */
interface Created {
  /** Where it was created: lists at the same path show it. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly document: unknown;
  readonly id: string | undefined;
}

const itemKinds = ['read', 'replace', 'update', 'remove', 'upsert'] as const;

/** Documents created under these parents hang below those, however their parameters are called. */
function covers(created: readonly Ancestor[], wanted: readonly Ancestor[]): boolean {
  return created.length === wanted.length && created.every(({ link }, index) => link === wanted[index]?.link);
}

type ItemAction = Extract<Action, { readonly idParameter: string }>;

class Walk {
  readonly #url: string;
  readonly #model: ApiModel;
  readonly #ajv: Ajv2020;

  constructor(url: string, model: ApiModel) {
    this.#url = url;
    this.#model = model;
    this.#ajv = new Ajv2020({ strict: false, unicodeRegExp: false, logger: false });
    formats.default(this.#ajv);
  }

  /** Creates by POST, else by PUT. `undefined`: nobody can create it. */
  async create(
    resource: string,
    seed: number,
    given: ReadonlyMap<string, string> = new Map(),
  ): Promise<Created | undefined> {
    const binding = this.#creator(resource);
    if (binding === undefined || !('scope' in binding.action)) return undefined;
    const parameters = await this.#ancestors(binding.action.scope, binding.path, seed, given);
    if (binding.action.kind === 'upsert' && 'idParameter' in binding.action)
      parameters.set(binding.action.idParameter, this.#pathValue(binding, seed));
    const answer = await this.#send(binding, parameters, this.#body(binding, seed));
    const document = parsed(answer.text);
    const item = this.#item(resource, itemKinds);
    if (item === undefined) return { path: binding.path, parameters, document, id: this.#idWithin(resource, document) };
    if (!parameters.has(item.action.idParameter)) {
      const id = this.#idOf(resource, answer.location, document);
      parameters.set(item.action.idParameter, id);
      // Another way to the item may name the parents otherwise.
      for (const { parameter, link } of item.action.scope) {
        const same = binding.action.scope.find((ancestor) => ancestor.link === link);
        const value = same && parameters.get(same.parameter);
        if (value !== undefined && !parameters.has(parameter)) parameters.set(parameter, value);
      }
    }
    return { path: binding.path, parameters, document, id: parameters.get(item.action.idParameter) };
  }

  /** Where a document is created: the shortest path below whose parents it can be read again, else the shortest. */
  #creator(resource: string): Binding | undefined {
    const creators = this.#bindings(resource, ['create', 'write-singleton', 'upsert']);
    const reads = this.#bindings(resource, ['read', 'read-singleton']);
    const isRead = ({ action }: Binding) =>
      reads.some((read) => 'scope' in read.action && 'scope' in action && covers(action.scope, read.action.scope));
    return creators.find(isRead) ?? creators[0];
  }

  /** The shortest way to do one of these to a document, below the parents that it was created under. */
  #way({ parameters }: Created, resource: string, kinds: readonly Action['kind'][]): Binding | undefined {
    return this.#bindings(resource, kinds).find(
      ({ action }) => 'scope' in action && action.scope.every(({ parameter }) => parameters.has(parameter)),
    );
  }

  async read(resource: string, created: Created): Promise<boolean> {
    const binding = this.#way(created, resource, ['read', 'read-singleton']);
    if (binding === undefined) return false;
    const answer = await this.#send(binding, created.parameters);
    if (binding.success !== 204) assert.notEqual(answer.text, '', `${binding.operation} answers nothing`);
    return true;
  }

  async list(resource: string, created: Created): Promise<boolean> {
    const lists = this.#bindings(resource, ['list']).filter(
      ({ action }) => 'scope' in action && action.scope.every(({ parameter }) => created.parameters.has(parameter)),
    );
    const binding = lists.find(({ path }) => path === created.path) ?? lists[0];
    if (binding === undefined) return false;
    const answer = await this.#send(binding, created.parameters, undefined, created.document);
    const { id } = created;
    const shown = this.#resource(resource)?.id.property !== undefined && this.#isAskedFor(binding, created.document);
    if (id !== undefined && shown)
      assert.ok(
        answer.text.includes(JSON.stringify(id).slice(1, -1)),
        `${binding.operation} lists ${id}: ${answer.text}`,
      );
    return true;
  }

  async update(resource: string, created: Created): Promise<boolean> {
    const binding = this.#way(created, resource, ['update', 'update-singleton']);
    if (binding === undefined) return false;
    await this.#send(
      binding,
      created.parameters,
      this.#named(binding, created, this.#change(binding, created.document)),
    );
    return true;
  }

  /** Nothing, where that is a change; else what the description shows: a form cannot be empty. */
  #change(binding: Binding, document: unknown): unknown {
    const schema = this.#operation(binding).requestBody?.content.find(({ mediaType }) => isJson(mediaType))?.schema;
    const mayBeEmpty = isJson(this.#requestType(binding)) && this.#accepts(schema ?? true, {});
    if (mayBeEmpty || !isObject(document)) return {};
    const declared = this.#body(binding, 1);
    return isObject(declared) ? declared : {};
  }

  async replace(resource: string, created: Created): Promise<boolean> {
    const binding = this.#way(created, resource, ['replace', 'upsert']);
    if (binding === undefined) return false;
    await this.#send(binding, created.parameters, this.#named(binding, created, this.#body(binding, 1, created)));
    return true;
  }

  async remove(resource: string, created: Created): Promise<boolean> {
    const binding = this.#way(created, resource, ['remove', 'remove-singleton']);
    if (binding === undefined) return false;
    await this.#send(binding, created.parameters, this.#named(binding, created, undefined));
    const read = this.#way(created, resource, ['read']);
    if (read !== undefined) {
      const answer = await fetch(this.#url + this.#path(read, created.parameters), { headers: this.#headers(read) });
      assert.equal(answer.status, 404, `${read.operation} after ${binding.operation}`);
    }
    return true;
  }

  async #ancestors(
    scope: readonly Ancestor[],
    path: string,
    seed: number,
    given: ReadonlyMap<string, string>,
  ): Promise<Map<string, string>> {
    const parameters = new Map(scope.flatMap(({ parameter }) => entryOf(given, parameter)));
    for (const [index, ancestor] of scope.entries()) {
      if (parameters.has(ancestor.parameter)) continue;
      if (ancestor.resource === undefined) {
        parameters.set(ancestor.parameter, this.#declaredPathValue(path, ancestor.parameter, seed));
        continue;
      }
      const parent = await this.create(ancestor.resource, seed + index + 10, parameters);
      assert.ok(parent, `a parent "${ancestor.resource}" can be created`);
      if (parent.id !== undefined) parameters.set(ancestor.parameter, parent.id);
    }
    return parameters;
  }

  async #send(binding: Binding, parameters: ReadonlyMap<string, string>, body?: unknown, document?: unknown) {
    const path = this.#path(binding, parameters, document);
    const media = this.#requestType(binding);
    const answer = await fetch(this.#url + path, {
      method: binding.method.toUpperCase(),
      // `fetch` names the boundary of a form itself.
      headers: {
        ...this.#headers(binding),
        ...(body !== undefined && !media.startsWith('multipart/') && { 'content-type': media }),
      },
      ...(body !== undefined && { body: encode(body, media) }),
    });
    const text = await answer.text();
    const successes = this.#operation(binding).responses.map(({ status }) => status);
    assert.ok(
      answer.status === binding.success || (answer.ok && successes.includes(String(answer.status))),
      `${answer.status} ${binding.operation} → ${path} ${JSON.stringify(body)?.slice(0, 300)}\n${text.slice(0, 1500)}`,
    );
    return { text, location: answer.headers.get('location') };
  }

  #path(binding: Binding, parameters: ReadonlyMap<string, string>, document?: unknown): string {
    const path = binding.path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
      encodeURIComponent(parameters.get(name) ?? this.#declaredPathValue(binding.path, name, 1)),
    );
    const query = this.#operation(binding)
      .parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(
        (parameter) =>
          `${encodeURIComponent(parameter.name)}=${encodeURIComponent(this.#queryValue(binding, parameter, document))}`,
      );
    return query.length === 0 ? path : `${path}?${query.join('&')}`;
  }

  /** Required filters ask for the document itself, and a required search for everything: it must be in the list. */
  #queryValue(binding: Binding, { name, schema, examples }: Parameter, document: unknown): string {
    const controls = 'controls' in binding.action ? binding.action.controls : [];
    const control = controls.find(({ parameter }) => parameter === name);
    if (control?.meaning === 'search') return '';
    const value = control?.field !== undefined && isObject(document) ? document[control.field] : undefined;
    return String(value ?? examples[0]?.value ?? this.#sample(schema, 1));
  }

  #headers(binding: Binding): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const { name, in: place, required, schema, examples } of this.#operation(binding).parameters) {
      if (place === 'header' && required && !/^(accept|content-type)$/i.test(name))
        headers[name] = String(examples[0]?.value ?? this.#sample(schema, 1));
    }
    return headers;
  }

  #body(binding: Binding, seed: number, created?: Created): unknown {
    const { requestBody } = this.#operation(binding);
    // `PUT /gists/{id}/star` says all there is to say; only RAML without schemas leaves bodies to Ramses' conventions.
    if (requestBody === undefined && binding.success === 204) return undefined;
    const declared = requestBody?.content.find(({ mediaType }) => isJson(mediaType)) ?? requestBody?.content[0];
    const resource = 'resource' in binding.action ? this.#resource(binding.action.resource) : undefined;
    const schema = declared?.schema ?? resource?.schema ?? true;
    const body = withoutParents(
      schema === true ? { name: `sample ${seed}` } : this.#sample(schema, seed),
      resource,
      binding,
    );
    const id = resource?.id.property;
    // Where nothing is declared for a request, a client would leave the id to the server.
    if (declared?.schema === undefined && created === undefined && resource?.id.generate !== 'none' && isObject(body)) {
      return Object.fromEntries(Object.entries(body).filter(([name]) => name !== id));
    }
    // A replacement keeps the id, as a client that read the document would.
    if (
      created !== undefined &&
      id !== undefined &&
      isObject(body) &&
      isObject(created.document) &&
      id in body &&
      id in created.document
    ) {
      return { ...body, [id]: created.document[id] };
    }
    return body;
  }

  /** `PUT /pet` finds the pet by the id in the body. */
  #named({ action }: Binding, { document }: Created, body: unknown): unknown {
    if (!('idIn' in action)) return body;
    const id = this.#resource(action.resource)?.id.property ?? '';
    return { ...(isObject(body) && body), ...(isObject(document) && { [id]: document[id] }) };
  }

  #sample(schema: JsonSchema, seed: number): unknown {
    const accepts = (candidate: JsonSchema, value: unknown) => this.#accepts(candidate, value);
    return sample(schema, this.#model.$defs, { direction: 'request', seed, examples: seed === 1, accepts });
  }

  #accepts(schema: JsonSchema, value: unknown): boolean {
    const whole = typeof schema === 'boolean' ? schema : { ...schema, $defs: this.#model.$defs };
    return this.#ajv.compile(whole)(value) === true;
  }

  /** A required filter on what the document does not have asks for others. */
  #isAskedFor(binding: Binding, document: unknown): boolean {
    const controls = 'controls' in binding.action ? binding.action.controls : [];
    const required = this.#operation(binding).parameters.filter((parameter) => parameter.required);
    return required.every(({ name }) => {
      const control = controls.find(({ parameter }) => parameter === name);
      return control?.field === undefined || (isObject(document) && document[control.field] !== undefined);
    });
  }

  #pathValue(binding: Binding, seed: number): string {
    return this.#declaredPathValue(
      binding.path,
      'idParameter' in binding.action ? binding.action.idParameter : '',
      seed,
    );
  }

  #declaredPathValue(path: string, name: string, seed: number): string {
    const item = this.#model.paths.find((candidate) => candidate.path === path);
    const parameter = item?.parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    const value =
      parameter?.examples[0]?.value ?? (parameter === undefined ? 'x' : this.#sample(parameter.schema, seed));
    return typeof value === 'string' || typeof value === 'number' ? String(value) : 'x';
  }

  #idOf(resource: string, location: string | null, document: unknown): string {
    if (location !== null) return decodeURIComponent(new URL(location, this.#url).pathname.split('/').at(-1) ?? '');
    const id = this.#idWithin(resource, document);
    assert.ok(id !== undefined, `the answer carries the id of ${resource}: ${JSON.stringify(document)}`);
    return id;
  }

  #idWithin(resource: string, document: unknown): string | undefined {
    const property = this.#resource(resource)?.id.property;
    const id = property !== undefined && isObject(document) ? document[property] : undefined;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  }

  #resource(wanted: string): Resource | undefined {
    return this.#model.resources.find(({ name }) => name === wanted);
  }

  #bindings(resource: string, kinds: readonly Action['kind'][]): readonly Binding[] {
    const rank = (binding: Binding) => kinds.indexOf(binding.action.kind);
    return this.#model.bindings
      .filter(({ action }) => 'resource' in action && action.resource === resource && kinds.includes(action.kind))
      .sort((left, right) => rank(left) - rank(right) || left.path.length - right.path.length);
  }

  #item(resource: string, kinds: readonly Action['kind'][]): { readonly action: ItemAction } | undefined {
    for (const { action } of this.#bindings(resource, kinds)) if ('idParameter' in action) return { action };
    return undefined;
  }

  #operation(binding: Binding): Operation {
    for (const item of this.#model.paths) {
      for (const operation of item.operations) if (operation.id === binding.operation) return operation;
    }
    throw new Error(`no operation ${binding.operation}`);
  }

  #requestType(binding: Binding): string {
    const types = this.#operation(binding).requestBody?.content.map(({ mediaType }) => mediaType) ?? [];
    return types.find(isJson) ?? types[0] ?? 'application/json';
  }
}

function isJson(mediaType: string): boolean {
  return /[/+]json\b/.test(mediaType);
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

function entryOf(map: ReadonlyMap<string, string>, name: string): readonly (readonly [string, string])[] {
  const value = map.get(name);
  return value === undefined ? [] : [[name, value]];
}

/** The path says which parent; a sample that names another one would be refused. */
function withoutParents(body: unknown, resource: Resource | undefined, { action }: Binding): unknown {
  if (!isObject(body) || resource === undefined || !('scope' in action)) return body;
  const above = new Set(action.scope.map(({ link }) => link));
  const parents = new Set(resource.links.filter(({ name }) => above.has(name)).map(({ property }) => property));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !parents.has(name)));
}

function encode(body: unknown, mediaType: string): string | FormData {
  if (isJson(mediaType) || !isObject(body)) return JSON.stringify(body);
  const fields = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  if (!mediaType.startsWith('multipart/')) return new URLSearchParams(fields).toString();
  const form = new FormData();
  for (const [name, value] of fields) form.set(name, value);
  return form;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
