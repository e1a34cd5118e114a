import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SortKey } from '../../../src/query/types.ts';
import type { Store } from '../../../src/stores/contract.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { bookstore } from '../bookstore.ts';
import { temporaryFolder } from './folder.ts';

const file = join(temporaryFolder(), 'texts.db');
const rows = 45;
let store: Store;

before(async () => {
  store = await openSqliteStore(file, bookstore);
  for (let index = 0; index < rows; index++) {
    const text = JSON.stringify({ title: `t${(index * 7) % 13}`, note: 'é,"],[' });
    await store.collection('books').create({ key: `k${String(index).padStart(2, '0')}`, text });
  }
});
after(() => store.close());

const byTitle: SortKey = { operand: { kind: 'field', path: 'title' }, direction: 'descending' };

for (const sort of [[], [byTitle]]) {
  for (const [limit, offset] of [
    [20, 0],
    [20, 20],
    [20, 25],
    [20, 40],
    [20, 60],
    [45, 0],
    [0, 0],
    [200, 0],
  ] as const) {
    for (const count of ['none', 'exact'] as const) {
      test(`${limit} from ${offset}, ${sort.length === 0 ? 'by id' : 'by title'}, count ${count}: as list tells them`, async () => {
        const query = { filter: { kind: 'all' }, sort, limit, offset, count } as const;
        const { documents, ...page } = await store.collection('books').list(query);
        assert.deepEqual(store.collection('books').listTexts?.(query), {
          texts: documents.map(({ text }) => text).join(','),
          count: documents.length,
          ...page,
        });
      });
    }
  }
}

test('what gains nothing is left to list', async () => {
  const all = { filter: { kind: 'all' }, sort: [], limit: 20, offset: 0, count: 'none' } as const;
  const books = store.collection('books');
  assert.equal(books.listTexts?.({ ...all, limit: 201 }), undefined);
  assert.equal(books.listTexts?.({ ...all, filter: { kind: 'exists', operand: { kind: 'id' } } }), undefined);
  const reader = await openSqliteStore(file, bookstore, { readOnly: true });
  assert.equal(reader.collection('books').listTexts?.(all), undefined);
  await reader.close();
});
