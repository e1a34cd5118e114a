import type { ErrorObject } from 'ajv';
import { isRecord } from '../../model/schema.ts';

/** Checks a value against one member of a union; its errors are relative to that value. */
export type CheckMember = (member: object, value: unknown) => readonly ErrorObject[];

/**
 * Errors in which each failed `anyOf` and `oneOf` speaks of one member alone: the one that the value comes nearest to.
 * Nobody wants to read what is wrong by the measure of nine others. The error of the union itself comes last.
 */
export function nearestOnly(errors: readonly ErrorObject[], check: CheckMember): readonly ErrorObject[] {
  return reduce(errors, check, { unions: mostUnions });
}

/** A body may break a union in every item of an array, and each costs a check of all members. */
const mostUnions = 20;

interface Budget {
  unions: number;
}

function reduce(errors: readonly ErrorObject[], check: CheckMember, budget: Budget): readonly ErrorObject[] {
  let left = errors;
  // The error of a union follows those of its members: from behind, outer unions come first.
  for (let index = left.length - 1; index >= 0; index--) {
    const union = left[index];
    if (!union || !isUnion(union) || budget.unions <= 0) continue;
    budget.unions--;
    const members = membersOf(union, check);
    const mine = new Set(members.flatMap((member) => member.errors.map(keyOf)));
    const best = members.toSorted(byNearness)[0];
    const before = left.slice(0, index).filter((error) => !mine.has(keyOf(error)));
    const nearest = best ? reduce(best.errors, check, budget) : [];
    const after = left.slice(index);
    left = [...before, ...nearest, ...after];
    index = before.length;
  }
  return left;
}

function isUnion({ keyword, schema, params }: ErrorObject): boolean {
  // Several members that fit are another matter: there is nothing wrong with the value by any of them.
  return (keyword === 'anyOf' || keyword === 'oneOf') && Array.isArray(schema) && !Array.isArray(params.passingSchemas);
}

interface Member {
  readonly errors: readonly ErrorObject[];
  readonly isOtherType: boolean;
  /** Enums and constants that do not fit say that something else is meant. */
  readonly mismatches: number;
  /** What it requires and the value does not have. */
  readonly missing: number;
}

function membersOf({ schema, data, instancePath }: ErrorObject, check: CheckMember): readonly Member[] {
  const members: readonly unknown[] = Array.isArray(schema) ? schema : [];
  return members.filter(isRecord).map((member) => {
    const errors = check(member, data).map((error) => ({ ...error, instancePath: instancePath + error.instancePath }));
    return {
      errors,
      isOtherType: errors.some((error) => error.keyword === 'type' && error.instancePath === instancePath),
      mismatches: errors.filter(({ keyword }) => keyword === 'enum' || keyword === 'const').length,
      missing: errors.filter(({ keyword }) => keyword === 'required').length,
    };
  });
}

function byNearness(one: Member, other: Member): number {
  return (
    Number(one.isOtherType) - Number(other.isOtherType) ||
    one.mismatches - other.mismatches ||
    one.missing - other.missing ||
    one.errors.length - other.errors.length
  );
}

function keyOf({ instancePath, keyword, params }: ErrorObject): string {
  return `${instancePath}\n${keyword}\n${JSON.stringify(params)}`;
}
