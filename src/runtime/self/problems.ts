import { type ErrorCode, errorCatalogue } from '../../errors.ts';
import type { Answer } from '../present/answer.ts';

/** `/problems/<code>`: where a problem's `type` leads. `undefined` for a code that does not exist. */
export function problemAnswer(code: string): Answer | undefined {
  if (!isErrorCode(code)) return undefined;
  const { status, title, help } = errorCatalogue[code];
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, status, title, help }),
  };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
