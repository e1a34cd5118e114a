import type { Query } from '../../query/types.ts';
import type { Page, StoredDocument } from '../contract.ts';
import type { Row } from './driver.ts';

/** What was read for a page. */
export interface FoundPage {
  /** Those of the page, and one more if there is one. */
  readonly rows: readonly Row[];
  readonly total?: number | undefined;
  readonly measure?: string | undefined;
}

/** The page of these rows. */
export function pageOf(
  { limit }: Query,
  { rows, total, measure }: FoundPage,
  documentOf: (row: Row) => StoredDocument,
): Page {
  return {
    documents: rows.slice(0, limit).map(documentOf),
    more: rows.length > limit,
    ...(measure !== undefined && { measure }),
    ...(total !== undefined && { total }),
  };
}
