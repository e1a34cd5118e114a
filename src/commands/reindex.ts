import { printable } from '../printable.ts';
import type { IndexHealth } from '../stores/changes.ts';
import { estimatedCount } from '../stores/estimated-count.ts';
import { eachOf } from '../stores/search/each-of.ts';
import { columns, counted } from './columns.ts';
import { readGoodDescription } from './description.ts';
import { type Indexed, type Keeper, resourcesNamed, withKeeper } from './index-keeper.ts';
import type { IndexShape } from './index-shape.ts';
import { jsonLine } from './json-line.ts';
import { type ServedData, servedAddress } from './served-data.ts';
import { nameOf } from './store-address.ts';
import { createProgress, type Terminal } from './terminal.ts';

export interface ReindexOptions extends ServedData, IndexShape {
  readonly search: string;
  readonly root?: string;
  readonly json: boolean;
}

/**
 * `cartouche reindex`: builds indexes anew from the data, all or those of some resources, and lets searches read each of
 * them once it has everything. Whoever serves them serves on.
 *
 * Resolves the exit code: 1 where an index refuses documents. Throws `CommandFailure` where it cannot be done.
 */
export async function reindex(
  typed: string,
  names: readonly string[],
  options: ReindexOptions,
  terminal: Terminal,
): Promise<0 | 1> {
  const { model } = await readGoodDescription({ typed, root: options.root }, terminal);
  const indexed = {
    address: servedAddress(typed, options),
    schema: model,
    server: options.search,
    shape: options,
    begins: true,
  };
  return buildAnew(indexed, resourcesNamed(model, names), options, terminal);
}

interface Built {
  readonly resource: string;
  readonly documents: number;
  readonly refused: IndexHealth['refused'];
}

/** Builds the indexes of these resources, and tells what came of it. The exit code. */
export async function buildAnew(
  indexed: Indexed,
  names: readonly string[],
  { json }: { readonly json: boolean },
  terminal: Terminal,
): Promise<0 | 1> {
  const progress = createProgress(terminal);
  const built = await withKeeper(indexed, async (keeper) => {
    const results = new Map<string, Built>();
    await eachOf(names, mostAtOnce, async (resource) => {
      results.set(
        resource,
        await build(keeper, resource, (sent) => progress.show(`${resource}: ${counted(sent, 'document')} sent`)),
      );
    });
    return names.flatMap((name) => results.get(name) ?? []);
  }).finally(progress.end);
  const refused = built.flatMap((each) => each.refused);
  const documents = built.reduce((sum, each) => sum + each.documents, 0);
  if (json) {
    for (const each of built) terminal.print(jsonLine('indexed', each));
    terminal.print(jsonLine('complete', { resources: built.length, documents, refused: refused.length }));
  } else {
    const rows = built
      .filter((each) => each.documents > 0)
      .map((each) => [each.resource, counted(each.documents, 'document')]);
    const done = `Built ${counted(built.length, 'index', 'indexes')} of ${await nameOf(indexed.address)} anew.`;
    terminal.print([done, ...(rows.length > 0 ? [''] : []), ...columns(rows).map((line) => `  ${line}`)].join('\n'));
    for (const line of refusals(refused)) terminal.complain(line);
  }
  return refused.length === 0 ? 0 : 1;
}

/** As many as wait for the same moments. */
const mostAtOnce = 4;

async function build({ searched, data }: Keeper, resource: string, progress: (sent: number) => void): Promise<Built> {
  await searched.rebuildIndex(resource, progress);
  await searched.catchUp(resource);
  const { refused } = await searched.changes.count(resource);
  return { resource, documents: await estimatedCount(data.collection(resource)), refused };
}

/** What an index does not take, for people. */
export function refusals(refused: IndexHealth['refused']): readonly string[] {
  if (refused.length === 0) return [];
  const shown = refused.slice(0, 10);
  const more = refused.length - shown.length;
  return [
    `The index refuses ${counted(refused.length, 'document')}; no search finds them until they are changed:`,
    ...shown.map(({ resource, key, reason }) => `  ${printable(`${resource} ${key}: ${reason}`)}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}
