/** Bugs that are planted on purpose, to see that they are found. */
import { createRequire } from 'node:module';
import type { Transport } from '../../../src/stores/search/transport.ts';

/**
 * - `no version`: whatever comes last stays in the index
 * - `deaf`: failures of single documents are not read, so that what the index did not take is taken for indexed
 */
export type Weakness = 'none' | 'no version' | 'deaf';

export function weakened(weakness: Weakness): (url: string) => string | Transport {
  if (weakness === 'none') return (url) => url;
  return (url) => {
    const { Client } = createRequire(import.meta.url)(
      '@elastic/elasticsearch',
    ) as typeof import('@elastic/elasticsearch');
    const client = new Client({ node: url, maxRetries: 0 });
    return {
      request: async ({ bulkBody, querystring, body, ...request }, options) => {
        const sent = weakness === 'no version' ? bulkBody?.replace(versions, '') : bulkBody;
        const whole = {
          ...request,
          ...(querystring !== undefined && { querystring: { ...querystring } }),
          ...(body !== undefined && { body: { ...body } }),
          ...(sent !== undefined && { bulkBody: sent }),
        };
        try {
          return await client.transport.request(whole, options);
        } catch (error) {
          if (weakness !== 'deaf' || bulkBody === undefined) throw error;
          const lines = bulkBody.split('\n').filter((line) => /^\{"(index|delete)"/.test(line));
          return { items: lines.map(() => ({ index: { status: 200 } })) };
        }
      },
    };
  };
}

const versions = /,"version":\d+,"version_type":"external_gte"/g;
