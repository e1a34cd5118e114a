/**
 * Schemas that combine others twice, which combine others twice, and so on: forty such levels check one value 2^40
 * times. Whatever follows the references of one (a validator, a sample) would never come back.
 */
import type { JsonSchema } from '../../model/description.ts';
import { isObject } from '../record.ts';
import { applied, referredTo } from './cycles.ts';

/** FHIR, whose union of all resources is the largest that is published, stays below 1,000. */
export const MAX_CHECKS = 100_000;

/** How often schemas are checked for one value that stands at one place, by the name of the definition. */
export class Checks {
  readonly #counts = new Map<string, number>();

  /**
   * Names among `names` that take more than `MAX_CHECKS`, the innermost of each chain. What refers to those is not
   * told again.
   */
  findMultiplying(defs: Readonly<Record<string, JsonSchema>>, names: readonly string[]): readonly string[] {
    const found: string[] = [];
    const open = new Set<string>();
    // A stack of our own: a chain of references may be longer than calls can nest.
    const stack = names.map((name) => ({ name, leave: false })).reverse();
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      const { name, leave } = step;
      if (leave) {
        open.delete(name);
        const { own, references } = flat(defs[name]);
        const inner = references.map((each) => this.#counts.get(each) ?? 1);
        const count = inner.reduce((sum, each) => sum + each, own);
        this.#counts.set(name, count);
        if (count > MAX_CHECKS && !inner.some((each) => each > MAX_CHECKS)) found.push(name);
      } else if (!this.#counts.has(name) && !open.has(name)) {
        open.add(name);
        stack.push({ name, leave: true });
        for (const next of flat(defs[name]).references) stack.push({ name: next, leave: false });
      }
    }
    return found;
  }
}

/** The schemas that one value is checked against without following references, and the references among them. */
function flat(schema: unknown): { readonly own: number; readonly references: readonly string[] } {
  const references: string[] = [];
  let own = 0;
  const waiting: unknown[] = [schema];
  while (waiting.length > 0) {
    const next = waiting.pop();
    own++;
    if (!isObject(next)) continue;
    const name = referredTo(next);
    if (name !== undefined) references.push(name);
    for (const each of applied(next)) if (each !== undefined) waiting.push(each);
  }
  return { own, references };
}
