import type { Method } from './description.ts';
import type { Action, Binding } from './types.ts';

/** The status of success where the description declares none. */
export function defaultSuccess(action: Action, dialect: Binding['dialect'], method: Method): number {
  switch (action.kind) {
    case 'create':
      return 201;
    case 'write-singleton':
    case 'write-attribute':
      return method === 'post' ? 201 : 200;
    case 'remove':
    case 'remove-many':
    case 'remove-singleton':
    case 'remove-attribute':
      return dialect === 'ramses' ? 200 : 204;
    case 'options':
      return dialect === 'ramses' ? 200 : 204;
    default:
      return 200;
  }
}
