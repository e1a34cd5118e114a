/**
 * Schemas that combine others twice, which combine others twice, and so on: forty such levels check one value 2^40
 * times. Whatever follows the references of one (a validator, a sample) would never come back.
 */
import { diagnostic } from '../../diagnostics.ts';
import type { JsonSchema } from '../../model/description.ts';
import { joinPointer } from '../pointer.ts';
import { isObject } from '../record.ts';
import type { ReadResult } from '../result.ts';
import { applied, referredTo } from './cycles.ts';

/** FHIR, whose union of all resources is the largest that is published, stays below 1,000. */
const MAX_CHECKS = 100_000;

/** The result without such schemas, with a finding for each. What refers to one is not told again. */
export function withoutMultiplying(result: ReadResult): ReadResult {
  const { description } = result;
  const found = description ? findMultiplying(description.$defs) : [];
  if (!description || found.length === 0) return result;
  const findings = found.map((name) =>
    diagnostic(
      'size-limit',
      `The schema "${name}" combines so many others, again and again, that nothing can be checked by it.`,
      {
        at: description.schemaPositions[joinPointer('#/$defs', name)],
        hint: 'name each schema once in "allOf", "anyOf" and "oneOf", or in a union',
      },
    ),
  );
  const $defs = { ...description.$defs, ...Object.fromEntries(found.map((name) => [name, true])) };
  return { ...result, description: { ...description, $defs }, diagnostics: [...result.diagnostics, ...findings] };
}

/** The innermost of each chain of definitions that take more than `MAX_CHECKS` for one value. */
function findMultiplying(defs: Readonly<Record<string, JsonSchema>>): readonly string[] {
  const counts = new Map<string, number>();
  const found: string[] = [];
  const open = new Set<string>();
  // A stack of our own: a chain of references may be longer than calls can nest.
  const stack = Object.keys(defs).map((name) => ({ name, leave: false }));
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { name, leave } = step;
    if (leave) {
      const { own, references } = flat(defs[name]);
      const inner = references.map((each) => counts.get(each) ?? 1);
      const count = inner.reduce((sum, each) => sum + each, own);
      counts.set(name, count);
      if (count > MAX_CHECKS && !inner.some((each) => each > MAX_CHECKS)) found.push(name);
    } else if (!counts.has(name) && !open.has(name)) {
      open.add(name);
      stack.push({ name, leave: true });
      for (const next of flat(defs[name]).references) stack.push({ name: next, leave: false });
    }
  }
  return found;
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
