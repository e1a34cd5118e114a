/** Ends its process in the middle of a long read, as a user of the library may. Argument: the data file. */
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';
import { resource } from '../../runtime/present/pieces.ts';

const [, , file = ''] = process.argv;
const notes = resource({
  fields: [{ path: 'title', type: 'string', array: false, unique: false, indexed: false, text: true }],
  id: { type: 'string', generate: 'uuid', clientMayChoose: true, scope: 'global' },
});
const store = await openSqliteStore(file, { resources: [notes] });
const collection = store.collection(notes.name);
const documents = Array.from({ length: 12_000 }, (_, index) => ({
  key: `k${index}`,
  text: JSON.stringify({ title: `title ${index}`, summary: 'a b c '.repeat(20) }),
}));
await collection.createMany(documents);

const titles = {
  kind: 'terms',
  operand: { kind: 'field', path: 'title' },
  size: 10,
  order: 'count',
  within: {},
} as const;
const read = async () => collection.aggregate({ kind: 'all' }, { titles });
// The first one has started the thread.
await read();
for (let again = 0; again < 20; again++) read().catch(() => undefined);
setTimeout(() => process.exit(7), 15);
