/**
 * What a database remembers of the description that it was last served by, so that another API's file is not taken for
 * one's own, and a property that was an array or an object and is none now is noticed. (`migrate.ts` tells other types by
 * its columns; arrays and objects have none.)
 */
import { fieldNames } from '../../model/field-path.ts';
import type { Resource } from '../../model/types.ts';
import { StoreError, type StoreSchema } from '../contract.ts';
import { type Form, formsOf, formWords, isOtherForm, isScalar } from '../form.ts';
import { storedPart } from '../stored-part.ts';
import type { Database } from './driver.ts';
import { elementsAt, typeAt, valueAt, valueOfElement } from './expressions.ts';
import { quote, type Table } from './layout.ts';
import { readMeta, writeMeta } from './meta.ts';

/** What a database remembers of the description that it was last served by. */
interface Described {
  readonly title: string;
  /** What it no longer describes stays known, as its documents stay. */
  readonly resources: readonly Resource[];
}

/**
 * Throws `StoreError` `schema` where the file holds documents of another API. Other titles alone make no other API, nor
 * do other resources: descriptions change. Where the title is another, and some documents would not be served, the file
 * is somebody else's.
 */
export function assertSameApi(database: Database, schema: StoreSchema, tables: readonly Table[]): void {
  const title = readTitle(database);
  if (title === undefined || schema.title === undefined || title === schema.title) return;
  const served = new Set(schema.resources.map(({ name }) => name));
  const filled = tables.filter((table) => isFilled(database, table));
  if (filled.every(({ resource }) => served.has(resource))) return;
  const names = filled.slice(0, 5).map(({ resource }) => resource);
  const more = filled.length > names.length ? `, and ${filled.length - names.length} more` : '';
  throw new StoreError(
    'schema',
    `The file holds the documents of another API, "${title}" (${names.join(', ')}${more}), and not of "${schema.title}". Nothing was changed. Choose another data file with --data, or start with --accept-schema-changes if this is the same API under a new name.`,
  );
}

/** Throws `StoreError` `schema` where stored documents do not fit a property that became, or was, an array or an object. */
export function assertFormsFit(database: Database, schema: StoreSchema, tables: readonly Table[]): void {
  const before = readForms(database);
  for (const resource of schema.resources) {
    const table = tables.find((each) => each.resource === resource.name);
    const known = before.get(resource.name);
    if (table === undefined || known === undefined) continue;
    for (const [path, form] of formsOf(resource.fields)) {
      const was = known.get(path);
      // Other scalar types are told by their columns.
      if (was === undefined || !isOtherForm(was, form) || (isScalar(was) && isScalar(form))) continue;
      const rows = countMisfits(database, table, path, form);
      if (rows === 0) continue;
      throw new StoreError(
        'schema',
        `"${path}" of "${resource.name}" was ${formWords(was)} and is ${formWords(form)} now, which ${rows} stored documents do not fit. Nothing was changed. Convert them with cartouche migrate, restore the description, or start with --accept-schema-changes to serve them as they are.`,
        { fields: [path] },
      );
    }
  }
}

/**
 * Remembers the description that is served from now on, within the transaction that makes the tables fit it: as much of
 * it as storing needs, so that the data can be moved by somebody who has no description.
 */
export function remember(database: Database, { title, resources }: StoreSchema): void {
  const named = new Set(resources.map(({ name }) => name));
  const now: Described = {
    title: title ?? readTitle(database) ?? '',
    resources: [
      ...resources.map(storedPart),
      ...(readDescribed(database)?.resources ?? []).filter(({ name }) => !named.has(name)),
    ],
  };
  writeMeta(database, key, JSON.stringify(now));
}

/** The description that a database was last served by. `undefined`: none, or by an older Cartouche. */
export function readDescribed(database: Database): StoreSchema | undefined {
  const { resources } = read(database);
  if (!isResources(resources)) return undefined;
  const title = readTitle(database);
  return title === undefined ? { resources } : { title, resources };
}

const key = 'described';

function readTitle(database: Database): string | undefined {
  const { title } = read(database);
  return typeof title === 'string' && title !== '' ? title : undefined;
}

function read(database: Database): { readonly title?: unknown; readonly resources?: unknown } {
  const text = readMeta(database, key);
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : {};
}

function isResources(value: unknown): value is readonly Resource[] {
  return Array.isArray(value) && value.every((each) => !Array.isArray(each));
}

/** By resource and path. */
function readForms(database: Database): ReadonlyMap<string, ReadonlyMap<string, Form>> {
  const { resources } = read(database);
  if (isResources(resources)) return new Map(resources.map((resource) => [resource.name, formsOf(resource.fields)]));
  return isPairs(resources) ? new Map(resources.map(([name, forms]) => [name, new Map(forms)])) : new Map();
}

/** Until whole resources were remembered, it was the forms of their fields. */
function isPairs(value: unknown): value is readonly (readonly [string, readonly (readonly [string, Form])[]])[] {
  return Array.isArray(value) && value.every(Array.isArray);
}

function countMisfits(database: Database, table: Table, path: string, form: Form): number {
  const row = database
    .prepare(`SELECT count(*) FROM ${quote(table.name)} WHERE ${misfit(fieldNames(path), form)}`)
    .get();
  return Number(row?.[0]);
}

function misfit(names: readonly string[], { type, array }: Form): string {
  const held = typeAt('"doc"', names);
  const elements = elementsAt('"doc"', names, 'element');
  if (type === 'object') return `EXISTS (SELECT 1 FROM ${elements} WHERE element.type NOT IN ('object', 'null'))`;
  if (!array) {
    const isOther = `${held} <> 'null' AND ${valueAt('"doc"', names, type)} IS NULL`;
    const above = names.slice(1).map((_, depth) => `${typeAt('"doc"', names.slice(0, depth + 1))} = 'array'`);
    return [`(${isOther})`, ...above].join(' OR ');
  }
  const other = `element.type <> 'null' AND ${valueOfElement('element', type)} IS NULL`;
  return `(${held} NOT IN ('array', 'null') OR EXISTS (SELECT 1 FROM ${elements} WHERE ${other}))`;
}

function isFilled(database: Database, { name }: Table): boolean {
  return database.prepare(`SELECT 1 FROM ${quote(name)} LIMIT 1`).get() !== undefined;
}
