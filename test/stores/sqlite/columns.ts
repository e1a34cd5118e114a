import assert from 'node:assert/strict';
import { connect } from '../../../src/stores/sqlite/driver.ts';
import { valueAt } from '../../../src/stores/sqlite/expressions.ts';
import { quote } from '../../../src/stores/sqlite/layout.ts';
import { readTables } from '../../../src/stores/sqlite/meta.ts';

/** Every field's column of every row holds what its expression says of the document, and each index agrees with its table. */
export async function assertColumnsFit(file: string, title?: string): Promise<void> {
  const database = await connect(file, { readOnly: true });
  try {
    for (const table of readTables(database)) {
      for (const column of table.columns) {
        if (column.kind !== 'field') continue;
        const expected = valueAt('"doc"', column.path.split('.'), column.type);
        const name = quote(column.name);
        const drifted = `SELECT "key", "doc", json_quote(${name}) FROM ${quote(table.name)} WHERE ${name} IS NOT ${expected}`;
        assert.deepEqual(database.prepare(drifted).all(), [], `${title ?? file}: ${table.name}.${column.name}`);
      }
    }
    assert.deepEqual(database.prepare('PRAGMA integrity_check').all().flat(), ['ok'], title);
  } finally {
    database.close();
  }
}
