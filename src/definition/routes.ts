/**
 * Operations at their paths, a line each:
 *
 * @example route.post('/books', createBook, create(books))
 */
import type { Method } from '../model/description.ts';
import type { Action, Ancestor } from '../model/types.ts';
import { envelopeOf } from './expand.ts';
import type { OperationDefinition, ResourceDefinition } from './types.ts';

/** An operation, where it is, and what it does. */
export interface RouteDefinition {
  readonly method: Method;
  /** With its templates: `/books/{isbn}`. */
  readonly path: string;
  readonly operation: OperationDefinition;
  readonly action: Action;
}

/** What an operation does: an action, from what its parameters and bodies mean. */
export type Act = (operation: OperationDefinition) => Action;

type AddRoute = (path: string, operation: OperationDefinition, act: Act) => RouteDefinition;

/** A route of each method. */
export const route: Readonly<Record<Method, AddRoute>> = {
  get: routeOf('get'),
  head: routeOf('head'),
  post: routeOf('post'),
  put: routeOf('put'),
  patch: routeOf('patch'),
  delete: routeOf('delete'),
  options: routeOf('options'),
  trace: routeOf('trace'),
};

function routeOf(method: Method): AddRoute {
  return (path, operation, act) => ({ method, path, operation, action: act(operation) });
}

/** The resource that an action is about, by what its definition calls it. */
type Named = Pick<ResourceDefinition, 'name'>;

/** A step of the path above the thing itself, outermost first: a parent, and the link of the thing below that names it. */
export function within(parent: Named, parameter: string, link: string): Ancestor {
  return { parameter, resource: parent.name, link };
}

/** A step of the path that nobody stores: any value is accepted, and remembered with the thing below. */
export function remembered(parameter: string, link: string): Ancestor {
  return { parameter, link };
}

/** All documents, or those that match: paged, sorted and filtered as the operation's controls say. */
export function list({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return ({ envelope, controls = [], ranges }) => ({
    kind: 'list',
    resource,
    scope,
    envelope: envelopeOf(envelope),
    controls,
    ...(ranges && { ranges }),
  });
}

/** A new document. */
export function create({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'create', resource, scope, many: false });
}

/** A new document, or a list of them. */
export function createMany({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'create', resource, scope, many: true });
}

/** The body carries the id, since the path does not: `PUT /pet` with `{ "id": 10, … }`. */
export const inBody: unique symbol = Symbol('the id is in the body');

/** One document, by the path parameter that is its id. */
export function read({ name: resource }: Named, idParameter: string, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'read', resource, scope, idParameter });
}

/** A document in place of the one that is there. */
export function replace(resource: Named, id: string | typeof inBody, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'replace', ...placeOf(resource, id, scope) });
}

/** A document in place of the one that is there, or a new one. */
export function upsert(resource: Named, id: string | typeof inBody, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'upsert', ...placeOf(resource, id, scope) });
}

/** A change to a document. */
export function update(resource: Named, id: string | typeof inBody, ...scope: readonly Ancestor[]): Act {
  return ({ changes }) => {
    const place = placeOf(resource, id, scope);
    return 'idIn' in place ? { kind: 'update', ...place } : { kind: 'update', ...place, ...(changes && { changes }) };
  };
}

export function remove(resource: Named, id: string | typeof inBody, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'remove', ...placeOf(resource, id, scope) });
}

/** A change to all documents that match. */
export function updateMany({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return ({ controls = [] }) => ({ kind: 'update-many', resource, scope, controls });
}

/** Removes all documents that match. */
export function removeMany({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return ({ controls = [] }) => ({ kind: 'remove-many', resource, scope, controls });
}

/** The only document of its kind, or of its parent. */
export function readSingleton({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'read-singleton', resource, scope });
}

export function writeSingleton({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'write-singleton', resource, scope });
}

export function updateSingleton({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'update-singleton', resource, scope });
}

export function removeSingleton({ name: resource }: Named, ...scope: readonly Ancestor[]): Act {
  return () => ({ kind: 'remove-singleton', resource, scope });
}

/** A property of a document at a path of its own. */
export interface Attribute {
  readonly attribute: string;
  readonly shape: 'list' | 'object' | 'value';
}

export const readAttribute = attributeAct('read-attribute');
export const writeAttribute = attributeAct('write-attribute');
export const replaceAttribute = attributeAct('replace-attribute');
export const removeAttribute = attributeAct('remove-attribute');

type AttributeKind = Extract<Action, { readonly attribute: string }>['kind'];

function attributeAct(kind: AttributeKind) {
  return ({ name: resource }: Named, idParameter: string, { attribute, shape }: Attribute, ...scope: Ancestor[]): Act =>
    () => ({ kind, resource, scope, idParameter, attribute, shape });
}

/** No stored thing: the declared example, else a valid sample of what is declared. Replace it in `src/handlers`. */
export function sample(): Act {
  return () => ({ kind: 'sample', why: '' });
}

/** HEAD answers as GET does, without the body. */
export function head(): Act {
  return () => ({ kind: 'head' });
}

/** OPTIONS answers what is possible at its path. */
export function options(): Act {
  return () => ({ kind: 'options' });
}

function placeOf({ name: resource }: Named, id: string | typeof inBody, scope: readonly Ancestor[]) {
  return id === inBody ? ({ resource, scope, idIn: 'body' } as const) : ({ resource, scope, idParameter: id } as const);
}
