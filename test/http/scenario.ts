/**
 * What a server must answer, as data: nothing here but JSON values, so that the same table runs on `serve`, on emitted
 * projects and on anything else that has a URL.
 *
 * Texts may hold `{{name}}`: a value captured from an earlier answer, or `{{run}}`, six digits of this run, by which
 * scenarios keep out of each other's way and of what is stored already.
 */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly request: StepRequest;
  readonly answer: StepAnswer;
  /** Values for later steps: `{ etag: 'header ETag', id: 'body /id' }`. */
  readonly capture?: Readonly<Record<string, string>>;
}

export interface StepRequest {
  readonly method: string;
  /** Sent as it stands. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | Repeated>>;
  /** Sent as JSON with `Content-Type: application/json`, unless headers say otherwise. */
  readonly json?: unknown;
  readonly text?: string | Repeated;
}

/** A long text, without writing it out. */
export interface Repeated {
  readonly repeat: string;
  readonly times: number;
}

export interface StepAnswer {
  readonly status: number;
  /** Other headers may be there, too. */
  readonly headers?: Readonly<Record<string, Expected>>;
  /** The body as JSON. */
  readonly json?: Expected;
  /** The body as text. */
  readonly text?: Expected;
}

/** A value to be equal to, or one of the patterns below, at any depth. */
export type Expected = unknown;

/** An object with at least these members. */
export function including(members: Readonly<Record<string, Expected>>): Expected {
  return { $including: members };
}

/** A text that a regular expression matches. */
export function matching(pattern: string): Expected {
  return { $matching: pattern };
}

/** A list with these elements in any order, and maybe others. */
export function holding(...elements: readonly Expected[]): Expected {
  return { $holding: elements };
}

/** No such header or member. */
export const absent: Expected = { $absent: true };

/** Anything but nothing. */
export const present: Expected = { $present: true };
