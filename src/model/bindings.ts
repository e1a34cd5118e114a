/** What each declared operation does. */

import { wrappersOf } from './body-wrappers.ts';
import { bodyNamesDocument, changesOf } from './changing.ts';
import { controlsOf } from './controls.ts';
import { aboutDocuments, createsDocument, takesDocument } from './creation.ts';
import type { ApiDescription, Method, Operation, Parameter, PathItem } from './description.ts';
import { listShapeOf, plainArray, ramsesEnvelope, withOverrides } from './envelope.ts';
import { schemaOf } from './evidence.ts';
import { answersTheList, type Group, type Groups } from './groups.ts';
import type { ResourceName } from './naming.ts';
import { operationOverrides } from './overrides.ts';
import { operationOf, type PathNode, parametersOf } from './paths.ts';
import { rangesOf } from './ranges.ts';
import { declares, isBinary, requestOf, responseOf, successOf } from './representation.ts';
import { ancestorsOf, type Draft, type Drafts } from './resources.ts';
import type { Place } from './roles.ts';
import { schemaKey, shapeOf } from './schema.ts';
import { defaultSuccess } from './success.ts';
import type { Action, Ancestor, Binding, Control, Envelope } from './types.ts';
import { unwrapped } from './wrapper.ts';

/** Everything that deciding one operation may look at. */
interface Context {
  readonly description: ApiDescription;
  readonly place: Place;
  readonly item: PathItem;
  readonly operation: Operation;
  readonly draft: Draft;
  readonly scope: readonly Ancestor[];
}

/** One binding for each declared operation, in the description's order. */
export function bindingsOf(
  description: ApiDescription,
  places: ReadonlyMap<PathNode, Place>,
  groups: Groups,
  drafts: Drafts,
  names: ReadonlyMap<Group, ResourceName>,
): readonly Binding[] {
  const placeOf = new Map<PathItem, Place>();
  for (const place of places.values()) for (const item of place.node.items) placeOf.set(item, place);
  return description.paths.flatMap((item) =>
    item.operations.map((operation): Binding => {
      const place = placeOf.get(item);
      const draft = place === undefined ? undefined : draftOf(place, groups, drafts);
      const action =
        place === undefined || draft === undefined
          ? withoutResource(operation, place)
          : actionOf({
              description,
              place,
              item,
              operation,
              draft,
              scope: scopeOf(item, place, draft, names),
            });
      const dialect = draft?.ramses === true && action.kind !== 'sample' ? 'ramses' : 'plain';
      return {
        operation: operation.id,
        path: item.path,
        method: operation.method,
        action,
        dialect,
        success: successOf(operation) ?? defaultSuccess(action, dialect, operation.method),
        ...(draft !== undefined && wrappersOf(operation, action, draft.group, description.$defs)),
      };
    }),
  );
}

function draftOf(place: Place, groups: Groups, drafts: Drafts): Draft | undefined {
  const node = place.role.kind === 'attribute' ? place.role.item : place.node;
  const group = groups.byNode.get(node);
  return group === undefined ? undefined : drafts.byGroup.get(group);
}

/** An attribute lies below its item, so the ancestors are those of the item. */
function scopeOf(
  item: PathItem,
  place: Place,
  draft: Draft,
  names: ReadonlyMap<Group, ResourceName>,
): readonly Ancestor[] {
  const node = place.role.kind === 'attribute' ? place.role.item : place.node;
  return ancestorsOf(item.path, node, draft, names);
}

function withoutResource(operation: Operation, place: Place | undefined): Action {
  if (operation.method === 'head' || operation.method === 'options') return { kind: operation.method };
  return sample(place?.role.kind === 'none' ? place.role.why : 'no resource was found at this path');
}

function actionOf(context: Context): Action {
  const { operation, place, draft } = context;
  if (operation.method === 'head' || operation.method === 'options') return { kind: operation.method };
  if (operation.method === 'trace') return sample('TRACE has no meaning for stored documents');
  const said = operationOverrides(operation.extensions).action;
  if (said === 'sample') return sample('x-cartouche says so');
  if (isBinary(operation)) return sample('it takes or answers what is no JSON document');
  if (!draft.live) {
    return sample(
      operation.method === 'post'
        ? 'what it would create could be read nowhere'
        : 'nobody can create such documents, and the description shows none',
    );
  }
  switch (place.role.kind) {
    case 'collection':
      return collectionAction(context, operation.method);
    case 'item':
      return itemAction(context, operation.method);
    case 'singleton':
      return singletonAction(context, operation.method);
    case 'attribute':
      return attributeAction(context, operation.method, place.role);
    default:
      return withoutResource(operation, place);
  }
}

function collectionAction(context: Context, method: Method): Action {
  const { operation, draft, scope, description } = context;
  const resource = draft.resource.name;
  switch (method) {
    case 'get':
      return listAction(context);
    case 'post':
      if (!createsDocument(operation, draft.group, description.$defs))
        return sample('what it takes or answers is no document');
      return { kind: 'create', resource, scope, many: takesMany(context) };
    case 'patch':
    case 'put':
      if (takesMany(context)) return sample('it takes a list of documents');
      if (namesDocument(context)) {
        return { kind: method === 'patch' ? 'update' : putKind(context), resource, scope, idIn: 'body' };
      }
      if (method === 'put' && !draft.ramses) return sample('its path and its body name no document to replace');
      return { kind: 'update-many', resource, scope, controls: controls(context) };
    case 'delete':
      if (namesDocument(context)) return { kind: 'remove', resource, scope, idIn: 'body' };
      return { kind: 'remove-many', resource, scope, controls: controls(context) };
    default:
      return sample('the method has no meaning for a collection');
  }
}

