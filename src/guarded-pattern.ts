import { createContext, Script } from 'node:vm';
import { mayExplode } from './slow-pattern.ts';

/** What ajv needs of a regular expression. */
export interface Pattern {
  test(text: string): boolean;
  /** Ajv tells patterns apart by this. */
  toString(): string;
}

/**
 * The regular expression of a description, which may be invalid under the `u` flag, and may take for ever: `^(a+)+$`
 * needs 2^n steps. One that could is run with a time limit; what it cannot decide in that time does not match.
 */
export function compilePattern(source: string): Pattern {
  const expression = toExpression(source);
  const slow = mayExplode(source);
  return {
    test: (text) => (!slow && text.length <= longestUnguarded ? expression.test(text) : testInTime(expression, text)),
    toString: () => String(expression),
  };
}

/** Even two neighbouring repetitions need n² steps, which is nothing below this length. */
const longestUnguarded = 1_000;
const timeLimit = 100;

function toExpression(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    return toLegacyExpression(source);
  }
}

/** `\-` and the like are errors under `u`, and common. One that is wrong in every way, as readers told, asks for nothing. */
function toLegacyExpression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    return /(?:)/;
  }
}

const script = new Script('expression.test(text)');

/** V8 interrupts a running expression only when the whole script has a time limit. */
function testInTime(expression: RegExp, text: string): boolean {
  try {
    return script.runInContext(createContext({ expression, text }), { timeout: timeLimit }) === true;
  } catch (error) {
    if (hasRunOut(error)) return false;
    throw error;
  }
}

/** The error is born in the script's own context, where `Error` is another class. */
function hasRunOut(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
