import type { StoreContents } from '../contract.ts';
import { copyNote } from '../copy-note.ts';
import { controlCollection, createControl, isTracked } from './control.ts';
import { readSchema } from './described.ts';
import { connect, createConnection, databaseOf, loadMongoose } from './driver.ts';
import { storeErrorOf } from './failures.ts';

/** What a database holds. Throws `StoreError`, `unavailable` where no server answers. */
export async function mongoContents(url: string): Promise<StoreContents> {
  const connection = createConnection(await loadMongoose());
  try {
    await connect(connection, url, { serverSelectionTimeout: 5000, poolSize: 1 });
    const database = databaseOf(connection);
    const control = createControl(database);
    const collections = await database.listCollections({}, { nameOnly: true }).toArray();
    let isEmpty = true;
    for (const { name } of collections) {
      if (name === controlCollection || name.startsWith('system.')) continue;
      // What was removed is remembered, and is no document.
      isEmpty &&= (await database.collection(name).findOne({ _del: { $exists: false } })) === null;
    }
    const copy = (await control.read(factName(copyNote)))?.value;
    return { schema: await readSchema(control), isEmpty, isTracked: await isTracked(control), copy };
  } catch (error) {
    throw storeErrorOf(error);
  } finally {
    await connection.close(true).catch(() => undefined);
  }
}

/** A fact of the store's `control` among what else is kept there. */
export function factName(name: string): string {
  return `fact ${name}`;
}
