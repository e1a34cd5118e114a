import type { StoreContents } from '../contract.ts';
import { copyNote } from '../copy-note.ts';
import { configure } from './configure.ts';
import { readFact } from './control.ts';
import { readDescribed } from './described.ts';
import { connect } from './driver.ts';
import { storeErrorOf } from './failures.ts';
import { quote } from './layout.ts';
import { hasMarks } from './marks.ts';
import { readTables } from './meta.ts';

/** What an existing file holds. Throws `StoreError` as `openSqliteStore` does. */
export async function sqliteContents(file: string): Promise<StoreContents> {
  try {
    const database = await connect(file, { readOnly: true });
    try {
      configure(database, { readOnly: true });
      const isFilled = readTables(database).some(
        ({ name }) => database.prepare(`SELECT 1 FROM ${quote(name)} LIMIT 1`).get() !== undefined,
      );
      return {
        schema: readDescribed(database),
        isEmpty: !isFilled,
        isTracked: hasMarks(database),
        copy: readFact(database, copyNote)?.value,
      };
    } finally {
      database.close();
    }
  } catch (error) {
    throw storeErrorOf(error, []);
  }
}
