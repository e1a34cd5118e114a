import { StoreError } from '../contract.ts';

/** What the driver throws, as the contract's error. Anything else is a defect of ours, and stays what it is. */
export function storeErrorOf(thrown: unknown): unknown {
  if (thrown instanceof StoreError || !(thrown instanceof Error)) return thrown;
  const error = wrappedBy(thrown) ?? thrown;
  const details = { cause: thrown };
  if (codeOf(error) === codes.tookTooLong) {
    return new StoreError(
      'timeout',
      'The query took too long, and was given up. Ask for less, or by an indexed field.',
      details,
    );
  }
  if (codeOf(error) === codes.tooLarge || error.name === 'MongoBSONTooLargeError') {
    return new StoreError('full', 'MongoDB takes no document of more than 16 MB. Nothing was written.', details);
  }
  if (refusals.has(codeOf(error) ?? 0)) {
    return new StoreError('unavailable', `MongoDB lets us not in, or not do that: ${error.message}`, details);
  }
  if (absences.has(error.name) || isBrokenSocket(error) || isRetryable(error)) {
    return new StoreError('unavailable', `MongoDB does not answer: ${error.message}`, details);
  }
  return thrown;
}

/** A bulk that could not be sent says that it failed; why, says the error within. */
function wrappedBy(error: Error): Error | undefined {
  return 'errorResponse' in error && error.errorResponse instanceof Error ? error.errorResponse : undefined;
}

/** A key or a unique value is there already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === codes.duplicate;
}

/** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const codes = { duplicate: 11000, tookTooLong: 50, tooLarge: 10334 } as const;

/** Unauthorized, AuthenticationFailed. */
const refusals: ReadonlySet<number> = new Set([13, 18]);

const absences: ReadonlySet<string> = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoWriteConcernError',
]);

function codeOf(error: Error): number | undefined {
  return 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

/** The driver lets through what a socket throws that was ended between two commands. */
function isBrokenSocket(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && brokenSockets.has(error.code);
}

const brokenSockets: ReadonlySet<string> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNABORTED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** A primary that has stepped down, or is about to. The driver has tried again already. */
function isRetryable(error: Error): boolean {
  if (!('errorLabelSet' in error) || !(error.errorLabelSet instanceof Set)) return false;
  return error.errorLabelSet.has('RetryableWriteError') || error.errorLabelSet.has('RetryableError');
}
