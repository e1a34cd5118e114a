import { type StoredDocument, StoreError } from '../contract.ts';
import type { Row } from './driver.ts';
import type { Table } from './layout.ts';
import type { LinkColumn } from './statement-texts.ts';

/** Reads the rows of the columns that `StatementTexts.selected` names. Throws `StoreError` `not-a-database` for others. */
export function documentReader(table: Table, links: readonly LinkColumn[]): (row: Row) => StoredDocument {
  const linksOf = (row: Row): Readonly<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const [index, { link }] of links.entries()) {
      const value = row[index + 3];
      if (typeof value === 'string') found[link] = value;
    }
    return found;
  };
  return (row) => {
    const [key, revision, text] = row;
    if (typeof key !== 'string' || typeof revision !== 'number' || typeof text !== 'string') {
      throw new StoreError('not-a-database', `A row of the table "${table.name}" is damaged.`);
    }
    return { key, revision, text, links: links.length === 0 ? noLinks : linksOf(row) };
  };
}

const noLinks: Readonly<Record<string, string>> = Object.freeze({});
