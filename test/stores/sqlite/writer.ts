/**
 * A process for `faults.test.ts`: opens the database, says "open", and with "write" creates, updates and removes
 * documents without end, 20 at a time, telling each acknowledged write in a line of its own.
 */
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { bookstore } from '../bookstore.ts';
import { none } from '../preconditions.ts';

const [file = '', mode = 'hold', round = '0'] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const store = await openSqliteStore(file, bookstore);
say('open');
setInterval(() => {}, 1000);
if (mode === 'write') {
  const [books, orders] = [store.collection('books'), store.collection('orders')];
  for (let batch = 0; ; batch++) {
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const key = `${round}-${batch}-${at}`;
        await books.create({ key, text: JSON.stringify({ title: key, isbn: key, pages: 1 }) });
        say(`created ${key}`);
        if (at % 3 === 0) {
          await books.update(key, none, ({ text }) => text.replace('"pages":1', '"pages":2'));
          say(`updated ${key}`);
        }
        if (at % 5 === 0) {
          await books.remove(key, none);
          say(`removed ${key}`);
        }
        say(`id ${await orders.nextId()}`);
      }),
    );
  }
}
