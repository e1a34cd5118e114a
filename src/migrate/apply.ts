/**
 * Applies a plan to a store, whichever it is. A document is changed by compare and set, so that whoever writes meanwhile
 * loses nothing; what fits already is left alone, so that a migration that was stopped is run again from its beginning.
 */
import type { Resource } from '../model/types.ts';
import type { Scalar } from '../query/types.ts';
import { valuesOf } from '../query/values.ts';
import { type Collection, type Store, type StoredDocument, StoreError, type StoreSchema } from '../stores/contract.ts';
import { pages } from '../stores/pages.ts';
import { migrateDocument } from './document.ts';
import type { Fit } from './fit.ts';
import { isNothing, type MigrationPlan, type ResourceMigration } from './migration.ts';
import { readNote, writeNote } from './note.ts';

export interface Migrating {
  /** Opened for the old description; to apply, for the resources of the new one, too, and with schema changes accepted. */
  readonly store: Store;
  readonly plan: MigrationPlan;
  readonly target: StoreSchema;
  readonly fit: Fit;
  /** Told now and then: documents done of a resource. */
  readonly progress?: (resource: string, done: number) => void;
}

export interface Applying extends Migrating {
  /** Keeps all documents as they are, and resolves where; `undefined`: nowhere. Called once, before anything is changed. */
  readonly backup: () => Promise<string | undefined>;
  /** Leave documents that cannot be made to fit as they are, instead of changing nothing at all. */
  readonly leaveMisfits: boolean;
}

/** What becomes of the documents of a resource. */
export interface MigratedResource {
  readonly from: string;
  readonly to: string;
  readonly documents: number;
  /** How many are changed. */
  readonly changed: number;
  /** How many do not fit the new description, and cannot be made to. */
  readonly misfits: number;
  /** The first of them. */
  readonly listed: readonly Misfit[];
}

export interface Misfit {
  readonly key: string;
  readonly problems: readonly string[];
}

export interface Migrated {
  /** `refused`: documents do not fit, and nothing was changed. */
  readonly state: 'refused' | 'complete';
  readonly resources: readonly MigratedResource[];
  readonly backup?: string;
}

/** Reads everything, and tells what would become of it. Changes nothing. */
export async function assessMigration(migrating: Migrating): Promise<readonly MigratedResource[]> {
  const assessed: MigratedResource[] = [];
  for (const resource of migrating.plan.resources) assessed.push(await assess(resource, resource.from, migrating));
  return assessed;
}

/**
 * Keeps a backup, changes the documents, hands the new description to the store, and judges all documents by it.
 *
 * Throws `StoreError`: `schema` where the plan has questions or obstacles, or another migration of this store has not
 * ended; `locked` where another process migrates; and as the store does.
 */
export async function applyMigration(applying: Applying): Promise<Migrated> {
  const { store, plan, target, leaveMisfits } = applying;
  assertDecided(plan);
  const { version, note } = await readNote(store.control);
  const isPending = note !== undefined && !note.isComplete;
  if (isPending && JSON.stringify(note.plan) !== JSON.stringify(plan)) {
    throw new StoreError(
      'schema',
      'Another migration of this data has begun, and not ended. Run that one again first.',
    );
  }
  const assessed = await assessMigration(applying);
  if (!leaveMisfits && assessed.some(({ misfits }) => misfits > 0)) return { state: 'refused', resources: assessed };
  // What a stopped run has kept is older, and so the better one.
  const backup = isPending ? note.backup : assessed.some(isTouched) ? await applying.backup() : undefined;
  const kept = { plan, ...(backup !== undefined && { backup }) };
  if (!(await writeNote(store.control, version, { ...kept, isComplete: false }))) {
    throw new StoreError('locked', 'Another process migrates this data.');
  }
  const changed = new Map<string, number>();
  for (const resource of plan.resources) changed.set(resource.to, await changeAll(resource, applying));
  for (const resource of plan.resources) if (resource.from !== resource.to) await moveAll(resource, store);
  await store.adopt(target);
  await writeNote(store.control, version + 1, { ...kept, isComplete: true });
  const resources: MigratedResource[] = [];
  for (const resource of plan.resources) {
    const nothing = { renames: [], drops: [], adds: [], converts: [], inside: [] };
    const judged = await assess({ ...resource, changes: nothing }, resource.to, applying);
    resources.push({ ...judged, changed: changed.get(resource.to) ?? 0 });
  }
  return { state: 'complete', resources, ...(backup !== undefined && { backup }) };
}

/** Some of its documents become others, or lie elsewhere. */
function isTouched({ from, to, documents, changed }: MigratedResource): boolean {
  return changed > 0 || (from !== to && documents > 0);
}

