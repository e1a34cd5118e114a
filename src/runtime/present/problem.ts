import type { ApiError } from '../../errors.ts';
import type { Accepts } from '../../fake/sample.ts';
import type { Operation } from '../../model/description.ts';
import type { ApiModel } from '../../model/types.ts';
import type { Answer } from './answer.ts';

export interface ProblemContext {
  /** Base path without a trailing slash, '' at the root: prefix of the problem's `type`. */
  readonly base: string;
  /** Becomes `instance`; the same id as in the log and in `X-Request-Id`. */
  readonly requestId: string;
}

export type PresentProblem = (error: ApiError, context: ProblemContext) => Answer;

/**
 * The answer for an error: RFC 9457, or the error schema that the operation declares for that status (else `4XX`,
 * else `default`), filled by meaning and valid. `operation` is absent for requests that match none.
 * Compiles lazily: a declared schema is looked at when its status is first needed.
 */
export declare function compileProblems(
  model: ApiModel,
  operation: Operation | undefined,
  accepts?: Accepts,
): PresentProblem;
