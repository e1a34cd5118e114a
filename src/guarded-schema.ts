import type { Ajv2020 } from 'ajv/dist/2020.js';
import { markRepeats } from './model/repeats.ts';
import type { Definitions } from './model/schema.ts';

/**
 * Keeps the work for one value in proportion to its size. By a recursive schema whose forms overlap, each level may
 * double it, and some hundred bytes would keep everybody else waiting for minutes.
 */
export interface WorkBudget {
  /** Called for each schema that can multiply work; throws when there was too much of it. */
  visit(): boolean;
  /**
   * Runs a check of `value` by functions that call `visit`.
   *
   * @returns What the check gave; `undefined` when it was broken off.
   */
  within<Result>(value: unknown, check: () => Result): Result | undefined;
}

/** A work budget of one ajv. */
export interface WorkGuard extends WorkBudget {
  /** The definitions to give to ajv instead; only schemas that can multiply work are changed. */
  readonly definitions: Definitions;
}

/** Counts in what ajv generates, so that the same value always ends the same, on every machine. */
export function guardWork(ajv: Ajv2020, definitions: Definitions): WorkGuard {
  const budget = createWorkBudget();
  ajv.addKeyword({ keyword, schema: false, errors: false, before: 'not', validate: budget.visit });
  return { ...budget, definitions: markRepeats(definitions, keyword) };
}

/** For functions that are there already. */
export function createWorkBudget(): WorkBudget {
  let left = 0;
  let isExtended = false;
  let current: unknown;
  const visit = (): boolean => {
    if (--left >= 0) return true;
    if (isExtended) throw new OutOfWork();
    isExtended = true;
    left = countNodes(current) * visitsPerNode - visitsForAll;
    return visit();
  };
  return {
    visit,
    within(value, check) {
      left = visitsForAll;
      isExtended = false;
      current = value;
      try {
        return check();
      } catch (error) {
        if (error instanceof OutOfWork) return undefined;
        throw error;
      } finally {
        current = undefined;
      }
    },
  };
}

/** Whether ajv's work was broken off; never leaves this file. */
class OutOfWork extends Error {
  override readonly name = 'OutOfWork';
}

const keyword = 'countVisits';

/** Enough for whatever a person writes: the size is not even asked for. */
const visitsForAll = 20_000;
/** A node of a large document is looked at by each form that it may have. */
const visitsPerNode = 32;

function countNodes(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const node = open.pop();
    count++;
    if (typeof node === 'object' && node !== null) for (const member of Object.values(node)) open.push(member);
  }
  return count;
}
