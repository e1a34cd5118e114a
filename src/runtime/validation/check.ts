import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Violation } from '../../errors.ts';
import type { WorkBudget } from '../../guarded-schema.ts';
import { isRecord, isSchema } from '../../model/schema.ts';
import { nearestOnly } from './nearest.ts';
import { UnusableSchema } from './unusable-schema.ts';
import { toViolations } from './violations.ts';

/** All violations of a value; applies defaults to it. Pointers are relative to the value. */
export type Check = (value: unknown) => readonly Violation[];

/** What ajv makes of a schema, now or long ago. */
export interface CheckFunction {
  (value: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

export interface CheckParts {
  readonly validate: CheckFunction;
  /** The function for a member of a union that `validate` found to fail. */
  readonly ofMember: (member: object) => CheckFunction;
  readonly budget: WorkBudget;
}

/** The check that a function gives: in words that help, by the nearest form, and with a bound on its work. */
export function checkWith({ validate, ofMember, budget }: CheckParts): Check {
  const members = new WeakMap<object, CheckFunction>();
  const checkMember = (member: object, value: unknown): readonly ErrorObject[] => {
    const checkIt = members.get(member) ?? ofMember(member);
    members.set(member, checkIt);
    return checkIt(value) ? [] : (checkIt.errors ?? []);
  };
  const check = (value: unknown): readonly Violation[] => {
    if (validate(value)) return none;
    return toViolations(nearestOnly(validate.errors ?? [], checkMember), knownProperties);
  };
  return (value) => {
    try {
      return budget.within(value, () => check(value)) ?? tooDeep;
    } catch (thrown) {
      // No value is nested deeply enough for it: the schema leads back to itself for the same value.
      if (thrown instanceof RangeError) throw new UnusableSchema(thrown);
      throw thrown;
    }
  };
}

const none: readonly Violation[] = [];
const tooDeep: readonly Violation[] = [
  {
    pointer: '',
    message: 'nests too deeply to be checked: at each level of it several forms are possible; nest it less deeply',
  },
];

/** With `verbose`, ajv hands over the schema object that holds the failing keyword. */
function knownProperties({ parentSchema }: ErrorObject): readonly string[] {
  const properties: unknown = parentSchema?.properties;
  return isRecord(properties) ? Object.keys(properties).filter((name) => isSchema(properties[name])) : [];
}
