import { createContext, Script } from 'node:vm';

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
  const mayExplode = nestsRepetition(source);
  return {
    test: (text) =>
      !mayExplode && text.length <= longestUnguarded ? expression.test(text) : testInTime(expression, text),
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

/** A repeated group that holds a repetition or a choice, or a back-reference: the known ways to exponential time. */
function nestsRepetition(source: string): boolean {
  if (/\\[1-9]/.test(source)) return true;
  // Escapes and classes are single characters.
  const plain = source.replace(/\\./gsu, '_').replace(/\[[^\]]*\]/g, '_');
  const groups: { repeats: boolean }[] = [];
  for (const [at, character] of [...plain].entries()) {
    if (character === '(') groups.push({ repeats: false });
    else if (character === ')') {
      const group = groups.pop();
      if (group?.repeats && '*+{'.includes(plain[at + 1] ?? ' ')) return true;
    } else if ('*+{|'.includes(character)) for (const group of groups) group.repeats = true;
  }
  return false;
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
