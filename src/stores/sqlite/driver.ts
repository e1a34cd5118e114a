/** What is asked of SQLite's library, whichever runs (`libraries.ts`). It is imported on first use. */
import { StoreError } from '../contract.ts';
import { libraries, wanted } from './libraries.ts';

/** What SQLite gives and takes. */
export type SqliteValue = string | number | bigint | null | Uint8Array;

/** Rows are arrays in the order of the SELECT: cheaper than objects, and never confused by a column's name. */
export type Row = readonly SqliteValue[];

/** A value for each `?`, in their order; before them, if there are any, the values of `$name`s by their names. */
export type Parameters = readonly SqliteValue[] | readonly [NamedParameters, ...SqliteValue[]];

export interface NamedParameters {
  readonly [name: string]: SqliteValue;
}

export interface Statement {
  run(...parameters: Parameters): { readonly changes: number | bigint };
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): readonly Row[];
}

export interface Database {
  readonly library: string;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Makes a function of texts and numbers callable from SQL on this connection. */
  define(name: string, body: (...values: SqliteValue[]) => SqliteValue): void;
  inTransaction(): boolean;
  close(): void;
}

/** The part of both libraries' API that is used here. */
interface Library {
  readonly DatabaseSync: new (file: string, options: { readonly readOnly: boolean }) => LibraryDatabase;
}

interface LibraryDatabase {
  readonly isTransaction?: boolean;
  exec(sql: string): void;
  prepare(sql: string): LibraryStatement;
  function(
    name: string,
    options: { readonly deterministic: boolean },
    body: (...values: SqliteValue[]) => SqliteValue,
  ): void;
  close(): void;
}

interface LibraryStatement {
  run(...parameters: Parameters): { readonly changes: number | bigint };
  get(...parameters: Parameters): unknown;
  all(...parameters: Parameters): unknown[];
  /** Since Node 22.16. */
  setReturnArrays?(enabled: boolean): void;
}

/** Opens a connection. Throws what the library throws; see `failures.ts`. */
export async function connect(file: string, options: { readonly readOnly: boolean }): Promise<Database> {
  const { library, name } = await loadLibrary();
  return wrap(new library.DatabaseSync(file, options), name);
}

async function loadLibrary(): Promise<{ readonly library: Library; readonly name: string }> {
  for (const name of libraries) {
    const library: unknown = await withoutExperimentalWarning(() => import(name)).catch(() => undefined);
    if (isLibrary(library)) return { library, name };
  }
  throw new StoreError('unavailable', `No SQLite library was found. ${wanted}`);
}

function isLibrary(value: unknown): value is Library {
  return typeof value === 'object' && value !== null && 'DatabaseSync' in value;
}

/** Node 22 warns that `node:sqlite` may change. We test on each version, and the user can do nothing about it. */
async function withoutExperimentalWarning<T>(load: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  const isOurs = (warning: unknown): boolean => String(warning).startsWith('SQLite is an experimental feature');
  process.emitWarning = (...details: unknown[]) => {
    if (!isOurs(details[0])) Reflect.apply(emitWarning, process, details);
  };
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function wrap(database: LibraryDatabase, library: string): Database {
  return {
    library,
    exec: (sql) => database.exec(sql),
    prepare: (sql) => wrapStatement(database.prepare(sql)),
    define: (name, body) => database.function(name, { deterministic: true }, body),
    inTransaction: () => database.isTransaction ?? beginFails(database),
    close: () => database.close(),
  };
}

function wrapStatement(statement: LibraryStatement): Statement {
  if (statement.setReturnArrays === undefined) {
    return {
      run: (...parameters) => statement.run(...parameters),
      get: (...parameters) => toRow(statement.get(...parameters)),
      all: (...parameters) => statement.all(...parameters).flatMap((row) => [toRow(row) ?? []]),
    };
  }
  statement.setReturnArrays(true);
  if (isArrayStatement(statement)) return statement;
  throw new TypeError('The SQLite statement cannot return arrays.');
}

/** `setReturnArrays(true)` has been called, which changes what `get` and `all` return; types cannot follow that. */
function isArrayStatement(statement: LibraryStatement): statement is LibraryStatement & Statement {
  return statement.setReturnArrays !== undefined;
}

function toRow(row: unknown): Row | undefined {
  return typeof row === 'object' && row !== null ? Object.values(row) : undefined;
}

/** Before Node 22.16 a connection does not tell; a second BEGIN is refused within a transaction. */
function beginFails(database: LibraryDatabase): boolean {
  try {
    database.exec('BEGIN');
  } catch {
    return true;
  }
  database.exec('ROLLBACK');
  return false;
}
