/**
 * The only place that writes documents into tables, so that the columns which hold their fields never drift from them:
 * whatever writes `doc` writes each field's column too, by the expression of `valueAt` over the same text.
 *
 * The text is the parameter `$document`: an expression needs it several times, and `?` would have it bound each time.
 */
import { fieldNames } from '../../model/field-path.ts';
import { valueAt } from './expressions.ts';
import { type Column, quote, rowNumber, type Table } from './layout.ts';

type FieldColumn = Extract<Column, { readonly kind: 'field' }>;

/** Inserts a document. Parameters: `$document`, the key, the revision, and the links in the order of `links`. */
export function insertSql(table: Table, links: readonly string[]): string {
  const fields = fieldColumns(table);
  const names = ['key', 'rev', ...links, 'doc', ...fields.map(({ name }) => name)].map(quote);
  const values = ['?', '?', ...links.map(() => '?'), '$document', ...fields.map((each) => valueIn('$document', each))];
  return `INSERT INTO ${quote(table.name)} (${names.join(', ')}) VALUES (${values.join(', ')})`;
}

/**
 * Which fields a new document would change, as a text of a `1` or `0` for each: what `replaceSql` takes. `undefined` for
 * a table without fields. Parameters: `$document`, the key.
 *
 * SQL compares, not JavaScript, to which 9007199254740992 and …993 are one number, and of two members of one name the
 * last one counts. (That SQL takes 1 and 1.0 for the same does no harm: so does each filter and sort.)
 */
export function changesSql(table: Table): string | undefined {
  const changes = fieldColumns(table).map((each) => `(${quote(each.name)} IS NOT ${valueIn('$document', each)})`);
  if (changes.length === 0) return undefined;
  return `SELECT ${changes.join(' || ')} FROM ${quote(table.name)} WHERE "key" = ?`;
}

/**
 * Replaces a document, by what `changesSql` said, and those of its links that are named. Parameters: `$document`, the
 * revision, the links, the key.
 *
 * Only what changed may stand in SET: SQLite rewrites the index of each column that does, even if its value is the same.
 */
export function replaceSql(table: Table, links: readonly string[], changes: string): string {
  const fields = fieldColumns(table).filter((_, at) => changes[at] === '1');
  const assignments = [
    '"rev" = ?',
    ...links.map((name) => `${quote(name)} = ?`),
    '"doc" = $document',
    ...fields.map((each) => `${quote(each.name)} = ${valueIn('$document', each)}`),
  ];
  return `UPDATE ${quote(table.name)} SET ${assignments.join(', ')} WHERE "key" = ?`;
}

/** Fills columns that were added to a table with rows; `undefined` if none of them holds a field. */
export function fillSql(table: Table, added: readonly Column[]): string | undefined {
  const fields = added.filter(isField);
  if (fields.length === 0) return undefined;
  const assignments = fields.map((each) => `${quote(each.name)} = ${valueIn('"doc"', each)}`);
  return `UPDATE ${quote(table.name)} SET ${assignments.join(', ')}`;
}

/**
 * Copies all rows of a table that is called `from` now, and was laid out as `old`, into the new `table`. Row numbers, of
 * which the order of equal values is made, are kept where both tables have them.
 */
export function copySql(from: string, old: Table, table: Table): string {
  const links = old.columns.flatMap(({ kind, name }) => (kind === 'link' ? [name] : []));
  const own = rowNumber(table) === rowNumber(old) ? [rowNumber(table)] : [];
  const copied = [...new Set([...own, 'key', 'rev', 'doc', ...links])].map(quote);
  const fields = fieldColumns(table);
  const names = [...copied, ...fields.map(({ name }) => quote(name))].join(', ');
  const values = [...copied, ...fields.map((each) => valueIn('"doc"', each))].join(', ');
  return `INSERT INTO ${quote(table.name)} (${names}) SELECT ${values} FROM ${quote(from)} ORDER BY ${quote(rowNumber(old))}`;
}

/** What a field's column holds: its value in the JSON text that `document` stands for. */
function valueIn(document: string, { path, type }: FieldColumn): string {
  return valueAt(document, fieldNames(path), type);
}

function fieldColumns(table: Table): readonly FieldColumn[] {
  return table.columns.filter(isField);
}

function isField(column: Column): column is FieldColumn {
  return column.kind === 'field';
}
