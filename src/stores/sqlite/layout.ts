/**
 * How a resource lies in a table:
 *
 * ```
 * rid | key | rev | doc | link_<name> … | <field> …
 * ```
 *
 * Integer keys are SQLite's row numbers themselves, so that `rid` is not needed: one tree less to descend and to write.
 *
 * `doc` is the JSON text; fields are plain columns, which `writes.ts` fills from it in the statement that writes it. The
 * tempting mistake is to let SQLite compute them (GENERATED ALWAYS AS): it takes each of them for changed whenever `doc`
 * is, and so rewrites every index of the table for a PATCH of one field, which then takes more than twice as long.
 *
 * Names come from a description: here they become quoted identifiers of our own making, nothing else.
 */
import { createHash } from 'node:crypto';
import type { Field, Resource } from '../../model/types.ts';
import { idFromKey, type ValueType } from './expressions.ts';

/** A column, as remembered in the database. `path` and `type` say what it holds; they never change for a name. */
export type Column =
  | { readonly kind: 'field'; readonly name: string; readonly path: string; readonly type: ValueType }
  | { readonly kind: 'link'; readonly name: string; readonly link: string };

/** A table, as remembered in the database. */
export interface Table {
  readonly name: string;
  readonly resource: string;
  /** `integer`: the key is an integer id and orders by size. */
  readonly key: 'text' | 'integer';
  /** The id as a column of its own, for ids that are unique only under their parent. */
  readonly id: 'key' | 'text' | 'integer';
  readonly columns: readonly Column[];
}

/** An index that a table should have. */
export interface Index {
  readonly name: string;
  readonly column: string;
  readonly unique: boolean;
}

/** Columns cost time at each write, and SQLite ends at 2,000; fields beyond are computed when asked for. */
const mostColumns = 250;
/** SQLite considers no more than 64 terms and indexes well; each index costs about 4 µs a write. */
const mostIndexes = 60;

/** The table for a resource: what `known` has, and what is missing. */
export function planTable(resource: Resource, known: Table | undefined, takenNames: Iterable<string>): Table {
  const columns = [...(known?.columns ?? [])];
  const taken = new Set([
    'rid',
    'key',
    'rev',
    'doc',
    'id',
    'rowid',
    'oid',
    '_rowid_',
    ...columns.map(({ name }) => name),
  ]);
  for (const link of resource.links) {
    if (columns.some((column) => column.kind === 'link' && column.link === link.name)) continue;
    columns.push({ kind: 'link', name: freeName(`link_${link.name}`, taken), link: link.name });
  }
  for (const field of [...resource.fields].sort(mostUsefulFirst)) {
    if (field.array || columns.length >= mostColumns || fieldColumn(columns, field) !== undefined) continue;
    columns.push({ kind: 'field', name: freeName(field.path, taken), path: field.path, type: field.type });
  }
  const { id } = resource;
  const ownId = id.scope === 'parent' && resource.kind === 'collection';
  return {
    name: known?.name ?? freeName(resource.name, new Set(takenNames)),
    resource: resource.name,
    key: id.type === 'integer' && !ownId && resource.kind === 'collection' ? 'integer' : 'text',
    id: ownId ? (id.type === 'integer' ? 'integer' : 'text') : 'key',
    columns,
  };
}

/** The column that holds a field as it is declared now. */
export function fieldColumn(columns: readonly Column[], field: Pick<Field, 'path' | 'type'>): Column | undefined {
  return columns.find((column) => column.kind === 'field' && column.path === field.path && column.type === field.type);
}

export function linkColumn(columns: readonly Column[], link: string): Column | undefined {
  return columns.find((column) => column.kind === 'link' && column.link === link);
}

