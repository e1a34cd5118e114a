/** The real server that tests of this folder use. */
import { randomUUID } from 'node:crypto';
import { createSend, openTransport, type Send } from '../../src/stores/search/transport.ts';

export const elasticsearchUrl = process.env.ELASTICSEARCH_URL ?? '';

if (elasticsearchUrl === '' && process.env.REQUIRE_SERVICES === '1') {
  throw new Error('REQUIRE_SERVICES=1, but ELASTICSEARCH_URL says no server.');
}

/** For `skip`: `false` where there is a server. */
export const noElasticsearch =
  elasticsearchUrl === '' ? 'ELASTICSEARCH_URL names no server (../shared/services/start-elasticsearch)' : false;

/** A prefix that no other run uses. */
export function newPrefix(): string {
  return `test-${randomUUID().slice(0, 8)}`;
}

export async function connect(): Promise<{ readonly send: Send; readonly close: () => Promise<void> }> {
  const { transport, close } = await openTransport(elasticsearchUrl);
  return { send: createSend(transport), close };
}

/** Removes all indexes with a prefix. */
export async function removeIndexes(send: Send, prefix: string): Promise<void> {
  const found = await send({ method: 'GET', path: `/${prefix}-*/_alias` });
  for (const index of Object.keys(Object(found)))
    await send({ method: 'DELETE', path: `/${encodeURIComponent(index)}` });
}
