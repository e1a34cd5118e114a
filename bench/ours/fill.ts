/** Puts the books into Cartouche's own database through the store's door: `fill DESCRIPTION DATA ROWS`. */
import { bookWithId } from '../books.ts';
import { openBooks } from './open-books.ts';

/** Creates that are under way together share one transaction. */
const together = 1000;

const [, , description = '', data = '', rows = '0'] = process.argv;
const store = await openBooks(description, data);
const books = store.collection('books');
for (let first = 1; first <= Number(rows); first += together) {
  const ids = Array.from({ length: Math.min(together, Number(rows) - first + 1) }, (_, index) => first + index);
  await Promise.all(ids.map((id) => books.create({ key: String(id), text: JSON.stringify(bookWithId(id)) })));
}
await store.close();
