import { suggest } from '../suggest.ts';

/** One variable of the environment: how its text is read, and what holds where it is not set. */
export interface Variable<T> {
  readonly name: string;
  /** What a good text is, for people: `a whole number from 0 to 65535`. */
  readonly expected: string;
  /** `undefined`: the text is none. */
  readonly parse: (text: string) => T | undefined;
  /** Absent: it must be set. */
  readonly fallback?: T;
  /** Never shown. */
  readonly isSecret: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type Variables = Readonly<Record<string, Variable<unknown>>>;

export type Values<V extends Variables> = { readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never };

/** The environment is not as it must be. The message is a table with a line for each variable that is wrong. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly EnvironmentProblem[];

  constructor(problems: readonly EnvironmentProblem[]) {
    super(`The environment is not as it must be:\n\n${tableOf(problems)}`);
    this.problems = problems;
  }
}

export interface EnvironmentProblem {
  readonly variable: string;
  /** `"abc"`, `not set`; never a secret. */
  readonly found: string;
  readonly expected: string;
}

/**
 * Reads the configuration of a process. Each variable may be given as a file instead, as mounted secrets are:
 * `MONGODB_URL_FILE=/run/secrets/mongodb-url`. An empty variable counts as one that is not set, as in compose files.
 *
 * @throws EnvironmentError that tells all problems at once
 *
 * @example readEnvironment(process.env, { port: integer('PORT', { from: 0, to: 65_535, fallback: 3000 }) }, read).port
 */
export function readEnvironment<const V extends Variables>(
  environment: Environment,
  variables: V,
  readFile: (path: string) => string,
): Values<V> {
  const problems: EnvironmentProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(variables)) {
    const given = givenText(environment, variable, readFile);
    if ('problem' in given) problems.push(given.problem);
    else values[key] = given.text === undefined ? variable.fallback : parsed(variable, given.text, problems);
  }
  if (problems.length > 0) throw new EnvironmentError(problems);
  assertComplete<V>(values);
  return values;
}

type Given = { readonly text: string | undefined } | { readonly problem: EnvironmentProblem };

function givenText(environment: Environment, variable: Variable<unknown>, readFile: (path: string) => string): Given {
  const { name, expected } = variable;
  const fileName = `${name}_FILE`;
  const text = environment[name] || undefined;
  const file = environment[fileName] || undefined;
  if (text !== undefined && file !== undefined) {
    return problem(name, `set, and so is ${fileName}`, 'one of the two');
  }
  if (file !== undefined) {
    try {
      // Editors and `echo` end a file with a newline that is no part of the secret.
      return { text: readFile(file).replace(/\r?\n$/, '') };
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      return problem(fileName, JSON.stringify(file), `a file that can be read${reason}`);
    }
  }
  if (text !== undefined || 'fallback' in variable) return { text };
  const near = suggest(name, Object.keys(environment));
  return problem(name, 'not set', near === undefined ? expected : `${expected}; ${near} is set: was ${name} meant?`);
}

function problem(variable: string, found: string, expected: string): Given {
  return { problem: { variable, found, expected } };
}

function parsed({ name, parse, expected, isSecret }: Variable<unknown>, text: string, problems: EnvironmentProblem[]) {
  const value = parse(text);
  if (value === undefined) {
    problems.push({ variable: name, found: isSecret ? 'set, and a secret' : JSON.stringify(text), expected });
  }
  return value;
}

function tableOf(problems: readonly EnvironmentProblem[]): string {
  const width = (column: 'variable' | 'found') => Math.max(...problems.map((row) => row[column].length));
  return problems
    .map(({ variable, found, expected }) =>
      `  ${variable.padEnd(width('variable'))}  ${found.padEnd(width('found'))}  expected ${expected}`.trimEnd(),
    )
    .join('\n');
}

/** Each key of the variables was set above, or the function has thrown. */
function assertComplete<V extends Variables>(_values: object): asserts _values is Values<V> {}
