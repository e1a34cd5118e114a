/**
 * What is left of removed documents. It is remembered for a while, so that a revision never comes back: not with a
 * document that is created again by a process whose clock is behind, nor in an index that gets a late request.
 */
import type { Place } from './place.ts';

/** Forgets documents that were removed before, and that no index has yet to learn of. Resolves how many. */
export async function forgetRemoved({ rows }: Pick<Place, 'rows'>, before: Date): Promise<number> {
  const { deletedCount } = await rows.deleteMany({ _del: { $lt: before }, _ix: { $exists: false } });
  return deletedCount;
}
