/** Documents to rows of MongoDB and back. */
import type { Resource } from '../../model/types.ts';
import type { NewDocument, StoredDocument } from '../contract.ts';
import { fieldsReader, formOf } from './columns.ts';
import { contentOf, textOf } from './content.ts';
import { nameOf, storedName } from './names.ts';
import type { Row } from './schema.ts';

export interface RowMaker {
  /** Throws `SyntaxError` where the text is no JSON. */
  live(document: NewDocument, revision: number): Row;
  /** A document with the revision that it had elsewhere. `before`: what it replaces. */
  restored(document: StoredDocument, before: Row | undefined): Row;
  /** What is left of a removed document. */
  removed(key: string, revision: number): Row;
  /** The same content under another revision. */
  again(row: Row, revision: number): Row;
}

/** `isTracked`: whether an index has to learn of what is written. */
export function createRowMaker(resource: Resource, isTracked: () => boolean): RowMaker {
  const readFields = fieldsReader(resource);
  const form = formOf(resource);
  // In the document itself, so that no crash can part the change from the fact that an index must learn of it.
  const pending = (): Pick<Row, '_ix'> => (isTracked() ? { _ix: { at: new Date(), n: 0 } } : {});
  const live = ({ key, text, links = {} }: NewDocument, revision: number): Row => {
    const document: unknown = JSON.parse(text);
    const stored = Object.entries(links).map(([name, parent]) => [storedName(name), parent] as const);
    return {
      _id: key,
      _rev: revision,
      ...pending(),
      ...(stored.length > 0 && { _links: Object.fromEntries(stored) }),
      _form: form,
      ...contentOf(text, document),
      fields: readFields({ key, links, document }),
    };
  };
  return {
    live,
    restored: (document, before) => {
      const row = live(document, document.revision);
      const known = before === undefined ? 0 : indexRevision(before);
      // An index takes nothing that is older than what it has, nor than what it was told to remove.
      return known < row._rev ? row : { ...row, _iv: known + 1 };
    },
    removed: (key, revision) => ({ _id: key, _rev: revision, ...pending(), _del: new Date() }),
    again: ({ _ix, _iv, ...row }, revision) => ({ ...row, _rev: revision, ...pending() }),
  };
}

export function storedOf(row: Row): StoredDocument {
  return { key: row._id, revision: row._rev, text: textOf(row), links: linksOf(row) };
}

/** The revision of a row for whoever keeps an index: it only ever grows. */
export function indexRevision({ _rev, _iv }: Pick<Row, '_rev' | '_iv'>): number {
  return _iv ?? _rev;
}

function linksOf({ _links = {} }: Row): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(_links).map(([name, parent]) => [nameOf(name), parent]));
}

/** The row of a document that was not removed. */
export function isLive(row: Row | null | undefined): row is Row {
  return row !== null && row !== undefined && row._del === undefined;
}

/** What is read of a row to give its document back. */
export const contentProjection = { _rev: 1, _links: 1, _del: 1, doc: 1, text: 1 } as const;
