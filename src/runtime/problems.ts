import { ApiError } from '../errors.ts';
import { fieldNames } from '../model/field-path.ts';
import { escapePointer } from '../model/pointer.ts';
import type { Resource } from '../model/types.ts';
import { StoreError } from '../stores/contract.ts';
import { entityTag } from './request/conditions.ts';
import { UnusableSchema } from './validation/unusable-schema.ts';

/** The operation that something was thrown in. */
export interface Thrower {
  /** `POST /books` */
  readonly name: string;
  readonly resource: Resource | undefined;
}

/**
 * Whatever was thrown, as an error that can be answered. What is neither `ApiError` nor `StoreError` nor
 * `UnusableSchema` nor an error of somebody's middleware becomes `internal`, its text kept for the log.
 */
export function toApiError(thrown: unknown, thrower: Thrower | undefined): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof StoreError) return fromStore(thrown, thrower?.resource);
  if (thrown instanceof UnusableSchema) return unusableSchema(thrown, thrower);
  return fromMiddleware(thrown) ?? internal(thrown);
}

function fromStore(error: StoreError, resource: Resource | undefined): ApiError {
  const cause = { cause: error };
  switch (error.kind) {
    case 'conflict':
      return conflict(error, resource);
    case 'precondition':
      return new ApiError(
        'precondition-failed',
        error.revision === undefined
          ? 'There is no such document any more.'
          : `The document's ETag is now ${entityTag(error.revision)}.`,
        { ...cause, ...(error.revision !== undefined && { headers: { ETag: entityTag(error.revision) } }) },
      );
    case 'read-only':
      return new ApiError('read-only', 'The data of this server can only be read.', cause);
    case 'full':
      return new ApiError('storage-full', 'There is no space left for the document.', cause);
    case 'unavailable':
    case 'locked':
      return new ApiError('unavailable', 'The store does not answer.', { ...cause, headers: { 'Retry-After': '5' } });
    case 'index-unavailable':
      return new ApiError('unavailable', error.message, { ...cause, headers: { 'Retry-After': '5' } });
    case 'too-many':
    case 'timeout':
      return new ApiError('query-too-expensive', error.message, cause);
    case 'unsupported':
      return new ApiError('not-implemented', error.message, cause);
    case 'schema':
    case 'not-a-database':
    case 'unknown-resource':
      return internal(error);
  }
}

function conflict(error: StoreError, resource: Resource | undefined): ApiError {
  const pointers = error.fields.map((field) => {
    const { property } = resource?.id ?? {};
    const names = field !== 'key' ? fieldNames(field) : property === undefined ? [] : [property];
    return names.map((name) => `/${escapePointer(name)}`).join('');
  });
  const named = pointers.filter((pointer) => pointer !== '').map((pointer) => `"${pointer.slice(1)}"`);
  const what = named.length > 0 ? `The value of ${named.join(', ')} is taken.` : 'The id is taken.';
  return new ApiError('conflict', what, {
    cause: error,
    violations: pointers.map((pointer) => ({ pointer, in: 'body', message: 'is taken' })),
  });
}

/** Express's own middleware throws errors with a status (`http-errors`); those below 500 are the client's. */
function fromMiddleware(thrown: unknown): ApiError | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return undefined;
  const { status, message } = thrown;
  if (status === 413) return new ApiError('body-too-large', 'The body is too large.', { cause: thrown });
  if (status === 415) return new ApiError('unsupported-media-type', message, { cause: thrown });
  if (status === 401) return new ApiError('unauthorized', message, { cause: thrown });
  if (status === 403) return new ApiError('forbidden', message, { cause: thrown });
  if (status === 404) return new ApiError('not-found', message, { cause: thrown });
  return status >= 400 && status < 500 ? new ApiError('malformed-request', message, { cause: thrown }) : undefined;
}

function unusableSchema(cause: UnusableSchema, thrower: Thrower | undefined): ApiError {
  const operation = thrower ? `The operation ${thrower.name}` : 'This operation';
  return new ApiError('unusable-schema', `${operation} has a schema that cannot be used.`, { cause });
}

function internal(cause: unknown): ApiError {
  return new ApiError('internal', 'Something went wrong on the server.', { cause });
}
