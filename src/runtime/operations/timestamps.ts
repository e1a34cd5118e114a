import type { Resource, Timestamp } from '../../model/types.ts';
import { type Members, memberOf } from './members.ts';

/**
 * Fills the properties that say when a document was created and changed. `stored` is what is replaced; absent for a new
 * document. What a client was allowed to send, and sent, stays.
 */
export type Stamp = (document: Members, stored?: Members) => Members;

/** `undefined` for a resource without timestamps. */
export function compileTimestamps(
  { timestamps = [] }: Resource,
  now: () => Date = () => new Date(),
): Stamp | undefined {
  if (timestamps.length === 0) return undefined;
  return (document, stored) => {
    const members = new Map(Object.entries(document));
    const moment = now().toISOString();
    for (const timestamp of timestamps) {
      const { property } = timestamp;
      const sent = members.get(property);
      const before = stored && memberOf(stored, property);
      if (isSent(sent, before, timestamp)) continue;
      members.set(
        property,
        timestamp.moment === 'created' && before !== undefined ? before : textOf(moment, timestamp),
      );
    }
    return Object.fromEntries(members);
  };
}

/** A client that sends back what it read does not mean that nothing changed. */
function isSent(sent: unknown, before: unknown, { moment }: Timestamp): boolean {
  if (sent === undefined || sent === null) return false;
  return moment === 'created' || sent !== before;
}

function textOf(moment: string, { format }: Timestamp): string {
  return format === 'date' ? moment.slice(0, 10) : moment;
}
