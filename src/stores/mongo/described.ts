/**
 * Makes what is stored fit a description: the compared values of every document, and the indexes over them. What a
 * database was last served by stands in a control document.
 *
 * All processes on a database serve the same description: one with an older one would write documents that queries of
 * the newer one do not find.
 */
import type { mongo } from 'mongoose';
import type { Field, Resource } from '../../model/types.ts';
import { StoreError, type StoreSchema } from '../contract.ts';
import { storedPart } from '../stored-part.ts';
import { columnsOf, fieldsReader, formOf } from './columns.ts';
import { textOf } from './content.ts';
import type { Control } from './control.ts';
import { isDuplicate } from './failures.ts';
import { assertFormsFit, countRepeated, readKnownApi, rememberApi } from './fit.ts';
import type { Place } from './place.ts';
import { storedOf } from './rows.ts';
import type { Row } from './schema.ts';

/** What is remembered of a resource. */
interface Described {
  readonly form: string;
  readonly fields: readonly Pick<Field, 'path' | 'type' | 'array'>[];
  /** Absent: an older Cartouche wrote it. */
  readonly resource?: Resource;
}

type PlaceOf = (resource: Resource) => Place;

export interface SchemaChanges {
  /** Serve on where stored documents break a new promise of the description. */
  readonly accept: boolean;
}

/** Throws `StoreError` `schema` where stored documents break a promise of the description; then nothing was changed. */
export async function assertFits(
  schema: StoreSchema,
  placeOf: PlaceOf,
  control: Control,
  { accept }: SchemaChanges,
): Promise<void> {
  if (accept) return;
  for (const resource of schema.resources) {
    const before = await readDescribed(resource, control);
    if (before === undefined) continue;
    const place = placeOf(resource);
    await assertFormsFit(resource, before.fields, place);
    for (const { field } of missingUnique(resource, await indexNames(place.rows))) {
      const repeated = await countRepeated(field, place);
      if (repeated === 0) continue;
      throw new StoreError(
        'schema',
        `"${field.path}" of "${resource.name}" is unique now, but ${repeated} stored documents repeat a value. Nothing was changed. Correct them, or start with --accept-schema-changes to serve them as they are, without that check.`,
        { fields: [field.path] },
      );
    }
  }
}

/** Brings the stored documents and indexes into the form that `schema` asks for. May be interrupted, and done again. */
export async function bringIntoForm(
  schema: StoreSchema,
  placeOf: PlaceOf,
  control: Control,
  changes: SchemaChanges,
): Promise<void> {
  await rememberApi(schema, control);
  for (const resource of schema.resources) {
    const place = placeOf(resource);
    const form = formOf(resource);
    const before = await control.read(controlName(resource));
    const described: Described = {
      form,
      fields: resource.fields.map(({ path, type, array }) => ({ path, type, array })),
      resource: storedPart(resource),
    };
    if (before !== undefined && (!isDescribed(before.value) || before.value.form !== form)) {
      await rewriteFields(resource, place);
    }
    // Whole, so that the data can be moved by somebody who has no description.
    if (JSON.stringify(before?.value) !== JSON.stringify(described)) {
      await control.write(controlName(resource), before?.version ?? 0, described);
    }
    await makeIndexes(resource, place, changes);
  }
}

/** The description that a database was last served by. `undefined`: none, or by an older Cartouche. */
export async function readSchema(control: Control): Promise<StoreSchema | undefined> {
  const all = (await control.readAll(controlStart)).map(({ value }) => value);
  const resources = all.flatMap((value) => (isDescribed(value) ? (value.resource ?? []) : []));
  if (all.length === 0 || resources.length < all.length) return undefined;
  const title = (await readKnownApi(control))?.title ?? '';
  return title === '' ? { resources } : { title, resources };
}

const controlStart = 'described ';

/** Documents of another form get their `fields` anew; neither content nor revision changes. */
async function rewriteFields(resource: Resource, { model, rows, batchSize }: Place): Promise<void> {
  const form = formOf(resource);
  const readFields = fieldsReader(resource);
  const misfits = { _form: { $ne: form }, _del: { $exists: false } };
  for (;;) {
    const found = await model.find(misfits).limit(batchSize).lean<Row[]>();
    if (found.length === 0) return;
    const updates = found.map((row) => {
      const { key, links } = storedOf(row);
      const fields = readFields({ key, links, document: JSON.parse(textOf(row)) as unknown });
      return {
        updateOne: { filter: { _id: row._id, _rev: row._rev }, update: { $set: { fields, _form: form } } },
      };
    });
    await rows.bulkWrite(updates, { ordered: false });
  }
}

