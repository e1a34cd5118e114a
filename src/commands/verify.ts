import { printable } from '../printable.ts';
import type { IndexHealth } from '../stores/changes.ts';
import { estimatedCount } from '../stores/estimated-count.ts';
import type { SearchedStore } from '../stores/search/store.ts';
import type { Difference } from '../stores/search/verify.ts';
import { columns, counted } from './columns.ts';
import { readGoodDescription } from './description.ts';
import { type Keeper, resourcesNamed, withKeeper } from './index-keeper.ts';
import type { IndexShape } from './index-shape.ts';
import { jsonLine } from './json-line.ts';
import { refusals } from './reindex.ts';
import { type ServedData, servedAddress } from './served-data.ts';
import { createProgress, type Terminal } from './terminal.ts';

export interface VerifyOptions extends ServedData, IndexShape {
  readonly search: string;
  /** Mends what is different. */
  readonly repair: boolean;
  readonly root?: string;
  readonly json: boolean;
}

interface Comparison {
  /** There is an index for this description. */
  readonly isBuilt: boolean;
  readonly differences: readonly Difference[];
}

/** What there is to say of one index. */
interface Verified {
  readonly resource: string;
  readonly documents: number;
  /** Written, and on their way to the index. */
  readonly pending: number;
  readonly refused: IndexHealth['refused'];
  readonly found: Comparison;
  /** What is left of it after a repair. */
  readonly left: Comparison;
  /** How it was mended: in its place, or in a new index. */
  readonly mended?: 'in place' | 'anew';
}

/**
 * `cartouche verify`: compares the data with its indexes, document by document, and mends the indexes if asked to.
 *
 * Resolves the exit code: 1 where something is different in the end. Throws `CommandFailure` where it cannot be done.
 */
export async function verify(
  typed: string,
  names: readonly string[],
  options: VerifyOptions,
  terminal: Terminal,
): Promise<0 | 1> {
  const { model } = await readGoodDescription({ typed, root: options.root }, terminal);
  const address = servedAddress(typed, options);
  const progress = createProgress(terminal);
  const found = await withKeeper(
    { address, schema: model, server: options.search, shape: options, begins: options.repair },
    async (keeper) => {
      const results: Verified[] = [];
      for (const resource of resourcesNamed(model, names)) {
        const showing = (doing: string) => (count: number) =>
          progress.show(`${resource}: ${counted(count, 'document')} ${doing}`);
        results.push(await verifyOne(keeper, resource, options.repair, showing));
      }
      return results;
    },
  ).finally(progress.end);
  report(found, options, terminal);
  return found.every(isRight) ? 0 : 1;
}

type Showing = (doing: string) => (count: number) => void;

async function verifyOne(
  { searched, data }: Keeper,
  resource: string,
  repair: boolean,
  showing: Showing,
): Promise<Verified> {
  const found = await compare(searched, resource, showing);
  const mended = repair ? await mend(searched, resource, found, showing) : undefined;
  const left = mended === undefined ? found : await compare(searched, resource, showing);
  const { pending, refused } = await searched.changes.count(resource);
  const documents = await estimatedCount(data.collection(resource));
  return { resource, documents, pending, refused, found, left, ...(mended && { mended }) };
}

async function compare(searched: SearchedStore, resource: string, showing: Showing): Promise<Comparison> {
  if (!(await searched.isBuilt(resource))) return { isBuilt: false, differences: [] };
  const differences = await searched.verifyIndex(resource, showing('compared'));
  // Nothing is wrong with the index there.
  const refused = new Set((await searched.changes.count(resource)).refused.map(({ key }) => key));
  return { isBuilt: true, differences: differences.filter(({ key }) => !refused.has(key)) };
}

