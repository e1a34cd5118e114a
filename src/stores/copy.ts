/**
 * Moves all data from one store to another, of whatever kind. Documents arrive as they are: their keys, revisions, links
 * and texts.
 *
 * A copy may die anywhere, and goes on where it was: it notes in the target how far it has come, and a page that is
 * written twice is the same page. It trusts nothing of that in the end: both sides are read and compared, and what is
 * different, because the source was written meanwhile, is copied again.
 */
import { createHash } from 'node:crypto';
import type { Resource } from '../model/types.ts';
import { type Collection, type ControlFacts, type Store, type StoredDocument, StoreError } from './contract.ts';
import { type CopyNote, copyNote, isCopyNote } from './copy-note.ts';
import { estimatedCount } from './estimated-count.ts';
import { pages } from './pages.ts';

export interface Copying {
  readonly from: Store;
  readonly to: Store;
  readonly resources: readonly Resource[];
  /** Told now and then. */
  readonly progress?: (progress: CopyProgress) => void;
}

export interface CopyProgress {
  readonly doing: 'copying' | 'comparing';
  readonly resource: string;
  readonly done: number;
  readonly total: number;
}

/** What a side holds of a resource. */
export interface Contents {
  readonly count: number;
  /** The same for the same documents, in whatever order they are read. */
  readonly checksum: string;
}

export interface CopiedResource {
  readonly resource: string;
  readonly from: Contents;
  readonly to: Contents;
}

/** Both sides hold the same. */
export function isSame({ from, to }: CopiedResource): boolean {
  return from.count === to.count && from.checksum === to.checksum;
}

/**
 * Copies everything, and tells what both sides hold then; where that is not the same, the source is being written all the
 * time. Throws `StoreError` as the stores do.
 */
export async function copyAll(copying: Copying): Promise<readonly CopiedResource[]> {
  const { to, resources } = copying;
  const notes = await Notes.open(controlOf(to), copying.from.secret);
  for (const resource of resources) await copyNew(copying, resource, notes);
  const copied: CopiedResource[] = [];
  for (const resource of resources) copied.push(await settled(copying, resource));
  if (copied.every(isSame)) await notes.complete();
  return copied;
}

/** Copies what lies behind the place that an earlier run has reached. */
async function copyNew({ from, to, progress }: Copying, resource: Resource, notes: Notes): Promise<void> {
  const { name } = resource;
  const [source, target] = [from.collection(name), to.collection(name)];
  const reached = notes.reached(name);
  if (reached === true) return;
  const total = await estimatedCount(source);
  let done = reached === undefined ? 0 : await estimatedCount(target);
  // What was given out there is not given out here.
  const lastId = await source.lastId();
  for await (const page of pages(source, reached)) {
    await target.restore(page, lastId);
    const last = page.at(-1);
    if (last !== undefined) await notes.write(name, last.key);
    done += page.length;
    progress?.({ doing: 'copying', resource: name, done, total: Math.max(total, done) });
  }
  await target.restore([], lastId);
  await notes.write(name, true);
}

/** Compares, and copies again what is different, until nothing is, or nothing helps. */
async function settled(copying: Copying, { name }: Resource): Promise<CopiedResource> {
  const [source, target] = [copying.from.collection(name), copying.to.collection(name)];
  for (let attempt = 1; ; attempt++) {
    const total = await estimatedCount(source);
    let done = 0;
    const contentsOf = (collection: Collection): Promise<Contents> =>
      contents(collection, (count) => {
        done += count;
        copying.progress?.({ doing: 'comparing', resource: name, done: Math.floor(done / 2), total });
      });
    const copied = { resource: name, from: await contentsOf(source), to: await contentsOf(target) };
    if (isSame(copied) || attempt === mostAttempts) return copied;
    for await (const page of pages(target, undefined)) {
      for (const document of page) {
        const wanted = await source.get(document.key);
        // `restore` leaves what is as new as the source's.
        const stays = wanted !== undefined && wanted.revision > document.revision;
        if (stays || (wanted !== undefined && hashOf(wanted) === hashOf(document))) continue;
        await target.remove(document.key, { kind: 'none' });
      }
    }
    for await (const page of pages(source, undefined)) await target.restore(page, await source.lastId());
  }
}

const mostAttempts = 3;

async function contents(collection: Collection, progress: (read: number) => void): Promise<Contents> {
  let count = 0;
  let sum = 0n;
  for await (const page of pages(collection, undefined)) {
    for (const document of page) sum += hashOf(document);
    count += page.length;
    progress(page.length);
  }
  return { count, checksum: (sum % 2n ** 128n).toString(16).padStart(32, '0') };
}

/** A sum of them does not depend on their order, which is for each store to choose where an id is none of its type. */
function hashOf({ key, revision, text, links }: StoredDocument): bigint {
  const sorted = Object.entries(links).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const digest = createHash('sha256')
    .update(JSON.stringify([key, revision, text, sorted]))
    .digest('hex');
  return BigInt(`0x${digest.slice(0, 32)}`);
}

function controlOf({ control, description }: Store): ControlFacts {
  if (control !== undefined) return control;
  throw new TypeError(`${description} keeps nothing.`);
}

/** How far the copy has come, as the target remembers it. */
class Notes {
  readonly #control: ControlFacts;
  readonly #source: string;
  readonly #resources: Map<string, string | true>;
  #version: number;

  private constructor(control: ControlFacts, source: string, version: number, resources: CopyNote['resources']) {
    this.#control = control;
    this.#source = source;
    this.#version = version;
    this.#resources = new Map(resources.map(({ resource, key }) => [resource, key]));
  }

  static async open(control: ControlFacts, secret: string): Promise<Notes> {
    const found = await control.readControl(copyNote);
    const source = sourceOf(secret);
    const known = isCopyNote(found?.value) && !found.value.isComplete && found.value.source === source;
    const notes = new Notes(control, source, found?.version ?? 0, known ? found.value.resources : []);
    await notes.#write(false);
    return notes;
  }

  /** The last key that was copied; `true`: all were; `undefined`: none was. */
  reached(resource: string): string | true | undefined {
    return this.#resources.get(resource);
  }

  async write(resource: string, reached: string | true): Promise<void> {
    this.#resources.set(resource, reached);
    await this.#write(false);
  }

  complete(): Promise<void> {
    this.#resources.clear();
    return this.#write(true);
  }

  async #write(isComplete: boolean): Promise<void> {
    const resources = [...this.#resources].map(([resource, key]) => ({ resource, key }));
    const note: CopyNote = { isComplete, source: this.#source, resources };
    if (!(await this.#control.writeControl(copyNote, this.#version, note))) {
      throw new StoreError('locked', 'Another process copies into this store.');
    }
    this.#version += 1;
  }
}

/** By which a source is known again, and which tells nobody its secret. */
export function sourceOf(secret: string): string {
  return createHash('sha256').update(`copy ${secret}`).digest('hex').slice(0, 32);
}
