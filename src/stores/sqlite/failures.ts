import { StoreError } from '../contract.ts';
import type { Table } from './layout.ts';

/** Primary result codes of SQLite that mean something to us (https://sqlite.org/rescode.html). */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
};

/** What SQLite threw, as the contract names it. Anything else comes back as it is: it is a mistake of ours. */
export function storeErrorOf(error: unknown, tables: readonly Table[]): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const details = { cause: error };
  switch (resultCode(error)) {
    case codes.constraint:
      return conflictOf(error, tables) ?? error;
    case codes.full:
      return new StoreError('full', 'The disk is full. Nothing was written.', details);
    case codes.readOnly:
      return new StoreError('read-only', 'The database can only be read.', details);
    case codes.corrupt:
    case codes.notADatabase:
      return new StoreError('not-a-database', 'The file is no SQLite database, or it is damaged.', details);
    case codes.busy:
    case codes.locked:
      return new StoreError('locked', 'Another process holds the database for longer than 5 seconds.', details);
    case codes.ioError:
    case codes.cannotOpen:
      return new StoreError('unavailable', 'The database file cannot be read or written.', details);
    default:
      return error;
  }
}

/** The primary result code, if this is an error of SQLite. */
function resultCode(error: Error): number | undefined {
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** SQLite names the columns only in its message: `UNIQUE constraint failed: books.isbn`. */
function conflictOf(error: Error, tables: readonly Table[]): StoreError | undefined {
  const [, place] = /^UNIQUE constraint failed: (.+)$/s.exec(error.message) ?? [];
  for (const table of tables) {
    if (place === `${table.name}.key`) return conflict('key', error);
    for (const column of table.columns) {
      if (column.kind === 'field' && place === `${table.name}.${column.name}`) return conflict(column.path, error);
    }
  }
  return undefined;
}

function conflict(field: string, cause: Error): StoreError {
  return new StoreError('conflict', `The value of "${field}" is taken.`, { fields: [field], cause });
}