async function mend(
  searched: SearchedStore,
  resource: string,
  { isBuilt, differences }: Comparison,
  showing: Showing,
): Promise<Verified['mended']> {
  if (isBuilt && differences.length === 0) return undefined;
  if (isBuilt) {
    await searched.repairIndex(resource, differences);
    await searched.catchUp(resource);
    if ((await compare(searched, resource, showing)).differences.length === 0) return 'in place';
  }
  // An index takes nothing that is older than what it has, or once had, as after a restored backup: only a new one does.
  await searched.rebuildIndex(resource, showing('sent'));
  await searched.catchUp(resource);
  return 'anew';
}

function isRight({ left, refused }: Verified): boolean {
  return left.isBuilt && left.differences.length === 0 && refused.length === 0;
}

function report(found: readonly Verified[], { json }: VerifyOptions, terminal: Terminal): void {
  const wrong = found.filter((each) => !isRight(each)).length;
  const documents = found.reduce((sum, each) => sum + each.documents, 0);
  if (json) {
    for (const each of found) {
      const { resource, documents: stored, pending, refused, found: before, left, mended } = each;
      const facts = { resource, documents: stored, isBuilt: left.isBuilt, pending, refused, mended };
      const differences = (mended === undefined ? left : before).differences;
      const listed = {
        differences: differences.slice(0, mostListed),
        omitted: Math.max(differences.length - mostListed, 0),
      };
      terminal.print(jsonLine('verified', { ...facts, inStep: isRight(each), ...listed }));
    }
    terminal.print(jsonLine('complete', { resources: found.length, documents, inStep: wrong === 0 }));
    return;
  }
  const rows = found
    .filter((each) => each.documents > 0 || !isRight(each) || each.mended !== undefined)
    .map((each) => [each.resource, counted(each.documents, 'document'), findings(each)]);
  terminal.print(
    [
      wrong === 0
        ? 'All indexes are in step with the data.'
        : `${counted(wrong, 'index is', 'indexes are')} not in step.`,
      ...(rows.length > 0 ? [''] : []),
      ...columns(rows).map((line) => `  ${line}`),
    ].join('\n'),
  );
  for (const each of found) for (const line of details(each)) terminal.complain(line);
  for (const line of refusals(found.flatMap(({ refused }) => refused))) terminal.complain(line);
  if (found.some(({ left }) => !left.isBuilt || left.differences.length > 0)) {
    terminal.complain('To mend them, run the same command with --repair, or cartouche reindex.');
  }
}

const mostListed = 1000;

function findings({ found, left, mended, pending, refused }: Verified): string {
  const waiting = pending > 0 ? `, ${pending.toLocaleString('en-US')} on their way` : '';
  const refusing = refused.length > 0 ? `, ${refused.length} refused` : '';
  const { differences } = mended === undefined ? left : found;
  if (!found.isBuilt) return mended === undefined ? 'no index of this description' : 'had no index; it was built';
  if (differences.length === 0) return `in step${waiting}${refusing}`;
  const count = (which: (difference: Difference) => boolean, words: string): readonly string[] => {
    const { length } = differences.filter(which);
    return length === 0 ? [] : [`${length.toLocaleString('en-US')} ${words}`];
  };
  const kinds = [
    ...count(({ indexed }) => indexed === undefined, 'not found'),
    ...count(({ stored }) => stored === undefined, 'found and not stored'),
    ...count((each) => each.indexed !== undefined && each.stored !== undefined, 'of another revision'),
  ].join(', ');
  const how = mended === 'anew' ? '; the index was built anew' : mended === 'in place' ? '; mended' : '';
  return `${kinds}${how}${waiting}${refusing}`;
}

function details({ resource, left }: Verified): readonly string[] {
  const shown = left.differences.slice(0, 5).map(({ key, stored, indexed }) => {
    const sides = `${stored ?? 'not'} stored, ${indexed ?? 'not'} indexed`;
    return `  ${printable(`${resource} ${key}`)}: ${sides}`;
  });
  const more = left.differences.length - shown.length;
  return more > 0 ? [...shown, `  … and ${more.toLocaleString('en-US')} more of ${printable(resource)}`] : shown;
}
