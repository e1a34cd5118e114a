/**
 * Everything a request can be refused with: the catalogue, and the one class that is thrown. `docs/errors.md` explains
 * each code; a test ties the two both ways.
 */

interface CatalogueEntry {
  readonly status: number;
  readonly title: string;
  /** What the client can do about it; may be overridden by a more exact hint. */
  readonly help: string;
}

/** Codes are stable and never reused; they are the last segment of a problem's `type`. */
export const errorCatalogue = {
  'invalid-parameter': {
    status: 400,
    title: 'A parameter is not valid',
    help: 'Correct the parameters listed in "errors".',
  },
  'unknown-parameter': {
    status: 400,
    title: 'A query parameter is not known',
    help: 'Remove it, or use one of the declared parameters.',
  },
  'invalid-body': { status: 400, title: 'The body is not valid', help: 'Correct the properties listed in "errors".' },
  'malformed-body': {
    status: 400,
    title: 'The body cannot be parsed',
    help: 'Send one well-formed document of the declared media type.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be parsed',
    help: 'Send a well-formed HTTP/1.1 request.',
  },
  'malformed-path': { status: 400, title: 'The path cannot be decoded', help: 'Percent-encode the path as UTF-8.' },
  'id-mismatch': {
    status: 400,
    title: 'The body contradicts the path',
    help: 'Leave the id and the parent out of the body, or make them equal to the path.',
  },
  unauthorized: {
    status: 401,
    title: 'Credentials are missing or wrong',
    help: 'Send the credentials that the description declares.',
  },
  forbidden: { status: 403, title: 'Not allowed', help: 'Use credentials with the required rights.' },
  'not-found': { status: 404, title: 'Not found', help: 'Check the path and the id.' },
  'parent-not-found': { status: 404, title: 'The parent does not exist', help: 'Create the parent first.' },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not declared for this path',
    help: 'Use a method of the Allow header.',
  },
  'not-acceptable': { status: 406, title: 'No acceptable media type', help: 'Accept one of the declared media types.' },
  'range-not-satisfiable': {
    status: 416,
    title: 'The range lies outside of the list',
    help: 'Ask for a range that begins within what Content-Range counts.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long',
    help: 'Send the whole request without long pauses.',
  },
  conflict: {
    status: 409,
    title: 'A unique value is taken',
    help: 'Choose another value for the fields listed in "errors".',
  },
  'precondition-failed': {
    status: 412,
    title: 'The document has changed',
    help: 'Read it again and repeat the change with its new ETag.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    help: 'Send less, or start the server with a higher limit.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not supported',
    help: 'Use a media type of the Accept header of this answer.',
  },
  'expectation-failed': {
    status: 417,
    title: 'The expectation cannot be met',
    help: 'Leave the header Expect out, or let it say 100-continue.',
  },
  'patch-failed': {
    status: 409,
    title: 'The patch does not fit the document',
    help: 'Read the document again and adapt the patch.',
  },
  'precondition-required': {
    status: 428,
    title: 'A precondition is required',
    help: 'Send If-Match with the ETag that you have read.',
  },
  'headers-too-large': { status: 431, title: 'The headers are too large', help: 'Send fewer or shorter headers.' },
  'read-only': {
    status: 403,
    title: 'This server is read-only',
    help: 'Start it without --read-only to allow writes.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    help: 'The cause is in the log of the server, under the request id.',
  },
  'unusable-schema': {
    status: 500,
    title: 'A schema of the description cannot be used',
    help: 'Correct the schema; the log of the server says what is wrong with it. Other operations go on.',
  },
  'invalid-response': {
    status: 500,
    title: 'The answer does not fit the description',
    help: 'Correct the data or the description, or use --check-responses warn.',
  },
  'not-implemented': {
    status: 501,
    title: 'This server does not do that',
    help: 'Use a method that the description declares; where the message names an option, start the server with it.',
  },
  unavailable: { status: 503, title: 'The store cannot be reached', help: 'Try again after the time in Retry-After.' },
  'query-too-expensive': {
    status: 422,
    title: 'The query asks for too much',
    help: 'Narrow it with filters, or ask for less of it.',
  },
  'storage-full': {
    status: 507,
    title: 'The disk is full',
    help: 'Nothing was stored. Free some space and send it again.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One violation: where, and what was expected. */
export interface Violation {
  /** JSON pointer into the body (`/price`), where the body is at fault. */
  readonly pointer?: string;
  /** Name of the parameter or header at fault. */
  readonly parameter?: string;
  readonly in?: 'path' | 'query' | 'header' | 'cookie' | 'body';
  readonly message: string;
}

/** The only error that handlers throw on purpose. Anything else becomes `internal`, its text kept in the log. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  /** What happened this time, for people. */
  readonly detail: string;
  readonly hint: string;
  readonly violations: readonly Violation[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    detail: string,
    more: {
      readonly hint?: string | undefined;
      readonly violations?: readonly Violation[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.status = errorCatalogue[code].status;
    this.detail = detail;
    this.hint = more.hint ?? errorCatalogue[code].help;
    this.violations = more.violations ?? [];
    this.headers = more.headers ?? {};
  }
}
