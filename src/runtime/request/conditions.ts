import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../errors.ts';
import type { Precondition, StoredDocument } from '../../stores/contract.ts';
import { remembering } from '../remember.ts';

/** The strong entity tag of a revision (RFC 9110 section 8.8.3): the number to base 36. */
export function entityTag(revision: number): string {
  // `toString(36)` of the whole is six times slower: V8 divides what is no small integer as floating-point numbers.
  const high = Math.floor(revision / lowPart);
  const low = (revision - high * lowPart).toString(36);
  return high === 0 ? `"${low}"` : `"${high.toString(36)}${low.padStart(5, '0')}"`;
}

/** Both parts of a revision (≤ 2^53) are small integers. */
const lowPart = 36 ** 5;

/** `Last-Modified` of a revision, which counts microseconds. */
export function lastModified(revision: number): string {
  return dateOf(Math.floor(revision / 1_000_000));
}

/** Documents that were written together are often read together; formatting a date costs more than finding it. */
const dateOf = remembering((second: number) => new Date(second * 1000).toUTCString());

/** Whether `If-None-Match`, else `If-Modified-Since`, says that the client has this revision already. */
export function isNotModified(headers: IncomingHttpHeaders, revision: number): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    // Weak comparison: a cache may have weakened the tag.
    return tags.trim() === '*' || parseTags(tags).some(({ tag }) => tag === entityTag(revision));
  }
  const since = headers['if-modified-since'];
  return since !== undefined && Math.floor(revision / 1_000_000) * 1000 <= Date.parse(since);
}

/** What a write demands of the stored document. */
export interface Conditions {
  /** `If-Match` is there: the document must exist. */
  readonly mustExist: boolean;
  /** `If-None-Match: *`: the document must not exist. */
  readonly mustNotExist: boolean;
  /** For the store. */
  readonly precondition: Precondition;
  /** What the store cannot check: throws `ApiError` `precondition-failed`. */
  verify(current: StoredDocument): void;
}

/** Reads `If-Match` (strong comparison), `If-None-Match` and `If-Unmodified-Since` of a write. */
export function writeConditions(headers: IncomingHttpHeaders): Conditions {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  const since = headers['if-unmodified-since'];
  if (match === undefined && noneMatch === undefined && since === undefined) return unconditional;
  return {
    mustExist: match !== undefined,
    mustNotExist: noneMatch?.trim() === '*',
    precondition:
      match === undefined || match.trim() === '*'
        ? { kind: 'none' }
        : { kind: 'revision', revisions: revisionsOf(match) },
    verify({ revision }) {
      const excluded = noneMatch !== undefined && isNotModified({ 'if-none-match': noneMatch }, revision);
      const changed =
        match === undefined && since !== undefined && Math.floor(revision / 1_000_000) * 1000 > Date.parse(since);
      if (excluded || changed) throw preconditionFailed(revision);
    },
  };
}

const unconditional: Conditions = {
  mustExist: false,
  mustNotExist: false,
  precondition: { kind: 'none' },
  verify: () => undefined,
};

/** The current tag goes along, so that a client need not ask for it. */
export function preconditionFailed(revision: number | undefined): ApiError {
  const detail =
    revision === undefined
      ? 'If-Match was sent, but there is no such document.'
      : `The document's ETag is now ${entityTag(revision)}.`;
  return new ApiError(
    'precondition-failed',
    detail,
    revision === undefined ? {} : { headers: { ETag: entityTag(revision) } },
  );
}

function revisionsOf(header: string): readonly number[] {
  return parseTags(header)
    .filter(({ weak, tag }) => !weak && /^"[0-9a-z]{1,11}"$/.test(tag))
    .map(({ tag }) => Number.parseInt(tag.slice(1, -1), 36));
}

function parseTags(header: string): readonly { readonly weak: boolean; readonly tag: string }[] {
  return [...header.matchAll(/(W\/)?("[^"]*")/g)].map(([, weak, tag = '']) => ({ weak: weak !== undefined, tag }));
}
