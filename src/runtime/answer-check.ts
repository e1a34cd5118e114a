import { ApiError, type Violation } from '../errors.ts';
import type { Answer } from './present/answer.ts';
import { compileResponseCheck } from './present/check-response.ts';
import { toApiError } from './problems.ts';
import type { OperationContext } from './service.ts';
import { UnusableSchema } from './validation/unusable-schema.ts';

/**
 * What of an answer does not fit the description, as an error `invalid-response`, or `unusable-schema` where nobody can
 * tell; `undefined` when all fits.
 */
export type CheckAnswer = (answer: Answer) => ApiError | undefined;

export async function compileAnswerCheck({ service, operation, binding }: OperationContext): Promise<CheckAnswer> {
  const validator = await service.validator();
  const check = compileResponseCheck(operation, service.model.$defs, (schema, value) =>
    validator.response(schema)(value),
  );
  return (answer) => {
    let violations: readonly Violation[];
    try {
      violations = check(answer);
    } catch (thrown) {
      if (!(thrown instanceof UnusableSchema)) throw thrown;
      return toApiError(thrown, { name: `${binding.method.toUpperCase()} ${binding.path}`, resource: undefined });
    }
    if (violations.length === 0) return undefined;
    const list = violations.map(({ pointer, parameter, message }) => `${pointer ?? parameter ?? ''} ${message}`.trim());
    const message = `The answer does not fit the description: ${list.join('; ')}`;
    return new ApiError('invalid-response', message, { violations });
  };
}