/** Ramses' clients, and operations that declare filters, change all that match, whatever their body has. */
function namesDocument(context: Context): boolean {
  const { operation, draft, description } = context;
  if (draft.ramses || controls(context).some(({ meaning }) => meaning === 'filter')) return false;
  return bodyNamesDocument(operation, draft.group, draft.resource.id, description.$defs);
}

function putKind({ operation, draft }: Context): 'replace' | 'upsert' {
  const said = operationOverrides(operation.extensions).action;
  const creates = declares(operation, 201) || draft.creation.byPutOnly || said === 'upsert';
  return creates && said !== 'replace' ? 'upsert' : 'replace';
}

function listAction(context: Context): Action {
  const { draft, scope, item, operation } = context;
  const envelope = envelopeOf(context);
  if (envelope === undefined) return sample('it answers no list of documents');
  const ranges = rangesOf(item, operation);
  const resource = draft.resource.name;
  return { kind: 'list', resource, scope, envelope, controls: controls(context), ...(ranges && { ranges }) };
}

/** Declared, else seen in the example, else Ramses' for RAML and a plain array for OpenAPI. */
function envelopeOf(context: Context): Envelope | undefined {
  const { operation, draft, description, place } = context;
  const overrides = operationOverrides(operation.extensions);
  const schema = schemaOf(responseOf(operation, description.$defs));
  if (schema === undefined && overrides.items === undefined) {
    return description.format.startsWith('raml') && draft.ramses ? ramsesEnvelope : plainArray;
  }
  const about = { key: draft.group.key, noun: place.node.segment.name };
  const list = listShapeOf(schema, description.$defs, about);
  if (overrides.items !== undefined || overrides.slots !== undefined) return withOverrides(list?.envelope, overrides);
  if (list === undefined) return undefined;
  const element = shapeOf(list.element, description.$defs);
  return element.type === 'object' || element.type === undefined ? list.envelope : undefined;
}

function itemAction(context: Context, method: Method): Action {
  const { operation, draft, scope, item, description, place } = context;
  const idParameter = parametersOf(item.path).at(-1) ?? '';
  const bound = { resource: draft.resource.name, scope, idParameter };
  switch (method) {
    case 'get':
      return place.evidence.answer === 'list' ||
        place.evidence.answer === 'other' ||
        answersTheList(place, draft.group, description.$defs)
        ? sample('it answers no single document')
        : { kind: 'read', ...bound };
    case 'put':
      return takesDocument(operation, description.$defs)
        ? { kind: putKind(context), ...bound }
        : sample('what it takes is no document');
    case 'patch':
      return { kind: 'update', ...bound };
    case 'delete':
      return { kind: 'remove', ...bound };
    case 'post': {
      const given = schemaOf(responseOf(operation, description.$defs));
      const answered = schemaKey(unwrapped(given, description.$defs, aboutDocuments(draft.group)), description.$defs);
      const updates = operationOf(place.node, 'put') === undefined && operationOf(place.node, 'patch') === undefined;
      const said = operationOverrides(operation.extensions).action === 'update';
      if (said || (updates && answered !== undefined && answered === draft.group.key)) {
        return { kind: 'update', ...bound };
      }
      const query = queryParameters(item, operation);
      const changes = updates ? changesOf(operation, query, draft.resource, description.$defs) : undefined;
      if (changes === undefined) return sample('POST to one document is an action');
      return { kind: 'update', ...bound, ...(changes.parameters !== undefined && { changes: changes.parameters }) };
    }
    default:
      return sample('the method has no meaning for one document');
  }
}

function singletonAction(context: Context, method: Method): Action {
  const bound = { resource: context.draft.resource.name, scope: context.scope };
  switch (method) {
    case 'get':
      return { kind: 'read-singleton', ...bound };
    case 'put':
    case 'post':
      return { kind: 'write-singleton', ...bound };
    case 'patch':
      return { kind: 'update-singleton', ...bound };
    case 'delete':
      return { kind: 'remove-singleton', ...bound };
    default:
      return sample('the method has no meaning for a single document');
  }
}

function attributeAction(
  context: Context,
  method: Method,
  role: Extract<Place['role'], { kind: 'attribute' }>,
): Action {
  const idParameter = parametersOf(context.item.path).at(-1) ?? '';
  const { attribute, shape } = role;
  const bound = { resource: context.draft.resource.name, scope: context.scope, idParameter, attribute, shape };
  switch (method) {
    case 'get':
      return { kind: 'read-attribute', ...bound };
    case 'post':
    case 'patch':
      return { kind: 'write-attribute', ...bound };
    case 'put':
      return { kind: 'replace-attribute', ...bound };
    case 'delete':
      return { kind: 'remove-attribute', ...bound };
    default:
      return sample('the method has no meaning for a property');
  }
}

function controls(context: Context): readonly Control[] {
  const { item, operation, draft, description } = context;
  const { resource, fieldIndex } = draft;
  const nouns = [resource.name, resource.typeName];
  return controlsOf(queryParameters(item, operation), fieldIndex, resource.id.property, description.$defs, nouns);
}

/** The operation's own win over those of the path. */
function queryParameters(item: PathItem, operation: Operation): readonly Parameter[] {
  const own = operation.parameters.filter((parameter) => parameter.in === 'query');
  const names = new Set(own.map(({ name }) => name));
  return [...item.parameters.filter((parameter) => parameter.in === 'query' && !names.has(parameter.name)), ...own];
}

function takesMany({ operation, description }: Context): boolean {
  return shapeOf(schemaOf(requestOf(operation, description.$defs)), description.$defs).type === 'array';
}

function sample(why: string): Action {
  return { kind: 'sample', why };
}
