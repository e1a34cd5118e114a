/** What a store tells whoever keeps an index of it (`search/`), and what that tells about the index. */
import type { ControlFacts, StoredDocument } from './contract.ts';

/**
 * Which documents an index has yet to learn of. The fact that a document must be indexed is stored *with* the document,
 * in one atomic write; a mark in another place can be consumed before the write that it announces, and lost.
 */
export interface ChangeLog extends ControlFacts {
  /** Keys of documents, removed ones too, whose state is not confirmed to be indexed: the oldest changes first. */
  pending(resource: string, limit: number, before: Date): Promise<readonly string[]>;
  /** What is stored now under these keys. A key that was never used, or is long forgotten, is left out. */
  read(resource: string, keys: readonly string[]): Promise<readonly IndexableState[]>;
  /** The index has these revisions, or newer ones. A document that was written again since stays pending. */
  confirm(resource: string, states: readonly Pick<IndexableState, 'key' | 'revision'>[]): Promise<void>;
  /** The index did not take them: tried again later (`again`), or not until they or the description change (`refused`). */
  fail(
    resource: string,
    states: readonly Pick<IndexableState, 'key' | 'revision'>[],
    outcome: { readonly kind: 'again' | 'refused'; readonly reason: string },
  ): Promise<void>;
  /** Makes these pending, or all that there are: for repair, and after a change of the description. */
  mark(resource: string, keys: readonly string[] | 'all'): Promise<void>;
  /** All documents, removed ones too while they are remembered, in the order of their keys. For rebuild and verify. */
  scan(resource: string, after: string | undefined, limit: number): Promise<readonly IndexableState[]>;
  /** Forgets documents that were removed before, and whose removal is confirmed. */
  forget(resource: string, before: Date): Promise<number>;
  count(resource: string): Promise<{ readonly pending: number; readonly refused: IndexHealth['refused'] }>;
}

/** A document as an index should have it: its revision, and its content unless it was removed. */
export type IndexableState =
  | { readonly key: string; readonly revision: number; readonly removed: false; readonly document: StoredDocument }
  | { readonly key: string; readonly revision: number; readonly removed: true };

export interface IndexHealth {
  /** `in-step`: everything written is indexed. `pending`: it will be. `unavailable`: once the index is back. */
  readonly state: 'in-step' | 'pending' | 'unavailable';
  /** Documents that wait to be indexed. */
  readonly pending: number;
  /** Documents that the index refuses, and why; they wait for a change of theirs or of the description. */
  readonly refused: readonly { readonly resource: string; readonly key: string; readonly reason: string }[];
  /** Why it is unavailable. */
  readonly reason?: string;
}
