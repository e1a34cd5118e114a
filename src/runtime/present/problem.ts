import type { ApiError, Violation } from '../../errors.ts';
import { errorCatalogue } from '../../errors.ts';
import type { Accepts } from '../../fake/sample.ts';
import type { MediaType, Operation } from '../../model/description.ts';
import { isSilent } from '../../model/schema.ts';
import type { ApiModel } from '../../model/types.ts';
import type { Answer } from './answer.ts';
import { compileDeclaredError, type ErrorFacts } from './declared-error.ts';
import { concreteMediaType, declaredResponse, essenceOf, isJson } from './declared-response.ts';
import { adviceAfter } from './error-meanings.ts';

export interface ProblemContext {
  /** Base path without a trailing slash, '' at the root: prefix of the problem's `type`. */
  readonly base: string;
  /** Becomes `instance`; the same id as in the log and in `X-Request-Id`. */
  readonly requestId: string;
  /** URL of the request, for error schemas that ask for it. */
  readonly url?: string | undefined;
  /** For error schemas that ask for a time. Default: now. */
  readonly now?: Date | undefined;
}

export type PresentProblem = (error: ApiError, context: ProblemContext) => Answer;

/** RFC 9457 with the extension members `code`, `hint` and `errors`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly hint: string;
  readonly errors?: readonly Violation[];
}

/**
 * The answer for an error: the schema that the operation declares for its status (else `4XX`, else `default`), filled
 * by meaning and valid; RFC 9457 where nothing fitting is declared. `operation` is absent for requests that match none.
 * What is declared for a status is looked at when that status first occurs.
 *
 * @example compileProblems(model, undefined)(new ApiError('not-found', 'No book "1".'), { base: '', requestId: 'r1' })
 * // { status: 404, headers: { 'Content-Type': 'application/problem+json' }, body: '{"type":"/problems/not-found",…' }
 */
export function compileProblems(model: ApiModel, operation: Operation | undefined, accepts?: Accepts): PresentProblem {
  const byStatus = new Map<number, DeclaredProblem | undefined>();
  const declaredFor = (status: number): DeclaredProblem | undefined => {
    if (!operation) return undefined;
    if (!byStatus.has(status)) byStatus.set(status, compileDeclared(model, operation, status, accepts));
    return byStatus.get(status);
  };
  return (error, context) => {
    const { status } = error;
    const problem = problemOf(error, context);
    const declared = declaredFor(status);
    const body = declared?.text(factsOf(error, problem, context));
    return declared && body !== undefined
      ? { status, headers: { ...error.headers, 'Content-Type': declared.mediaType }, body }
      : {
          status,
          headers: { ...error.headers, 'Content-Type': 'application/problem+json' },
          body: JSON.stringify(problem),
        };
  };
}

/** The problem document of RFC 9457. `type` leads to a page of this server that explains the code. */
export function problemOf(error: ApiError, context: ProblemContext): Problem {
  return {
    type: `${context.base}/problems/${error.code}`,
    title: errorCatalogue[error.code].title,
    status: error.status,
    detail: error.detail,
    instance: instanceOf(context.requestId),
    code: error.code,
    hint: error.hint,
    ...(error.violations.length > 0 && { errors: error.violations }),
  };
}

/** `instance` is a URI reference (RFC 9457 §3.1.5). A request id that is no UUID becomes a fragment. */
function instanceOf(requestId: string): string {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(requestId);
  return isUuid ? `urn:uuid:${requestId}` : `#${encodeURIComponent(requestId.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
}

function factsOf(error: ApiError, problem: Problem, context: ProblemContext): ErrorFacts {
  return {
    ...problem,
    advice: error.hint === errorCatalogue[error.code].help ? undefined : error.hint,
    requestId: context.requestId,
    url: context.url,
    now: context.now ?? new Date(),
    violations: error.violations,
    problem,
  };
}

interface DeclaredProblem {
  readonly mediaType: string;
  /** `undefined` when no valid document could be made that says what happened. */
  readonly text: (facts: ErrorFacts) => string | undefined;
}

/** JSON first; plain text carries the detail and the hint; XML and the rest are left to problem+json. */
function compileDeclared(
  model: ApiModel,
  operation: Operation,
  status: number,
  accepts: Accepts | undefined,
): DeclaredProblem | undefined {
  const content = declaredResponse(operation, status)?.content ?? [];
  const json = content.find(({ mediaType }) => isJson(mediaType));
  if (json) return { mediaType: concreteMediaType(json.mediaType), text: compileJson(model, json, accepts) };
  const text = content.find(({ mediaType }) => mediaType.startsWith('text/plain'));
  return text && { mediaType: text.mediaType, text: adviceAfter };
}

function compileJson(model: ApiModel, media: MediaType, accepts: Accepts | undefined): DeclaredProblem['text'] {
  const schema = media.schema;
  const [example] = media.examples;
  if (schema !== undefined && !isSilent(schema, model.$defs)) {
    const fill = compileDeclaredError(schema, model.$defs, accepts);
    const isProblem = essenceOf(media.mediaType) === 'application/problem+json';
    return (facts) => {
      // The description means RFC 9457 and names only some of its members.
      const whole = isProblem && accepts?.(schema, facts.problem);
      return whole ? JSON.stringify(facts.problem) : textOf(fill(facts));
    };
  }
  if (example) {
    const fill = compileDeclaredError(schemaOfExample(example.value), model.$defs, undefined);
    return (facts) => textOf(fill(facts)) ?? JSON.stringify(facts.problem);
  }
  return ({ problem }) => JSON.stringify(problem);
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** An error declared by an example alone keeps its shape: its members are required, its values stand in for unknown ones. */
function schemaOfExample(value: unknown): { readonly [keyword: string]: unknown } {
  if (Array.isArray(value)) return { type: 'array', items: schemaOfExample(value[0]), default: value };
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value);
    return {
      type: 'object',
      properties: Object.fromEntries(members.map(([name, member]) => [name, schemaOfExample(member)])),
      required: members.map(([name]) => name),
      default: value,
    };
  }
  return value === null || value === undefined ? { default: null } : { type: typeof value, default: value };
}
