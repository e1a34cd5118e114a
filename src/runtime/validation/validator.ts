import type { JsonSchema } from '../../model/description.ts';
import { once } from '../once.ts';
import type { ChecksAhead } from './ahead.ts';
import { type Check, checkWith } from './check.ts';
import {
  type AjvPackages,
  type CheckedModel,
  type Compiler,
  createCompiler,
  importAjv,
  requireAjv,
} from './compiler.ts';
import type { Purpose } from './purpose.ts';
import { UnusableSchema } from './unusable-schema.ts';

export type { Check } from './check.ts';

/**
 * Checks of one model. Each schema is compiled when it is first asked for, which takes milliseconds. For a schema that
 * cannot be used, `request` and `response` throw `UnusableSchema`, or their checks do.
 */
export interface Validator {
  /**
   * As a client may send it: `readOnly` properties need not be there. Fills in defaults.
   * `first` stops at the first violation: half a million of them would keep everybody else waiting.
   */
  request(schema: JsonSchema, report?: 'all' | 'first'): Check;
  /** As the server must send it: `writeOnly` properties need not be there. Changes nothing. */
  response(schema: JsonSchema): Check;
  /** Whether a value is fit for an answer. Never throws: nothing is known to fit a schema that cannot be used. */
  accepts(schema: JsonSchema, value: unknown): boolean;
}

/**
 * Loads what checks are made with, which costs more than everything else at start, and so is done for the first request
 * that needs it: ajv, or what was compiled ahead. Of that, `onMissing` is told what was not found, or where it belongs to
 * another model; ajv then compiles it.
 */
export async function loadValidator(
  model: CheckedModel,
  ahead?: ChecksAhead,
  onMissing: (message: string) => void = () => undefined,
): Promise<Validator> {
  const find = ahead && (await (await import('./ahead.ts')).loadAhead(ahead, model));
  if (ahead && !find) onMissing('The validators were compiled ahead for another description, and are not used.');
  if (!find) return createValidator(compiling(model, await importAjv()));
  const compile = once(() => compiling(model, requireAjv()));
  return createValidator((purpose, schema) => {
    const found = find(purpose, schema);
    if (found) return found;
    onMissing(`No validator was compiled ahead for ${excerpt(schema)} in ${purpose}.`);
    return compile()(purpose, schema);
  });
}

type MakeCheck = (purpose: Purpose, schema: JsonSchema) => Check;

function createValidator(make: MakeCheck): Validator {
  const requests = memoize((schema) => make('requests', schema));
  const largeRequests = memoize((schema) => make('largeRequests', schema));
  const responses = memoize((schema) => make('responses', schema));
  return {
    request: (schema, report = 'all') => (report === 'all' ? requests(schema) : largeRequests(schema)),
    response: responses,
    accepts(schema, value) {
      try {
        return responses(schema)(value).length === 0;
      } catch (thrown) {
        if (thrown instanceof UnusableSchema) return false;
        throw thrown;
      }
    },
  };
}

function compiling(model: CheckedModel, packages: AjvPackages): MakeCheck {
  const compilers = new Map<Purpose, Compiler>();
  return (purpose, schema) => {
    const compiler = compilers.get(purpose) ?? createCompiler(model, purpose, packages);
    compilers.set(purpose, compiler);
    const { budget, compile, compileMember } = compiler;
    return checkWith({ validate: compile(schema), ofMember: compileMember, budget });
  };
}

/** Makes each check once, or finds out once that it cannot be made. */
function memoize(make: (schema: JsonSchema) => Check): (schema: JsonSchema) => Check {
  const known = new Map<JsonSchema, Check | UnusableSchema>();
  return (schema) => {
    const check = known.get(schema) ?? attempt(() => make(schema));
    known.set(schema, check);
    if (check instanceof UnusableSchema) throw check;
    return check;
  };
}

/** Readers tell of what they know to be wrong; what ajv throws for beyond that is met here. */
function attempt(make: () => Check): Check | UnusableSchema {
  try {
    return make();
  } catch (cause) {
    return new UnusableSchema(cause);
  }
}

function excerpt(schema: JsonSchema): string {
  const text = JSON.stringify(schema);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
