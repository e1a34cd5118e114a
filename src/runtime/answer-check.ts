import { ApiError } from '../errors.ts';
import type { Answer } from './present/answer.ts';
import { compileResponseCheck } from './present/check-response.ts';
import type { OperationContext } from './service.ts';

/** What of an answer does not fit the description, as an error; `undefined` when all does. */
export type CheckAnswer = (answer: Answer) => ApiError | undefined;

export async function compileAnswerCheck({ service, operation }: OperationContext): Promise<CheckAnswer> {
  const validator = await service.validator();
  const check = compileResponseCheck(operation, service.model.$defs, (schema, value) =>
    validator.response(schema)(value),
  );
  return (answer) => {
    const violations = check(answer);
    if (violations.length === 0) return undefined;
    const list = violations.map(({ pointer, parameter, message }) => `${pointer ?? parameter ?? ''} ${message}`.trim());
    const message = `The answer does not fit the description: ${list.join('; ')}`;
    return new ApiError('invalid-response', message, { violations });
  };
}
