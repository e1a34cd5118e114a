import { existsSync, realpathSync } from 'node:fs';
import type { Resource } from '../model/types.ts';
import type { StoreContents, StoreSchema } from '../stores/contract.ts';
import { type CopiedResource, copyAll, isSame, sourceOf } from '../stores/copy.ts';
import { isCopyNote } from '../stores/copy-note.ts';
import { columns, counted } from './columns.ts';
import { readGoodDescription } from './description.ts';
import { CommandFailure } from './failure.ts';
import type { IndexShape } from './index-shape.ts';
import { jsonLine } from './json-line.ts';
import { buildAnew } from './reindex.ts';
import { contentsOf, nameOf, openStore, parseStoreAddress, type StoreAddress, storeHints } from './store-address.ts';
import { explained } from './store-failure.ts';
import { createProgress, type Terminal } from './terminal.ts';

export interface CopyOptions extends IndexShape {
  readonly from: string;
  readonly to: string;
  /** An Elasticsearch server, for an index of the target. */
  readonly search?: string;
  readonly root?: string;
  readonly json: boolean;
}

/** A side of a copy, before it is opened. */
interface Side {
  readonly address: StoreAddress;
  readonly name: string;
  readonly contents: StoreContents | undefined;
}

/**
 * `cartouche copy`: moves all data from one store to another. Where it was stopped, the next run goes on. `typed`: a
 * description, for a source that does not remember its own.
 *
 * Resolves the exit code: 1 where both sides are not the same in the end. Throws `CommandFailure` where it cannot be done.
 */
export async function copy(typed: string | undefined, options: CopyOptions, terminal: Terminal): Promise<0 | 1> {
  const given =
    typed === undefined ? undefined : (await readGoodDescription({ typed, root: options.root }, terminal)).model;
  const [from, to] = [await sideOf(options.from), await sideOf(options.to)];
  const schemas = schemasOf(from, to, given);
  const progress = createProgress(terminal);
  const copied = await withStores(from, to, schemas, (source, target, resources) =>
    copyAll({
      from: source,
      to: target,
      resources,
      progress: ({ doing, resource, done, total }) =>
        progress.show(`${resource}: ${doing}, ${done.toLocaleString('en-US')} of ${counted(total, 'document')}`),
    }),
  ).finally(progress.end);
  const isWhole = copied.every(isSame);
  report(copied, { from: from.name, to: to.name, isWhole }, options, terminal);
  if (!isWhole || options.search === undefined) return isWhole ? 0 : 1;
  const indexed = {
    address: to.address,
    schema: schemas.target,
    server: options.search,
    shape: options,
    begins: true,
  };
  const names = schemas.target.resources.map(({ name }) => name);
  return buildAnew(indexed, names, options, terminal);
}

async function sideOf(text: string): Promise<Side> {
  const address = parseStoreAddress(text);
  const name = await nameOf(address);
  return { address, name, contents: await explained(name, storeHints, () => contentsOf(address)) };
}

interface Schemas {
  readonly source: StoreSchema;
  readonly target: StoreSchema;
}

/**
 * All that the source has, whether it is described now or was once. For the target, the description that was given is the
 * better one; the source is read by its own, so that nothing is changed in it.
 */
function schemasOf(from: Side, to: Side, given: (StoreSchema & { readonly title?: string }) | undefined): Schemas {
  if (from.contents === undefined) throw new CommandFailure(`${from.name} does not exist.`);
  if (isUnfinished(from.contents)) {
    throw new CommandFailure(`${from.name} is itself a copy that has not ended.`, {
      hint: 'run that copy again first',
    });
  }
  if (isSamePlace(from.address, to.address)) throw new CommandFailure(`${from.name} would be copied to itself.`);
  const remembered = from.contents.schema;
  if (remembered === undefined && given === undefined) {
    throw new CommandFailure(`${from.name} does not remember what it was served by.`, {
      hint: 'name the description behind the stores, or serve it once with this version',
    });
  }
  const title = given?.title ?? remembered?.title;
  const [known, described] = [remembered?.resources ?? [], given?.resources ?? []];
  return {
    source: { resources: merged(known, described) },
    target: { ...(title !== undefined && { title }), resources: merged(described, known) },
  };
}

