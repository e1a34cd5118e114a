import type { Operation, PathItem } from '../../model/description.ts';
import { camel, kebab, pascal, singular } from '../../model/names.ts';
import type { ApiModel, Binding, Resource } from '../../model/types.ts';
import { identifiersFor } from '../typescript/identifiers.ts';

/** How a model is spread over the files of a project, and what everything in it is called. */
export interface Outline {
  readonly model: ApiModel;
  readonly routers: readonly RouterOutline[];
  readonly resources: readonly ResourceOutline[];
  /** The type of each definition. */
  readonly typeNames: ReadonlyMap<string, string>;
}

/** One file of each kind: `src/routes/books.ts`, `src/operations/books.ts`, … */
export interface RouterOutline {
  /** `books` */
  readonly file: string;
  /** `books` */
  readonly constant: string;
  /** `Books` */
  readonly typeName: string;
  readonly operations: readonly OperationOutline[];
}

export interface OperationOutline {
  readonly item: PathItem;
  readonly operation: Operation;
  readonly binding: Binding;
  /** `createBook` */
  readonly constant: string;
  /** `CreateBook` */
  readonly typeName: string;
}

export interface ResourceOutline {
  readonly resource: Resource;
  readonly file: string;
  readonly constant: string;
}

/** Names that routes import beside the operations and resources, and so cannot be theirs. */
const HELPERS = [
  ...['route', 'within', 'remembered', 'inBody', 'list', 'create', 'createMany', 'read', 'replace', 'upsert', 'update'],
  ...['remove', 'updateMany', 'removeMany', 'readSingleton', 'writeSingleton', 'updateSingleton', 'removeSingleton'],
  ...['readAttribute', 'writeAttribute', 'replaceAttribute', 'removeAttribute', 'sample', 'head', 'options'],
  ...['RouteDefinition', 'OperationDefinition', 'ResourceDefinition', 'OperationHooks', 'Collections'],
  ...['DocumentCollection', 'DocumentSingleton', 'StoredValue', 'JsonPatch', 'MergePatch', 'Schema', 'Buffer'],
  ...['PartialAnswer', 'OperationAnswer', 'app', 'model', 'schemas', 'paths', 'api', 'config', 'Fillable'],
];

export function outlineOf(model: ApiModel): Outline {
  const bindings = new Map(model.bindings.map((binding) => [binding.operation, binding]));
  const groups = groupsOf(model, bindings);
  const files = identifiersFor([...model.resources.map(({ name }) => name), ...groups.keys()], kebab, 'operations');
  const constants = identifiersFor(
    [...files.keys(), ...model.bindings.map(({ operation }) => `:${operation}`)],
    (key) => {
      const binding = key.startsWith(':') ? bindings.get(key.slice(1)) : undefined;
      return camel(binding ? wordsFor(model, binding) : (files.get(key) ?? key));
    },
    'operation',
    HELPERS,
  );
  const typeNames = identifiersFor(Object.keys(model.$defs), pascal, 'Thing', HELPERS);
  const operationTypes = identifiersFor(
    [...groups.keys(), ...model.bindings.map(({ operation }) => `:${operation}`)],
    (key) => pascal(constants.get(key) ?? key),
    'Operation',
    [
      ...HELPERS,
      ...[...typeNames.values()].flatMap((name) => [
        name,
        name.replace(/(?:Answer|Request|Handlers|Body|Default|\dXX|\d+)$/, ''),
      ]),
    ],
  );
  return {
    model,
    typeNames,
    routers: [...groups].map(([name, operations]) => ({
      file: files.get(name) ?? name,
      constant: constants.get(name) ?? name,
      typeName: operationTypes.get(name) ?? name,
      operations: operations.map((operation) => ({
        ...operation,
        constant: constants.get(`:${operation.operation.id}`) ?? '',
        typeName: operationTypes.get(`:${operation.operation.id}`) ?? '',
      })),
    })),
    resources: model.resources.map((resource) => ({
      resource,
      file: files.get(resource.name) ?? resource.name,
      constant: constants.get(resource.name) ?? resource.name,
    })),
  };
}

type Ungrouped = Pick<OperationOutline, 'item' | 'operation' | 'binding'>;

/**
 * Operations by the router that they stand in: all of a path together, with the first thing that is stored there; where
 * nothing is, with the path's first segment.
 */
function groupsOf(model: ApiModel, bindings: ReadonlyMap<string, Binding>): ReadonlyMap<string, readonly Ungrouped[]> {
  const routerOf = new Map<string, string>();
  for (const { path, action } of model.bindings) {
    if ('resource' in action && !routerOf.has(path)) routerOf.set(path, action.resource);
  }
  const groups = new Map<string, Ungrouped[]>();
  for (const item of model.paths) {
    const name = routerOf.get(item.path) ?? firstSegment(item.path);
    for (const operation of item.operations) {
      const binding = bindings.get(operation.id);
      if (binding === undefined) continue;
      const group = groups.get(name);
      if (group) group.push({ item, operation, binding });
      else groups.set(name, [{ item, operation, binding }]);
    }
  }
  return groups;
}

function firstSegment(path: string): string {
  const literal = path.split('/').find((segment) => segment !== '' && !segment.includes('{'));
  return kebab(literal ?? '') || 'root';
}

/** Words for the name of an operation: its own id, or what it does. */
function wordsFor(model: ApiModel, binding: Binding): string {
  const { operation, method, path, action } = binding;
  if (!operation.includes(' ')) return operation;
  const resource = 'resource' in action ? model.resources.find(({ name }) => name === action.resource) : undefined;
  if (resource === undefined) return `${method} ${literalsOf(path)}`;
  const one = resource.typeName;
  const above = path === resource.path || path === resource.itemPath ? '' : aboveOf(model, binding);
  switch (action.kind) {
    case 'list':
      return `list ${resource.name}${above}`;
    case 'create':
      return `create ${one}${above}`;
    case 'read':
    case 'read-singleton':
      return `get ${one}${above}`;
    case 'replace':
      return `replace ${one}${above}`;
    case 'upsert':
    case 'write-singleton':
      return `put ${one}${above}`;
    case 'update':
    case 'update-singleton':
      return `update ${one}${above}`;
    case 'remove':
    case 'remove-singleton':
      return `delete ${one}${above}`;
    case 'update-many':
      return `update ${resource.name}${above}`;
    case 'remove-many':
      return `delete ${resource.name}${above}`;
    case 'read-attribute':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute':
      return `${method} ${one} ${action.attribute}`;
    default:
      return `${method} ${literalsOf(path)}`;
  }
}

/** ` of author`, for the books of an author, which are at a path of their own besides. */
function aboveOf(model: ApiModel, { action, path }: Binding): string {
  const scope = 'scope' in action ? action.scope : [];
  const parent = scope.findLast((ancestor) => ancestor.resource !== undefined)?.resource;
  const type = model.resources.find(({ name }) => name === parent)?.typeName;
  return type === undefined ? ` at ${literalsOf(path)}` : ` of ${type}`;
}

/** `/books/{isbn}/order` → `book order` */
function literalsOf(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments
    .flatMap((segment, at) =>
      segment.includes('{') ? [] : [segments[at + 1]?.includes('{') ? singular(segment) : segment],
    )
    .join(' ');
}
