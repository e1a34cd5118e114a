import { ApiError, type Violation } from '../errors.ts';
import { suggest } from '../suggest.ts';
import { splitName } from './conditions.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Collects everything that is wrong with a query, so that a client can correct it all at once. */
export interface Report {
  /** `parameter` is `''` where the query as a whole is at fault. */
  readonly invalid: (parameter: string, message: string) => void;
  readonly unknown: (parameter: string) => void;
  /** Throws `ApiError` `unknown-parameter`, else `invalid-parameter`, if anything was reported. */
  readonly throwIfAny: () => void;
}

/** Nobody reads more, and ten thousand of them would be an answer of a megabyte. */
const mostViolations = 20;
/** What `unknown-parameter` lists; some resources have hundreds of fields. */
const mostNames = 40;

export function createReport(vocabulary: Vocabulary, purpose: 'list' | 'many'): Report {
  const violations: Violation[] = [];
  const unknown: string[] = [];
  return {
    invalid: (parameter, message) => {
      if (violations.length >= mostViolations) return;
      violations.push({ in: 'query', ...(parameter !== '' && { parameter: short(parameter) }), message });
    },
    unknown: (parameter) => {
      if (unknown.length < mostViolations) unknown.push(parameter);
    },
    throwIfAny: () => {
      if (unknown.length > 0) throw unknownParameters(unknown, knownNames(vocabulary, purpose));
      if (violations.length === 0) return;
      throw new ApiError('invalid-parameter', 'The query has parameters that are not valid.', { violations });
    },
  };
}

function unknownParameters(unknown: readonly string[], known: readonly string[]): ApiError {
  const [first = ''] = unknown;
  const near = nearest(first, known);
  const shown = known.length > mostNames ? [...known.slice(0, mostNames), '…'] : known;
  return new ApiError('unknown-parameter', `There is no query parameter "${short(first)}".`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Known parameters: ${shown.join(', ')}.`,
    violations: unknown.map((name) => violationOf(name, nearest(name, known))),
  });
}

function violationOf(name: string, near: string | undefined): Violation {
  const message = near === undefined ? 'is not known' : `is not known; did you mean "${near}"?`;
  return { in: 'query', parameter: short(name), message };
}

/** `pric__gte` is near `price__gte`: the operator is no part of the slip. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const split = splitName(name);
  if (split === undefined) return suggest(name, known);
  const field = suggest(split.name, known);
  return field === undefined ? undefined : field + name.slice(split.name.length);
}

function knownNames({ subjects, controls }: Vocabulary, purpose: 'list' | 'many'): readonly string[] {
  const usable = [...controls.values()].filter(({ whose }) => purpose === 'list' || whose === 'declared');
  const fields = [...subjects.keys()].filter((name) => name !== '_pk');
  return [...new Set([...fields, ...usable.map(({ parameter }) => parameter)])];
}

function short(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}
