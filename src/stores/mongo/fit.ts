/**
 * Whether what a database holds fits a description: whose documents they are, of which types, with which repeated values.
 * Nothing here changes anything.
 */
import type { mongo } from 'mongoose';
import { fieldNames } from '../../model/field-path.ts';
import type { Field, Resource } from '../../model/types.ts';
import { comparable, valuesOf } from '../../query/values.ts';
import { StoreError, type StoreSchema } from '../contract.ts';
import { type Form, formsOf, formWords, isOtherForm, isScalar } from '../form.ts';
import { textOf } from './content.ts';
import type { Control } from './control.ts';
import type { Place } from './place.ts';
import { isLive } from './rows.ts';
import type { Row } from './schema.ts';

/** The API that a database belongs to, and every resource of it that was ever served. */
export interface KnownApi {
  readonly title: string;
  readonly resources: readonly string[];
}

const controlName = 'api';

export async function readKnownApi(control: Control): Promise<KnownApi | undefined> {
  const value = (await control.read(controlName))?.value;
  return isKnownApi(value) ? value : undefined;
}

/** Remembers the API that is served from now on. What it no longer has stays known, as its documents stay. */
export async function rememberApi({ title, resources }: StoreSchema, control: Control): Promise<void> {
  for (;;) {
    const before = await control.read(controlName);
    const known = isKnownApi(before?.value) ? before.value : undefined;
    const names = [...new Set([...resources.map(({ name }) => name), ...(known?.resources ?? [])])];
    const now: KnownApi = { title: title ?? known?.title ?? '', resources: names };
    if (known !== undefined && known.title === now.title && known.resources.length === names.length) return;
    if (await control.write(controlName, before?.version ?? 0, now)) return;
  }
}

/**
 * Throws `StoreError` `schema` where the database holds documents of another API. Other titles alone make no other API,
 * nor do other resources: descriptions change. Where the title is another, and some documents would not be served, the
 * database is somebody else's.
 *
 * @param isFilled whether a resource, of this API or not, has documents
 */
export async function assertSameApi(
  { title, resources }: StoreSchema,
  control: Control,
  isFilled: (resource: string) => Promise<boolean>,
): Promise<void> {
  const before = await readKnownApi(control);
  if (before === undefined || title === undefined || before.title === title || before.title === '') return;
  const served = new Set(resources.map(({ name }) => name));
  const filled: string[] = [];
  for (const name of before.resources) if (await isFilled(name)) filled.push(name);
  if (filled.every((name) => served.has(name))) return;
  const more = filled.length > 5 ? `, and ${filled.length - 5} more` : '';
  throw new StoreError(
    'schema',
    `The database holds the documents of another API, "${before.title}" (${filled.slice(0, 5).join(', ')}${more}), and not of "${title}". Nothing was changed. Name another database in the address, or start with --accept-schema-changes if this is the same API under a new name.`,
  );
}

/** Throws `StoreError` `schema` where stored documents do not fit the type that a property has now. */
export async function assertFormsFit(
  resource: Resource,
  before: readonly Pick<Field, 'path' | 'type' | 'array'>[],
  place: Place,
): Promise<void> {
  const known = formsOf(before);
  const changes = [...formsOf(resource.fields)].flatMap(([path, now]) => {
    const was = known.get(path);
    return was === undefined || !isOtherForm(was, now) ? [] : [{ path, was, now, misfits: 0 }];
  });
  if (changes.length === 0) return;
  for await (const document of documentsOf(place)) {
    for (const change of changes) if (isMisfit(document, change)) change.misfits += 1;
  }
  for (const { path, was, now, misfits } of changes) {
    if (misfits === 0) continue;
    throw new StoreError(
      'schema',
      `"${path}" of "${resource.name}" was ${formWords(was)} and is ${formWords(now)} now, which ${misfits} stored documents do not fit. Nothing was changed. Convert them with cartouche migrate, restore the description, or start with --accept-schema-changes to serve them as they are.`,
      { fields: [path] },
    );
  }
}

/** How many documents repeat the value that another one has. */
export async function countRepeated(field: Field, place: Place): Promise<number> {
  const seen = new Set<unknown>();
  let repeated = 0;
  for await (const document of documentsOf(place)) {
    const [value] = valuesOf(document, field);
    if (value === undefined) continue;
    if (seen.has(value)) repeated += 1;
    seen.add(value);
  }
  return repeated;
}

/** Documents that were removed do not count. */
export async function isFilled(database: mongo.Db, resource: string): Promise<boolean> {
  return (await database.collection(resource).findOne({ _del: { $exists: false } })) !== null;
}

async function* documentsOf({ model }: Place): AsyncGenerator<unknown> {
  const rows = model.find({ _del: { $exists: false } }).lean<Row>();
  for await (const row of rows.cursor()) if (isLive(row)) yield JSON.parse(textOf(row));
}

interface Change {
  readonly path: string;
  readonly was: Form;
  readonly now: Form;
}

function isMisfit(document: unknown, { path, was, now }: Change): boolean {
  const names = fieldNames(path);
  const { type, array } = now;
  if (type === 'object') return elementsAt(document, names).some((each) => !isObject(each));
  const isOther = (value: unknown): boolean => comparable(value, type) === undefined;
  if (array) {
    const held = valueAt(document, names);
    return (held !== undefined && !Array.isArray(held)) || elementsAt(document, names).some(isOther);
  }
  if (was.type !== 'object' && isScalar(was)) {
    // What did not count as a value before need not count as one now.
    const had = valuesOf(document, { path, type: was.type, array: false });
    return had.length > 0 && valuesOf(document, { path, type, array }).length === 0;
  }
  const held = valueAt(document, names);
  const isInList = names.some((_, depth) => depth > 0 && Array.isArray(valueAt(document, names.slice(0, depth))));
  return isInList || (held !== undefined && isOther(held));
}

/** What lies at a path through objects alone; `undefined` for null, too. */
function valueAt(document: unknown, names: readonly string[]): unknown {
  let value = document;
  for (const name of names) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value ?? undefined;
}

/** What lies at a path through objects and lists of them, without nulls. */
function elementsAt(document: unknown, names: readonly string[]): readonly unknown[] {
  let elements: readonly unknown[] = [document];
  for (const name of names) {
    elements = elements.flatMap((element) => {
      const value = valueAt(element, [name]);
      return value === undefined ? [] : value;
    });
  }
  return elements.filter((element) => element !== null && element !== undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKnownApi(value: unknown): value is KnownApi {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    typeof value.title === 'string' &&
    'resources' in value &&
    Array.isArray(value.resources)
  );
}
