import type { Operation, PathItem } from '../../model/description.ts';
import { mergeParameters } from '../../model/parameter.ts';
import type { ApiModel, Binding, Resource } from '../../model/types.ts';

/** What the server offers, as a person wants to see it first. */
export interface Overview {
  readonly title: string;
  readonly version?: string;
  readonly description?: string;
  readonly resources: readonly OverviewGroup[];
  /** Operations that store nothing. */
  readonly others: readonly OverviewOperation[];
}

export interface OverviewGroup {
  readonly name: string;
  readonly path: string;
  readonly operations: readonly OverviewOperation[];
}

export interface OverviewOperation {
  readonly method: string;
  readonly path: string;
  /** `lists books`, `creates a Book` */
  readonly does: string;
  /** Names of parameters of the query and headers that must be sent. Absent: none. */
  readonly requires?: readonly string[];
}

/** Resources with their operations in the description's order. */
export function overviewOf(model: ApiModel): Overview {
  const requirements = requirementsOf(model);
  const groups = model.resources.map((resource): OverviewGroup => {
    const bindings = model.bindings.filter(({ action }) => 'resource' in action && action.resource === resource.name);
    const operations = bindings.map((binding) =>
      operationOf(binding, requirements, resource, parentOf(model, binding)),
    );
    return { name: resource.name, path: resource.path, operations };
  });
  const others = model.bindings
    .filter(({ action }) => !('resource' in action))
    .map((binding) => operationOf(binding, requirements));
  return {
    title: model.title,
    ...(model.version !== undefined && { version: model.version }),
    ...(model.description !== undefined && { description: model.description }),
    resources: groups.filter(({ operations }) => operations.length > 0),
    others,
  };
}

/** What must be sent, by operation. */
type Requirements = ReadonlyMap<string, readonly string[]>;

function requirementsOf({ paths }: ApiModel): Requirements {
  return new Map(
    paths.flatMap((item) => item.operations.map((operation) => [operation.id, required(item, operation)])),
  );
}

/** Clients send these headers by themselves. */
const usual = /^(?:accept|content-type|content-length|host|user-agent)$/i;

function required(item: PathItem, operation: Operation): readonly string[] {
  return mergeParameters(item.parameters, operation.parameters)
    .filter((parameter) => parameter.required && (parameter.in === 'query' || parameter.in === 'header'))
    .map(({ name }) => name)
    .filter((name) => !usual.test(name));
}

function operationOf(
  binding: Binding,
  requirements: Requirements,
  resource?: Resource,
  parent?: Resource,
): OverviewOperation {
  const does = whatItDoes(binding, resource) + (parent ? ` of the ${parent.typeName}` : '');
  const requires = requirements.get(binding.operation) ?? [];
  return {
    method: binding.method.toUpperCase(),
    path: binding.path,
    does,
    ...(requires.length > 0 && { requires }),
  };
}

/** Whose documents a nested path is about. */
function parentOf({ resources }: ApiModel, { action }: Binding): Resource | undefined {
  const name = 'scope' in action ? action.scope.at(-1)?.resource : undefined;
  return resources.find((resource) => resource.name === name);
}

/** A phrase for a table: what is done to what. */
function whatItDoes({ action }: Binding, resource: Resource | undefined): string {
  const one = resource?.typeName ?? '';
  const many = resource?.name ?? '';
  switch (action.kind) {
    case 'list':
      return `lists ${many}`;
    case 'create':
      return action.many ? `creates one or several ${many}` : `creates ${withArticle(one)}`;
    case 'read':
    case 'read-singleton':
      return `shows the ${one}`;
    case 'replace':
    case 'write-singleton':
      return `replaces the ${one}`;
    case 'upsert':
      return `creates or replaces the ${one}`;
    case 'update':
    case 'update-singleton':
      return `changes the ${one}`;
    case 'remove':
    case 'remove-singleton':
      return `removes the ${one}`;
    case 'update-many':
      return `changes all ${many} that match`;
    case 'remove-many':
      return `removes all ${many} that match`;
    case 'read-attribute':
      return `shows ${action.attribute} of the ${one}`;
    case 'write-attribute':
    case 'replace-attribute':
      return `changes ${action.attribute} of the ${one}`;
    case 'remove-attribute':
      return `removes ${action.attribute} of the ${one}`;
    case 'head':
      return 'answers with the headers alone';
    case 'options':
      return 'tells the methods';
    case 'sample':
      return 'answers with a sample';
  }
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
