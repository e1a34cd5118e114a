/**
 * What of a document is compared. It lies beside the document in `fields`, in the form in which it is compared, so that a
 * query means the same as in `query/evaluate.ts` whatever MongoDB makes of dates, nulls and arrays within arrays.
 */
import { createHash } from 'node:crypto';
import type { Field, Resource } from '../../model/types.ts';
import { type Candidate, readerOf } from '../../query/candidate.ts';
import type { Operand, Scalar } from '../../query/types.ts';
import { fold } from '../../query/values.ts';
import { storedName } from './names.ts';

export interface Column {
  readonly operand: Operand;
  /** The name within `fields`. */
  readonly name: string;
  /** Where its values lie in a stored document: within `fields`, or the key itself. */
  readonly path: string;
  /** `id`: numbers, and texts that should be numbers. */
  readonly type: 'string' | 'number' | 'boolean' | 'id';
  readonly array: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
}

/** What is compared, by the names of the columns. Absent: no value. */
export type Fields = Readonly<Record<string, Scalar | readonly Scalar[]>>;

export function columnsOf(resource: Resource): readonly Column[] {
  const isKey = resource.id.type === 'string' && resource.id.scope === 'global';
  const id: Column = {
    operand: { kind: 'id' },
    name: '%id',
    path: isKey ? '_id' : 'fields.%id',
    type: resource.id.type === 'integer' ? 'id' : 'string',
    array: false,
    unique: false,
    indexed: true,
  };
  const links = resource.links.map(
    ({ name }): Column => ({
      operand: { kind: 'link', name },
      name: `%link:${storedName(name)}`,
      path: `fields.%link:${storedName(name)}`,
      type: 'string',
      array: false,
      unique: false,
      indexed: true,
    }),
  );
  const fields = resource.fields.map(
    ({ path, type, array, unique, indexed }): Column => ({
      operand: { kind: 'field', path },
      name: storedName(path),
      path: `fields.${storedName(path)}`,
      type: comparedType(type),
      array,
      // The id is unique by its key already, and perhaps only under its parent.
      unique: unique && !array && path !== resource.id.property,
      indexed,
    }),
  );
  return [id, ...links, ...fields];
}

/** Where a column's texts lie, folded, for searches that ignore case: only in documents in which folding changes them. */
export function foldedName({ name }: Pick<Column, 'name'>): string {
  return `${name}%fold`;
}

/** Reads `fields` from documents of a resource. */
export function fieldsReader(resource: Resource): (candidate: Candidate) => Fields {
  const columns = columnsOf(resource).map((column) => ({ column, read: readerOf(column.operand, resource) }));
  return (candidate) => {
    const entries: [string, Scalar | readonly Scalar[]][] = [];
    for (const { column, read } of columns) {
      const values = read(candidate);
      const [first] = values;
      if (first === undefined) continue;
      if (column.path !== '_id') entries.push([column.name, column.array ? values : first]);
      const folded = values.map((value) => (typeof value === 'string' ? fold(value) : value));
      if (folded.every((value, at) => value === values[at])) continue;
      entries.push([foldedName(column), column.array ? folded : (folded[0] ?? '')]);
    }
    return Object.fromEntries(entries);
  };
}

/** Raised when the same description makes other `fields` than before. */
const version = 1;

/** Tells apart what descriptions make of a document: the name of the form of its `fields`. */
export function formOf(resource: Resource): string {
  const parts = [version, resource.id, resource.fields.map(({ path, type, array }) => [path, type, array])];
  return createHash('sha256')
    .update(JSON.stringify([parts, resource.links.map(({ name }) => name)]))
    .digest('base64url')
    .slice(0, 16);
}

function comparedType(type: Field['type']): Column['type'] {
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'boolean' : 'string';
}