function isUnfinished(contents: StoreContents | undefined): boolean {
  return isCopyNote(contents?.copy) && !contents.copy.isComplete;
}

function isSamePlace(one: StoreAddress, other: StoreAddress): boolean {
  if (one.kind === 'mongodb' || other.kind === 'mongodb') return JSON.stringify(one) === JSON.stringify(other);
  if (!existsSync(one.file) || !existsSync(other.file)) return false;
  return realpathSync(one.file) === realpathSync(other.file);
}

function merged(first: readonly Resource[], others: readonly Resource[]): readonly Resource[] {
  const names = new Set(first.map(({ name }) => name));
  return [...first, ...others.filter(({ name }) => !names.has(name))];
}

async function withStores(
  from: Side,
  to: Side,
  schemas: Schemas,
  work: (...given: Parameters<Work>) => ReturnType<Work>,
): Promise<readonly CopiedResource[]> {
  const source = await explained(from.name, storeHints, () =>
    openStore(from.address, schemas.source, { readOnly: true, tracked: false }),
  );
  try {
    assertTakes(to, source.secret, from.name);
    const target = await explained(to.name, storeHints, () =>
      openStore(to.address, schemas.target, { readOnly: false, tracked: false }),
    );
    try {
      if (target.secret === source.secret) throw new CommandFailure(`${from.name} would be copied to itself.`);
      return await explained(`${from.name} to ${to.name}`, copyHints, () =>
        work(source, target, schemas.target.resources),
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

type Work = (
  source: Parameters<typeof copyAll>[0]['from'],
  target: Parameters<typeof copyAll>[0]['to'],
  resources: readonly Resource[],
) => Promise<readonly CopiedResource[]>;

const copyHints = {
  ...storeHints,
  conflict: 'the description says that it is unique; correct the documents first, or copy without the description',
  locked: 'let the other one end first',
};

/** Nothing is copied over what is there, unless an earlier run has brought it there. */
function assertTakes({ contents, name }: Side, secret: string, from: string): void {
  if (contents === undefined || contents.isEmpty) return;
  const { copy: note } = contents;
  const isCopied = isCopyNote(note);
  if (isCopied && !note.isComplete && note.source === sourceOf(secret)) return;
  if (isCopied && note.isComplete && note.source === sourceOf(secret)) {
    throw new CommandFailure(`${name} holds a complete copy of ${from} already.`, {
      hint: 'to copy it again, copy to an empty store',
    });
  }
  throw new CommandFailure(
    isCopied && !note.isComplete
      ? `${name} holds a part of another store, of which the copy has not ended.`
      : `${name} holds documents already.`,
    { hint: 'copy to an empty store' },
  );
}

function report(
  copied: readonly CopiedResource[],
  { from, to, isWhole }: { readonly from: string; readonly to: string; readonly isWhole: boolean },
  { json }: CopyOptions,
  terminal: Terminal,
): void {
  const documents = copied.reduce((sum, { to: { count } }) => sum + count, 0);
  if (json) {
    for (const each of copied) terminal.print(jsonLine('copied', { ...each, same: isSame(each) }));
    terminal.print(jsonLine(isWhole ? 'complete' : 'incomplete', { from, to, documents }));
    return;
  }
  const filled = copied.filter((each) => each.from.count > 0 || !isSame(each));
  const rows = filled.map((each) => [
    each.resource,
    each.to.count.toLocaleString('en-US'),
    isSame(each)
      ? `checksum ${each.to.checksum.slice(0, 12)} on both sides`
      : `differs: ${each.from.count.toLocaleString('en-US')} documents, checksum ${each.from.checksum.slice(0, 12)} in the source; ${each.to.checksum.slice(0, 12)} here`,
  ]);
  const said = `${counted(documents, 'document')} from ${from} to ${to}`;
  terminal.print([isWhole ? `Copied ${said}.` : `Copied ${said}, and not all of it.`, ...table(rows)].join('\n'));
  if (!isWhole) {
    terminal.complain('The source was written all the time. Stop what writes it, and run the same command again.');
  }
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', ...columns(rows).map((line) => `  ${line}`)];
}
