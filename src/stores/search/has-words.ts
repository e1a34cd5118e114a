import type { Filter } from '../../query/types.ts';

/** Whether a filter asks for words anywhere, which only an index can tell. */
export function hasWords(filter: Filter): boolean {
  switch (filter.kind) {
    case 'words':
      return true;
    case 'and':
    case 'or':
      return filter.filters.some(hasWords);
    case 'not':
      return hasWords(filter.filter);
    default:
      return false;
  }
}
