import type { Collection, StoredDocument } from './contract.ts';

/** All documents behind a key, in the order of ids; of large ones, fewer at a time. */
export async function* pages(
  collection: Collection,
  after: string | undefined,
): AsyncGenerator<readonly StoredDocument[], undefined> {
  let last = after;
  let limit = 100;
  for (;;) {
    const page = await collection.list({
      filter: { kind: 'all' },
      sort: [],
      ...(last !== undefined && { after: { values: [], key: last } }),
      limit,
      offset: 0,
      count: 'none',
    });
    if (page.documents.length > 0) yield page.documents;
    if (!page.more) return undefined;
    last = page.documents.at(-1)?.key;
    const size = page.documents.reduce((sum, { text }) => sum + text.length, 0) / page.documents.length;
    limit = Math.min(Math.max(Math.floor(pageSize / size), 1), mostOnPage);
  }
}

/** In UTF-16 units. */
const pageSize = 2_000_000;
const mostOnPage = 500;
