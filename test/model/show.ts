/** A model on a few lines, for tables: what each resource is and what each operation does. */
import type { Action, ApiModel, Resource } from '../../src/model/types.ts';

/** `GET /books -> list books` */
export function showBindings(model: ApiModel): readonly string[] {
  return model.bindings.map(
    ({ method, path, action, success }) => `${method.toUpperCase()} ${path} ${success} ${showAction(action)}`,
  );
}

export function showAction(action: Action): string {
  switch (action.kind) {
    case 'sample':
    case 'head':
    case 'options':
      return action.kind;
    default: {
      const scope = action.scope.map(
        ({ parameter, resource, link }) => `${parameter}:${resource ?? '?'}${link === parameter ? '' : `(${link})`}`,
      );
      const under = scope.length > 0 ? ` under ${scope.join(' ')}` : '';
      const by = 'idParameter' in action ? ` by ${action.idParameter}` : 'idIn' in action ? ' by the body' : '';
      const changes = 'changes' in action ? ` with ${action.changes?.join(' ')}` : '';
      const of = 'attribute' in action ? `.${action.attribute}` : '';
      return `${action.kind} ${action.resource}${of}${by}${changes}${under}`;
    }
  }
}

/** `books Book collection id isbn:string client` */
export function showResource({ name, typeName, kind, id, links, seeds }: Resource): string {
  const who = id.clientMayChoose ? (id.generate === 'none' ? 'client' : `${id.generate}|client`) : id.generate;
  const up = links.map((link) => ` ^${link.name}${link.property === undefined ? '' : `=${link.property}`}`).join('');
  return `${name} ${typeName} ${kind} ${id.property ?? '-'}:${id.type} ${who}${id.scope === 'parent' ? ' parent' : ''}${up}${
    seeds.length > 0 ? ` seeds ${seeds.length}` : ''
  }`;
}
