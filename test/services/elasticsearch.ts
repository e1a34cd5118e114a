/** The real search servers that tests of this folder use. */
import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { createSend, openTransport, type Send, type Transport } from '../../src/stores/search/transport.ts';

export interface SearchServer {
  readonly name: string;
  /** For `skip`: why there is none, or `false`. */
  readonly missing: string | false;
  /** What `SearchOptions.server` takes: an address, or the transport of a client that is handed in. */
  readonly open: () => Promise<{ readonly server: string | Transport; readonly close: () => Promise<void> }>;
}

export const elasticsearchUrl = process.env.ELASTICSEARCH_URL ?? '';

if (elasticsearchUrl === '' && process.env.REQUIRE_SERVICES === '1') {
  throw new Error('REQUIRE_SERVICES=1, but ELASTICSEARCH_URL says no server.');
}

/** For `skip`: `false` where there is a server. */
export const noElasticsearch =
  elasticsearchUrl === '' ? 'ELASTICSEARCH_URL names no server (../shared/services/start-elasticsearch)' : false;

export const elasticsearch: SearchServer = byAddress('Elasticsearch', 'ELASTICSEARCH_URL');

/** Further ones, which a machine may lack: `.ci/run` says why. */
export const otherServers: readonly SearchServer[] = [
  byAddress('Elasticsearch 9', 'ELASTICSEARCH_9_URL'),
  {
    name: 'OpenSearch, through its own client',
    missing: missing('OPENSEARCH_URL'),
    open: async () => {
      const client = new Client({ node: process.env.OPENSEARCH_URL ?? '', maxRetries: 0 });
      return { server: client.transport, close: () => client.close() };
    },
  },
];

function byAddress(name: string, variable: string): SearchServer {
  const url = process.env[variable] ?? '';
  return { name, missing: missing(variable), open: async () => ({ server: url, close: async () => undefined }) };
}

function missing(variable: string): string | false {
  return (process.env[variable] ?? '') === '' && `${variable} names no server`;
}

/** A prefix that no other run uses. */
export function newPrefix(): string {
  return `test-${randomUUID().slice(0, 8)}`;
}

export async function connect(
  search: SearchServer = elasticsearch,
): Promise<{ readonly send: Send; readonly close: () => Promise<void> }> {
  const { server, close } = await search.open();
  if (typeof server !== 'string') return { send: createSend(server), close };
  const opened = await openTransport(server);
  return { send: createSend(opened.transport), close: opened.close };
}

/** Removes all indexes with a prefix. */
export async function removeIndexes(send: Send, prefix: string): Promise<void> {
  const found = await send({ method: 'GET', path: `/${prefix}-*/_alias` });
  for (const index of Object.keys(Object(found)))
    await send({ method: 'DELETE', path: `/${encodeURIComponent(index)}` });
}
