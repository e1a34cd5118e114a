import type { Resource } from '../../model/types.ts';
import { type CursorScope, type Cursors, rankPosition } from '../../query/cursor.ts';
import { positionOf } from '../../query/position.ts';
import type { Query } from '../../query/types.ts';
import type { Page, TextPage } from '../../stores/contract.ts';

/** The cursor that leads behind a page. `undefined` where nobody knows its last document, or there is none. */
export function nextCursor(
  cursors: Cursors,
  { sort, ranked, offset }: Query,
  scope: CursorScope,
  page: Page | TextPage,
  resource: Resource,
): string | undefined {
  const last = 'documents' in page ? page.documents.at(-1) : undefined;
  if (!('documents' in page) || last === undefined) return undefined;
  if (ranked) return cursors.write(rankPosition(offset + page.documents.length), scope);
  const { key, links, text } = last;
  return cursors.write(positionOf({ key, links, document: JSON.parse(text) }, sort, resource), scope);
}