/** The indexes that a table should have for a resource; unique ones always, others while there is room. */
export function planIndexes(resource: Resource, table: Table): readonly Index[] {
  const indexes: Index[] = [];
  const add = (column: Column | undefined, unique: boolean): void => {
    if (column !== undefined)
      indexes.push({ name: indexName(table, column.name, unique), column: column.name, unique });
  };
  for (const link of resource.links) add(linkColumn(table.columns, link.name), false);
  for (const field of [...resource.fields].sort(mostUsefulFirst)) {
    if (field.array || field.path === resource.id.property) continue;
    if (field.unique) add(fieldColumn(table.columns, field), true);
    else if (field.indexed && indexes.length < mostIndexes) add(fieldColumn(table.columns, field), false);
  }
  return indexes;
}

/** The column that is SQLite's own row number. */
export function rowNumber(table: Table): string {
  return table.key === 'integer' ? 'key' : 'rid';
}

/** The columns that make an order total. */
export function idColumns(table: Table): readonly string[] {
  return table.id === 'key' ? ['key'] : ['id', 'key'];
}

/** `CREATE TABLE`. */
export function createTableSql(table: Table): string {
  const isChecked = table.columns.some(({ kind }) => kind === 'field');
  const columns = [
    // An integer column turns the text '9' into the number 9, so that it comes before 10.
    ...(table.key === 'integer'
      ? ['"key" INTEGER PRIMARY KEY']
      : ['"rid" INTEGER PRIMARY KEY', '"key" TEXT NOT NULL UNIQUE']),
    '"rev" INTEGER NOT NULL',
    // To compute a field from what is no JSON is an error already; to parse each document for that alone costs more.
    `"doc" TEXT NOT NULL${isChecked ? '' : ' CHECK (json_valid("doc"))'}`,
    // A key never changes, so that this computed column, unlike one of `doc`, costs an update nothing.
    ...(table.id === 'key' ? [] : [`"id" GENERATED ALWAYS AS (${idFromKey('"key"', table.id)}) STORED`]),
    ...table.columns.map((column) => columnSql(column)),
  ];
  return `CREATE TABLE ${quote(table.name)} (\n  ${columns.join(',\n  ')}\n)`;
}

/** `ALTER TABLE … ADD COLUMN`; where the table has rows, `fillSql` belongs to it. */
export function addColumnSql(table: Table, column: Column): string {
  return `ALTER TABLE ${quote(table.name)} ADD COLUMN ${columnSql(column)}`;
}

export function createIndexSql(table: Table, index: Index): string {
  // A unique index holds the one column only: with the id behind it, nothing would ever repeat.
  // A row number is part of every index.
  const columns = index.unique || rowNumber(table) === 'key' ? [index.column] : [index.column, ...idColumns(table)];
  const unique = index.unique ? 'UNIQUE ' : '';
  return `CREATE ${unique}INDEX ${quote(index.name)} ON ${quote(table.name)} (${columns.map(quote).join(', ')})`;
}

/** The index behind the order by id of ids that have a column of their own. */
export function idIndexSql(table: Table): string | undefined {
  if (table.id === 'key') return undefined;
  return `CREATE INDEX IF NOT EXISTS ${quote(`${table.name}.id`)} ON ${quote(table.name)} ("id", "key")`;
}

function columnSql({ kind, name }: Column): string {
  // A field's column has no type: SQLite would make the text '5' in an INTEGER column a number.
  return kind === 'link' ? `${quote(name)} TEXT` : quote(name);
}

/** An SQL identifier. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function indexName(table: Table, column: string, unique: boolean): string {
  return `${table.name}.${column}${unique ? '.unique' : ''}`;
}

/** Unique fields must have a column, filterable ones should. */
function mostUsefulFirst(a: Field, b: Field): number {
  return Number(b.unique) - Number(a.unique) || Number(b.indexed) - Number(a.indexed);
}

/** A readable identifier that SQLite, which ignores letter case, takes for none of the `taken` ones. Adds it to them. */
function freeName(wanted: string, taken: Set<string>): string {
  const plain = wanted.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  const reserved = /^(sqlite_|cartouche_|_*$)/.test(plain) || plain.length > 60;
  let name = reserved ? `x_${plain.slice(0, 40)}_${hash}` : plain;
  for (let count = 2; taken.has(name); count++) name = `${plain.slice(0, 40)}_${count}`;
  taken.add(name);
  return name;
}
