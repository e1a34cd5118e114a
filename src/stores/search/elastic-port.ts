import type { Resource } from '../../model/types.ts';
import type { IndexableState } from '../changes.ts';
import { StoreError } from '../contract.ts';
import { entryOf } from './entry.ts';
import type { IndexPort, Outcome } from './index-port.ts';
import { keyword } from './indexable.ts';
import { listOf, member, namesOf, numberOf, textOf } from './json.ts';
import { type IndexLayout, indexDefinition } from './mapping.ts';
import { documentName, type IndexNames, indexNames, writeAlias } from './names.ts';
import { SearchServerError, type Send } from './transport.ts';

export interface ElasticPortOptions {
  readonly send: Send;
  /** Of all its indexes. */
  readonly prefix: string;
  readonly resource: Resource;
  readonly layout: IndexLayout;
  /** For a bulk, in milliseconds. */
  readonly timeout: number;
}

/** The indexes of one resource in Elasticsearch 8 and 9, or OpenSearch. */
export function createElasticPort(options: ElasticPortOptions): IndexPort {
  const { send, prefix, resource } = options;
  const names = indexNames(prefix, resource);
  return {
    send: sender(options),
    create: (index, name) => {
      if (name !== resource.name) throw new StoreError('unknown-resource', `"${name}" has another index.`);
      return create(options, index);
    },
    serve: (_, from, to) => serve(send, names, from, to),
    refresh: (index) => refresh(send, index),
    indexes: async () =>
      namesOf(await send({ method: 'GET', path: `/${path(names.pattern)}/_alias` }))
        .filter(names.isIndex)
        .toSorted(),
    drop: (index) => tolerate(send({ method: 'DELETE', path: `/${path(index)}` }), ['index_not_found_exception']),
    versions: (index, after, limit) => versions(send, index, after, limit),
  };
}

/** The index that searches of a resource read. `undefined`: none yet. */
export async function servedIndex(send: Send, { read }: IndexNames): Promise<string | undefined> {
  try {
    return namesOf(await send({ method: 'GET', path: `/_alias/${path(read)}` }))[0];
  } catch (error) {
    if (error instanceof SearchServerError && error.status === 404) return undefined;
    throw error;
  }
}

/** A name as a part of a path. */
export function path(name: string): string {
  return encodeURIComponent(name).replaceAll('%2A', '*');
}

function sender({ send, resource, timeout }: ElasticPortOptions): IndexPort['send'] {
  const toEntry = entryOf(resource);
  return async (index, states, refresh) => {
    const outcomes: Outcome[] = [];
    for (const chunk of chunks(states.map((state) => linesOf(state, toEntry)))) {
      const answer = await send(
        {
          method: 'POST',
          path: `/${path(writeAlias(index))}/_bulk`,
          querystring: { refresh },
          bulkBody: `${chunk.flat().join('\n')}\n`,
        },
        timeout,
      );
      outcomes.push(...listOf(member(answer, 'items')).map(outcomeOf));
    }
    return outcomes;
  };
}

function linesOf(state: IndexableState, toEntry: ReturnType<typeof entryOf>): readonly string[] {
  const action = { _id: documentName(state.key), version: state.revision, version_type: 'external_gte' };
  if (state.removed) return [JSON.stringify({ delete: action })];
  return [JSON.stringify({ index: action }), JSON.stringify(toEntry(state.document))];
}

/** A server refuses requests of more than 100 MB, and is slow with half of that. */
const longestBulk = 8_000_000;

function chunks(documents: readonly (readonly string[])[]): readonly (readonly (readonly string[])[])[] {
  const result: (readonly string[])[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const lines of documents) {
    const own = lines.reduce((sum, line) => sum + line.length, 0);
    length += own;
    if (length <= longestBulk) {
      result.at(-1)?.push(lines);
      continue;
    }
    result.push([lines]);
    length = own;
  }
  return result;
}

function outcomeOf(item: unknown): Outcome {
  const removal = member(item, 'delete');
  const result = removal ?? member(item, 'index');
  const status = numberOf(member(result, 'status')) ?? 0;
  const type = textOf(member(result, 'error', 'type'));
  const reason = `${type ?? status}: ${reasonOf(member(result, 'error'))}`;
  if (status >= 200 && status < 300) return { kind: 'indexed' };
  // It has a newer one.
  if (status === 409) return { kind: 'indexed' };
  // It never had it, and will take no older one now; unless there is no index.
  if (status === 404 && removal !== undefined && type === undefined) return { kind: 'indexed' };
  // The write alias is gone: its name is none that an index could have.
  if (type === 'invalid_index_name_exception' || type === 'index_not_found_exception') return { kind: 'again', reason };
  return status === 400 ? { kind: 'refused', reason } : { kind: 'again', reason };
}

function reasonOf(error: unknown): string {
  const cause = textOf(member(error, 'caused_by', 'reason'));
  const reason = textOf(member(error, 'reason')) ?? 'no reason given';
  return cause === undefined ? reason : `${reason} (${cause})`;
}

function create({ send, resource, layout }: ElasticPortOptions, index: string): Promise<void> {
  const body = { ...indexDefinition(resource, layout), aliases: { [writeAlias(index)]: {} } };
  return tolerate(send({ method: 'PUT', path: `/${path(index)}`, body }), ['resource_already_exists_exception']);
}

/**
 * An alias has one write index at most, so that a late first `serve` is refused once there is another one: the alias
 * would name two indexes, and searches find everything twice. Nobody writes by it.
 */
async function serve(send: Send, names: IndexNames, from: string | undefined, to: string): Promise<void> {
  const change = (...removals: readonly object[]) => {
    const actions = [...removals, { add: { index: to, alias: names.read, is_write_index: true } }];
    return tolerate(send({ method: 'POST', path: '/_aliases', body: { actions } }), [
      'illegal_state_exception',
      'aliases_not_found_exception',
      'index_not_found_exception',
    ]);
  };
  // Where all indexes were lost, there is nothing to switch from.
  if (from === undefined || (await servedIndex(send, names)) === undefined) await change();
  else await change({ remove: { index: from, alias: names.read, must_exist: true } });
}

async function refresh(send: Send, index: string): Promise<void> {
  await send({ method: 'POST', path: `/${path(index)}/_refresh` });
}

async function versions(
  send: Send,
  index: string,
  after: string | undefined,
  limit: number,
): Promise<readonly { readonly key: string; readonly revision: number }[]> {
  await refresh(send, index);
  const query = after === undefined ? { match_all: {} } : { range: { key: { gt: keyword(after) } } };
  const body = { query, sort: [{ key: 'asc' }], size: limit, version: true, track_total_hits: false };
  const answer = await send({ method: 'POST', path: `/${path(index)}/_search`, body });
  return listOf(member(answer, 'hits', 'hits')).map((hit) => ({
    key: textOf(member(hit, '_source', 'raw')) ?? '',
    revision: numberOf(member(hit, '_version')) ?? 0,
  }));
}

/** These failures say that nothing is left to do. */
async function tolerate(answer: Promise<unknown>, types: readonly string[]): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof SearchServerError && error.type !== undefined && types.includes(error.type)) return;
    throw error;
  }
}
