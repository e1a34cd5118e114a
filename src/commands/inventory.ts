import { quoted } from '../model/quoted.ts';
import type { ApiModel, Binding, Resource } from '../model/types.ts';

/** A path and what can be done there. */
export interface InventoryPath {
  readonly path: string;
  readonly operations: readonly { readonly method: string; readonly does: string }[];
}

/** What is served, as `serve` and `inspect` print it: the resources with their paths, then what answers with samples. */
export interface Inventory {
  readonly resources: readonly { readonly resource: Resource; readonly paths: readonly InventoryPath[] }[];
  readonly samples: readonly { readonly method: string; readonly path: string; readonly why: string }[];
}

export function inventoryOf(model: ApiModel): Inventory {
  return {
    resources: model.resources.map((resource) => ({
      resource,
      paths: byPath(model.bindings.filter(({ action }) => 'resource' in action && action.resource === resource.name)),
    })),
    samples: model.bindings.flatMap(({ method, path, action }) =>
      action.kind === 'sample' ? [{ method: method.toUpperCase(), path, why: action.why }] : [],
    ),
  };
}

function byPath(bindings: readonly Binding[]): readonly InventoryPath[] {
  return [...new Set(bindings.map(({ path }) => path))].map((path) => ({
    path,
    operations: bindings
      .filter((binding) => binding.path === path)
      .map((binding) => ({ method: binding.method.toUpperCase(), does: doingOf(binding) })),
  }));
}

/** The action in a word or two: `list`, `create`, `replace or create`, `replace by the id in the body`, `read "settings"`. */
function doingOf({ action }: Binding): string {
  if ('idIn' in action) return `${action.kind === 'upsert' ? 'replace or create' : action.kind} by the id in the body`;
  if ('changes' in action) return `${action.kind} by query parameters`;
  switch (action.kind) {
    case 'upsert':
      return 'replace or create';
    case 'create':
      return action.many ? 'create one or many' : 'create';
    case 'update-many':
      return 'update all that match';
    case 'remove-many':
      return 'remove all that match';
    case 'read-singleton':
    case 'write-singleton':
    case 'update-singleton':
    case 'remove-singleton':
      return action.kind.replace('-singleton', '');
    case 'read-attribute':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute':
      return `${action.kind.replace('-attribute', '')} ${quoted(action.attribute)}`;
    case 'list':
    case 'read':
    case 'replace':
    case 'update':
    case 'remove':
    case 'head':
    case 'options':
    case 'sample':
      return action.kind;
  }
}
