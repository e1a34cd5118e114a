import type { IndexableState } from '../changes.ts';
import type { Refresh } from '../contract.ts';

/** What became of one document that an index was sent. */
export type Outcome =
  /** It has this revision now, or had a newer one already. */
  | { readonly kind: 'indexed' }
  /** It may take it later: too busy, not there. */
  | { readonly kind: 'again'; readonly reason: string }
  /** It will not take this document as it is. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What keeping an index in step needs of a search server. An index never goes back: it takes a document only with a
 * revision that is not lower than the one it has, or had before the document was removed.
 *
 * Every call may fail, and a call that failed may have been carried out, or still be on its way.
 */
export interface IndexPort {
  /**
   * Sends documents, and removals, to an index. One outcome for each, in their order. Never creates an index. `refresh`:
   * when it resolves.
   */
  send(index: string, states: readonly IndexableState[], refresh: Refresh): Promise<readonly Outcome[]>;
  /** Creates an index for a resource as it is described now. One of that name: nothing happens. */
  create(index: string, resource: string): Promise<void>;
  /**
   * Makes `to` the index that searches of a resource read, in one step, where they read `from` until now (`undefined`:
   * none). Where they read another one, nothing happens: whoever comes late must not turn the clock back.
   */
  serve(resource: string, from: string | undefined, to: string): Promise<void>;
  /** Resolves once searches see everything that an index was sent before. */
  refresh(index: string): Promise<void>;
  /** The names of all indexes that were created for a resource. */
  indexes(resource: string): Promise<readonly string[]>;
  /** Removes an index. There is none: nothing happens. */
  drop(index: string): Promise<void>;
  /** What an index has, by key, in the order of keys, after a key. Sees everything that was sent before. */
  versions(
    index: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly { readonly key: string; readonly revision: number }[]>;
}
