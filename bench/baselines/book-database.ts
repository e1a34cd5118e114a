/**
 * The books table as a good engineer would write it by hand: the document as JSON, STORED generated columns for what
 * is filtered and sorted, an index for each of them, WAL, statements prepared once. Express and Fastify share it.
 */
import type { DatabaseSync, DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Book } from '../books.ts';

export type Durability = 'NORMAL' | 'FULL';

export interface ListOptions {
  readonly sort: string;
  readonly limit: number;
  readonly offset: number;
  readonly minPages: number | undefined;
  readonly maxPages: number | undefined;
}

/** A unique value is taken. */
export class ConflictError extends Error {}

/** Ids are held in memory: one process owns the file. */
export interface BookDatabase {
  get(id: number): Book | undefined;
  list(options: ListOptions): Book[];
  create(book: Omit<Book, 'id'>): Book;
  patch(id: number, changes: Partial<Book>): Book | undefined;
  fill(books: Iterable<Book>): void;
  close(): void;
}

const sortable = ['title', 'pages', 'price', 'published'] as const;

const schema = `
  CREATE TABLE IF NOT EXISTS books (
    id INTEGER PRIMARY KEY,
    doc TEXT NOT NULL,
    title TEXT GENERATED ALWAYS AS (doc ->> '$.title') STORED,
    isbn TEXT GENERATED ALWAYS AS (doc ->> '$.isbn') STORED,
    pages INTEGER GENERATED ALWAYS AS (doc ->> '$.pages') STORED,
    price REAL GENERATED ALWAYS AS (doc ->> '$.price') STORED,
    published TEXT GENERATED ALWAYS AS (doc ->> '$.published') STORED
  );
  CREATE UNIQUE INDEX IF NOT EXISTS books_isbn ON books (isbn);
  CREATE INDEX IF NOT EXISTS books_title ON books (title);
  CREATE INDEX IF NOT EXISTS books_pages ON books (pages);
  CREATE INDEX IF NOT EXISTS books_price ON books (price);
  CREATE INDEX IF NOT EXISTS books_published ON books (published);`;

export async function openBookDatabase(file: string, durability: Durability): Promise<BookDatabase> {
  const DatabaseSync = await loadDriver();
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; PRAGMA busy_timeout = 5000;`);
  database.exec(schema);
  return prepareStatements(database);
}

function prepareStatements(database: DatabaseSyncInstance): BookDatabase {
  const read = database.prepare('SELECT doc FROM books WHERE id = ?');
  const insert = database.prepare('INSERT INTO books (id, doc) VALUES (?, ?)');
  const write = database.prepare('UPDATE books SET doc = ? WHERE id = ?');
  const pages = new Map(sortable.map((field) => [field as string, database.prepare(pageOf(field, ''))]));
  const ranges = new Map(
    sortable.map((field) => [field as string, database.prepare(pageOf(field, 'WHERE pages >= ? AND pages <= ?'))]),
  );
  let lastId = Number(asRow(database.prepare('SELECT coalesce(max(id), 0) AS id FROM books').get()).id);

  return {
    get(id) {
      const row = read.get(id);
      return row === undefined ? undefined : parseBook(row);
    },
    list({ sort, limit, offset, minPages, maxPages }) {
      if (minPages === undefined && maxPages === undefined) {
        return (pages.get(sort)?.all(limit, offset) ?? []).map(parseBook);
      }
      const from = minPages ?? 0;
      const to = maxPages ?? Number.MAX_SAFE_INTEGER;
      return (ranges.get(sort)?.all(from, to, limit, offset) ?? []).map(parseBook);
    },
    create(fields) {
      const book: Book = { id: lastId + 1, ...fields };
      refuseDuplicates(() => insert.run(book.id, JSON.stringify(book)));
      lastId = book.id;
      return book;
    },
    patch(id, changes) {
      const row = read.get(id);
      if (row === undefined) return undefined;
      const book: Book = { ...parseBook(row), ...changes, id };
      refuseDuplicates(() => write.run(JSON.stringify(book), id));
      return book;
    },
    fill(books) {
      database.exec('BEGIN');
      for (const book of books) {
        insert.run(book.id, JSON.stringify(book));
        lastId = book.id;
      }
      database.exec('COMMIT');
    },
    close: () => database.close(),
  };
}

function pageOf(sort: (typeof sortable)[number], where: string): string {
  return `SELECT doc FROM books ${where} ORDER BY ${sort}, id LIMIT ? OFFSET ?`;
}

function parseBook(row: unknown): Book {
  return JSON.parse(String(asRow(row).doc));
}

function asRow(row: unknown): Record<string, unknown> {
  return row as Record<string, unknown>;
}

function refuseDuplicates(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof Error && error.message.includes('UNIQUE')) throw new ConflictError('the isbn is taken');
    throw error;
  }
}

/** The same driver that Cartouche takes on this version of Node. */
async function loadDriver(): Promise<typeof DatabaseSync> {
  const builtIn = process.getBuiltinModule('node:sqlite') as { DatabaseSync: typeof DatabaseSync } | undefined;
  return builtIn?.DatabaseSync ?? (await import('@photostructure/sqlite')).DatabaseSync;
}