/** Built before the first request is answered. Throws `StoreError` `schema` where values repeat that must not. */
async function makeIndexes(resource: Resource, place: Place, { accept }: SchemaChanges): Promise<void> {
  const { rows } = place;
  const existing = await indexNames(rows);
  const left = accept ? await repeatedOnes(resource, existing, place) : [];
  const wanted = indexesOf(resource).filter(({ name }) => !left.includes(name));
  for (const name of existing) {
    if (isOurs(name) && !wanted.some((index) => index.name === name)) await rows.dropIndex(name);
  }
  const missing = wanted.filter(({ name }) => !existing.includes(name));
  if (missing.length === 0) return;
  try {
    await rows.createIndexes([...missing]);
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause;
    const message = `Stored documents of "${resource.name}" repeat a value that must be unique.`;
    throw new StoreError('schema', message, { cause });
  }
}

/** Names of unique indexes that cannot be made. With `accept`, a repeated value goes unpunished until it is corrected. */
async function repeatedOnes(
  resource: Resource,
  existing: readonly (string | undefined)[],
  place: Place,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { path, field } of missingUnique(resource, existing)) {
    if ((await countRepeated(field, place)) > 0) names.push(uniqueName(path));
  }
  return names;
}

/** Unique fields, and where their values lie, that have no index yet. */
function missingUnique(
  resource: Resource,
  existing: readonly (string | undefined)[],
): readonly { readonly path: string; readonly field: Field }[] {
  return columnsOf(resource).flatMap(({ operand, path, unique }) => {
    if (!unique || operand.kind !== 'field' || existing.includes(uniqueName(path))) return [];
    const field = resource.fields.find((each) => each.path === operand.path);
    return field === undefined ? [] : [{ path, field }];
  });
}

/** Their names say all that they are: another index has another name. */
function indexesOf(resource: Resource): readonly (mongo.IndexDescription & { readonly name: string })[] {
  const columns = columnsOf(resource);
  const id = columns.find(({ operand }) => operand.kind === 'id')?.path ?? '_id';
  const unique = columns.filter((column) => column.unique);
  const sorted = columns.filter((column) => column.indexed && !column.unique && column.path !== '_id');
  return [
    // What is removed has no values, and does not collide.
    ...unique.map(({ path }) => ({ key: { [path]: 1 }, name: uniqueName(path), unique: true, sparse: true })),
    { key: { '_ix.at': 1 }, name: '_ix.at', sparse: true },
    { key: { _del: 1 }, name: '_del', sparse: true },
    ...sorted.slice(0, mostIndexes - unique.length).map(({ path }) => {
      // The rest of every order, so that a sorted page is read from the index alone.
      const paths = [...new Set([path, id, '_id'])];
      return { key: Object.fromEntries(paths.map((each) => [each, 1])), name: paths.join(' ') };
    }),
  ];
}

function uniqueName(path: string): string {
  return `${path} unique`;
}

async function indexNames(rows: Place['rows']): Promise<readonly (string | undefined)[]> {
  try {
    return (await rows.indexes()).map(({ name }) => name);
  } catch (error) {
    // There is no such collection yet.
    if (error instanceof Error && 'code' in error && error.code === namespaceNotFound) return [];
    throw error;
  }
}

/** An operator may add indexes; those are theirs. */
function isOurs(name: string | undefined): name is string {
  return name?.startsWith('fields.') === true;
}

const namespaceNotFound = 26;

/** MongoDB allows 64, the one over `_id` among them; some are left for the operator. */
const mostIndexes = 58;

function controlName({ name }: Resource): string {
  return `${controlStart}${name}`;
}

async function readDescribed(resource: Resource, control: Control): Promise<Described | undefined> {
  const value = (await control.read(controlName(resource)))?.value;
  return isDescribed(value) ? value : undefined;
}

function isDescribed(value: unknown): value is Described {
  return (
    typeof value === 'object' && value !== null && 'form' in value && 'fields' in value && Array.isArray(value.fields)
  );
}
