import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../errors.ts';
import type { Precondition, StoredDocument } from '../../stores/contract.ts';
import { remembering } from '../remember.ts';
import { parseHttpDate } from './http-date.ts';

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

/**
 * Conditions of a read, in the order of RFC 9110 section 13.2.2: whether `If-None-Match`, else `If-Modified-Since`, says
 * that the client has this revision already. Throws `ApiError` `precondition-failed` where `If-Match`, else
 * `If-Unmodified-Since`, wants another.
 */
export function isNotModified(headers: IncomingHttpHeaders, revision: number): boolean {
  const match = headers['if-match'];
  const unmodified = headers['if-unmodified-since'];
  if (match !== undefined) {
    if (match.trim() !== '*' && !revisionsOf(match).includes(revision)) throw preconditionFailed(revision);
  } else if (unmodified !== undefined && isLater(revision, unmodified)) throw preconditionFailed(revision);
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) return names(noneMatch, revision);
  const since = headers['if-modified-since'];
  return since !== undefined && isLater(revision, since) === false;
}

/** Whether `If-None-Match` has this revision. Weak comparison: a cache may have weakened the tag. */
function names(noneMatch: string, revision: number): boolean {
  return namesTag(noneMatch, entityTag(revision));
}

function namesTag(noneMatch: string, own: string): boolean {
  const opaque = own.replace(/^W\//, '');
  return noneMatch.trim() === '*' || parseTags(noneMatch).some(({ tag }) => tag === opaque);
}

/** Whether a revision is younger than a date of a header; `undefined` for what is no date, which is to be ignored. */
function isLater(revision: number, date: string): boolean | undefined {
  const milliseconds = parseHttpDate(date);
  return milliseconds === undefined ? undefined : Math.floor(revision / 1_000_000) * 1000 > milliseconds;
}

/**
 * The weak entity tag of an answer that shows no single revision, such as a page of a list: a digest of its body. Weak,
 * since it says nothing of what stands in the headers, and since no write may depend on it (RFC 9110 section 8.8.1).
 */
export function contentTag(body: string): string {
  return `W/"${hash('sha1', body, 'base64url')}"`;
}

/**
 * `isNotModified` for what has the tag of its content and no date, so that no condition of time can be evaluated (RFC
 * 9110 section 13.2.1). Throws `ApiError` `precondition-failed`.
 */
export function isSameContent(headers: IncomingHttpHeaders, tag: string): boolean {
  if (headers['if-match'] !== undefined) verifyCollection(headers);
  const noneMatch = headers['if-none-match'];
  return noneMatch !== undefined && namesTag(noneMatch, tag);
}

/**
 * A collection has a weak ETag, so that no tag in `If-Match`, which compares strongly, is its own, and what depends on
 * one must not be done. Throws `ApiError` `precondition-failed`.
 */
export function verifyCollection({ 'if-match': match }: IncomingHttpHeaders): void {
  if (match === undefined || match.trim() === '*') return;
  throw new ApiError('precondition-failed', 'If-Match was sent, which no ETag of a collection can match: it is weak.', {
    hint: 'Leave If-Match out, or send it to a single document.',
  });
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
      const excluded = noneMatch !== undefined && names(noneMatch, revision);
      const changed = match === undefined && since !== undefined && isLater(revision, since);
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
    .filter(({ weak, tag }) => !weak && /^"(?:0|[1-9a-z][0-9a-z]{0,10})"$/.test(tag))
    .map(({ tag }) => Number.parseInt(tag.slice(1, -1), 36));
}

function parseTags(header: string): readonly { readonly weak: boolean; readonly tag: string }[] {
  return [...header.matchAll(/(W\/)?("[^"]*")/g)].map(([, weak, tag = '']) => ({ weak: weak !== undefined, tag }));
}
