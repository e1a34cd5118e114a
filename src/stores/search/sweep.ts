import type { ChangeLog } from '../changes.ts';
import type { Agree } from './agreement.ts';
import type { IndexPort } from './index-port.ts';
import { indexDocuments } from './index-step.ts';

export interface Sweep {
  readonly changes: ChangeLog;
  readonly port: IndexPort;
  readonly resource: string;
  readonly agree: Agree;
  readonly now: Date;
  /** Younger changes are left to the process that made them, in milliseconds. */
  readonly grace: number;
  /** Removals are remembered for longer than any request can be delayed, in milliseconds. */
  readonly remember: number;
}

const batch = 500;

/**
 * Indexes what was left behind: by processes that died between write and index, by an index that was away. Oldest
 * first. Any number of processes may sweep at once. Resolves once there is nothing older than `grace` that the index would
 * take: whether it took everything.
 */
export async function sweep({ changes, port, resource, agree, now, grace, remember }: Sweep): Promise<boolean> {
  const before = new Date(now.getTime() - grace);
  let tookAll = true;
  for (;;) {
    const keys = await changes.pending(resource, batch, before);
    // Asked for each batch: an index that is being built must get everything from the moment it is known.
    const agreement = await agree();
    if (agreement === undefined) return false;
    const indexed = await indexDocuments({ changes, port, resource, agreement, refresh: 'false' }, keys);
    if (indexed.length < keys.length) tookAll = false;
    if (keys.length < batch || indexed.length === 0) break;
  }
  await changes.forget(resource, new Date(now.getTime() - remember));
  return tookAll;
}
