/**
 * How the texts of a resource lie in an FTS5 table (https://www.sqlite.org/fts5.html): a column for each text field, which
 * holds the words of `query/words.ts` with spaces between them, under the row number of the document.
 *
 * The words are ours, so that every store finds the same; the tokenizer has only to part them again. That is `ascii`, to
 * which everything beyond ASCII belongs to a word. The tempting mistake is `unicode61`: it folds some letters further
 * (`ς` and `σ` are one to it), and knows an older Unicode.
 */
import { createHash } from 'node:crypto';
import type { Field, Resource } from '../../model/types.ts';
import { valuesOf } from '../../query/values.ts';
import { isSecret } from '../../query/vocabulary.ts';
import { wordsOf } from '../../query/words.ts';
import { quote, rowNumber, type Table } from './layout.ts';

/** Raised when the same documents make other words than before, or lie differently. */
const searchVersion = 1;

/** Beyond SQLite's 2,000 columns there is nothing; texts beyond these are searched without an index. */
const mostTexts = 500;

/** The FTS5 table of a resource. */
export interface SearchLayout {
  readonly table: string;
  readonly fields: readonly Field[];
  /** The column of a field, by its path. */
  readonly columns: ReadonlyMap<string, string>;
  /** Changes with everything that an index depends on. */
  readonly fingerprint: string;
}

/** Under which a database remembers how far the index has come. */
export function searchMeta(table: Table): string {
  return `search ${table.name}`;
}

/** The revision up to which all is indexed, as a database remembers it; `undefined`: there is no index, or one of other texts. */
export function watermarkIn(meta: string | undefined, fingerprint: string): number | undefined {
  const value: unknown = meta === undefined ? undefined : JSON.parse(meta);
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('fingerprint' in value) || value.fingerprint !== fingerprint) return undefined;
  return 'watermark' in value && typeof value.watermark === 'number' ? value.watermark : undefined;
}

export function planSearch(resource: Resource, table: Table): SearchLayout {
  const fields = resource.fields
    .filter(({ type, path }) => type === 'string' && !isSecret(path, resource))
    .slice(0, mostTexts);
  const parts = [searchVersion, rowNumber(table), ...fields.map(({ path, array }) => [path, array])];
  return {
    // SQLite adds names such as "_data" for tables of its own; none of those ends in "_", so that none is another's.
    table: `cartouche_text_${table.name}_`,
    fields,
    columns: new Map(fields.map(({ path }, at) => [path, `c${at}`])),
    fingerprint: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
  };
}

export function createSearchSql({ table, columns }: SearchLayout): string {
  // Without a copy of the texts: the documents have them.
  const parts = [...columns.values(), `content = ''`, 'contentless_delete = 1', `tokenize = 'ascii'`];
  return `CREATE VIRTUAL TABLE ${quote(table)} USING fts5(${parts.join(', ')})`;
}

/** Puts the words of a document under its row number, in place of those that are there. Parameters: that, then `indexedTexts`. */
export function indexSql({ table, columns }: SearchLayout): string {
  const names = ['rowid', ...columns.values()].join(', ');
  const values = ['CAST(? AS INTEGER)', ...Array.from(columns, () => '?')].join(', ');
  return `INSERT OR REPLACE INTO ${quote(table)} (${names}) VALUES (${values})`;
}

/** What is searched of a document, column by column. */
export function indexedTexts({ fields }: SearchLayout, document: unknown): readonly string[] {
  return fields.map((field) =>
    valuesOf(document, field)
      .flatMap((text) => (typeof text === 'string' ? [wordsOf(text).join(' ')] : []))
      .join(between),
  );
}

/** A word that no query can have, so that no phrase goes from one value of an array on to the next. */
const between = ' \ue000 ';

/** Integer keys may have more digits than a number of JavaScript holds. */
export function keysAsJson(table: Table, keys: readonly string[]): string {
  return table.key === 'integer' ? `[${keys.join(',')}]` : JSON.stringify(keys);
}
