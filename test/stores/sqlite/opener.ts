/** A process for `faults.test.ts`: opens the database, and tells "opened", or the kind of error and its message. */

import { StoreError } from '../../../src/stores/contract.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { bookstore } from '../bookstore.ts';

const [file = ''] = process.argv.slice(2);
try {
  const store = await openSqliteStore(file, bookstore);
  await store.close();
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(error instanceof StoreError ? `${error.kind}: ${error.message}` : String(error));
}