/** Throws `StoreError` `schema` where somebody has to decide first. */
function assertDecided({ questions, obstacles }: MigrationPlan): void {
  const [first] = obstacles;
  if (first !== undefined) throw new StoreError('schema', `It cannot be migrated: ${first}.`);
  const [question] = questions;
  if (question === undefined) return;
  throw new StoreError('schema', `"${question.from}" may have become "${question.to}", which is not decided.`);
}

async function assess(resource: ResourceMigration, stored: string, migrating: Migrating): Promise<MigratedResource> {
  const { store, progress } = migrating;
  const isTaken = uniqueness(migrating.target.resources.find(({ name }) => name === resource.to));
  let [documents, changed, misfits] = [0, 0, 0];
  const listed: Misfit[] = [];
  for await (const page of pages(store.collection(stored), undefined)) {
    for (const document of page) {
      const { text, problems, value } = migrated(document, resource, migrating.fit);
      const all = [...problems, ...isTaken(value, document.key)];
      if (all.length > 0) {
        misfits += 1;
        if (listed.length < mostListed) listed.push({ key: document.key, problems: all });
      } else if (text !== undefined) changed += 1;
    }
    documents += page.length;
    progress?.(resource.to, documents);
  }
  return { from: resource.from, to: resource.to, documents, changed, misfits, listed };
}

const mostListed = 20;

interface Changed {
  /** Absent: it stays as it is. */
  readonly text?: string;
  readonly value: unknown;
  readonly problems: readonly string[];
}

function migrated({ text }: StoredDocument, resource: ResourceMigration, fit: Fit): Changed {
  const old: unknown = JSON.parse(text);
  const { value, problems } = migrateDocument(old, resource.changes);
  const all = problems.length > 0 ? problems : fit(resource, old, value);
  if (all.length > 0) return { value, problems: all };
  // What is not changed is not written anew: its text may hold more digits than a number has here.
  const isSame = JSON.stringify(value) === JSON.stringify(old);
  return isSame ? { value, problems: [] } : { value, problems: [], text: JSON.stringify(value) };
}

/** Values that must be unique, and are those of another document. */
function uniqueness(resource: Resource | undefined): (document: unknown, key: string) => readonly string[] {
  const fields = (resource?.fields ?? []).filter(
    ({ unique, array, path }) => unique && !array && path !== resource?.id.property,
  );
  const seen = new Map<string, Map<Scalar, string>>(fields.map(({ path }) => [path, new Map()]));
  return (document, key) =>
    fields.flatMap((field) => {
      const [value] = valuesOf(document, field);
      if (value === undefined) return [];
      const other = seen.get(field.path)?.get(value);
      if (other !== undefined) return [`"${field.path}" must be unique, and is that of ${JSON.stringify(other)}`];
      seen.get(field.path)?.set(value, key);
      return [];
    });
}

/** As often as writers of the old description leave something behind; they have to be stopped in the end. */
async function changeAll(resource: ResourceMigration, migrating: Migrating): Promise<number> {
  if (isNothing(resource.changes)) return 0;
  const collection = migrating.store.collection(resource.from);
  let changed = 0;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const now = await changeOnce(collection, resource, migrating);
    changed += now;
    if (now === 0) break;
  }
  return changed;
}

const mostPasses = 3;

async function changeOnce(
  collection: Collection,
  resource: ResourceMigration,
  { fit, progress }: Migrating,
): Promise<number> {
  let [changed, done] = [0, 0];
  for await (const page of pages(collection, undefined)) {
    // Together, so that they share one commit.
    const writes = page
      .filter((document) => migrated(document, resource, fit).text !== undefined)
      .map(({ key }) => {
        let isChanged = false;
        const change = (current: StoredDocument): string | undefined => {
          const { text } = migrated(current, resource, fit);
          isChanged = text !== undefined;
          return text;
        };
        return collection.update(key, { kind: 'none' }, change).then(() => isChanged);
      });
    changed += (await Promise.all(writes)).filter(Boolean).length;
    done += page.length;
    progress?.(resource.to, done);
  }
  return changed;
}

/** First there, then no longer here: a document is never nowhere. What was written in between is moved again. */
async function moveAll({ from, to }: ResourceMigration, store: Store): Promise<void> {
  const [source, target] = [store.collection(from), store.collection(to)];
  const lastId = await source.lastId();
  for (;;) {
    let moved = 0;
    for await (const page of pages(source, undefined)) {
      await target.restore(page, lastId);
      const removals = page.map(({ key, revision }) => removeUnchanged(source, key, revision));
      moved += (await Promise.all(removals)).length;
    }
    if (moved === 0) break;
  }
  await target.restore([], lastId);
}

async function removeUnchanged(source: Collection, key: string, revision: number): Promise<void> {
  try {
    await source.remove(key, { kind: 'revision', revisions: [revision] });
  } catch (error) {
    // Somebody has written it since, and the next round takes it along.
    if (!(error instanceof StoreError) || error.kind !== 'precondition') throw error;
  }
}
