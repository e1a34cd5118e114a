import type { Resource } from '../../model/types.ts';
import { type CursorScope, type Cursors, rankPosition } from '../../query/cursor.ts';
import { positionOf } from '../../query/position.ts';
import type { Query } from '../../query/types.ts';
import type { Page, TextPage } from '../../stores/contract.ts';

/**
 * The cursor that leads behind a page, where documents may be created yet; behind an empty one it leads where that one
 * began. `undefined` where nobody knows the documents of the page.
 */
export function nextCursor(
  cursors: Cursors,
  { sort, ranked, offset, after }: Query,
  scope: CursorScope,
  page: Page | TextPage,
  resource: Resource,
): string | undefined {
  if (!('documents' in page)) return undefined;
  const last = page.documents.at(-1);
  if (last === undefined && after !== undefined) return cursors.write(after, scope);
  if (ranked || last === undefined) {
    return cursors.write(rankPosition(offset + page.documents.length, page.measure), scope);
  }
  const { key, links, text } = last;
  return cursors.write(positionOf({ key, links, document: JSON.parse(text) }, sort, resource), scope);
}
