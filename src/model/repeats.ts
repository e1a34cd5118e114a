/**
 * Recursive schemas by which one value is checked several times at each level, so that checking costs 2^depth:
 * `Expression: { oneOf: [{ properties: { and: { items: Expression } } }, { properties: { and: { items: Expression } } }] }`.
 */
import type { JsonSchema } from './description.ts';
import { type Definitions, isRecord } from './schema.ts';

/**
 * The definitions with `keyword: true` in each schema from which two or more ways lead back to it for the same value.
 * No value can cost more than its size without passing many of these; other definitions stay the same objects.
 *
 * @example markRepeats({ Tree: { properties: { children: { items: { $ref: '#/$defs/Tree' } } } } }, 'counted')
 * // unchanged: each child is checked once
 */
export function markRepeats(definitions: Definitions, keyword: string): Definitions {
  const circleOf = circlesIn(definitions);
  if (circleOf.size === 0) return definitions;
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => {
      const circle = circleOf.get(name);
      if (circle === undefined) return [name, schema];
      const { marked } = mark(schema, (reference) => circleOf.get(targetOf(reference) ?? '') === circle, keyword);
      return [name, isRecord(marked) ? marked : schema];
    }),
  );
}

interface Marked {
  readonly marked: unknown;
  /** A reference in it leads back. */
  readonly leads: boolean;
}

type LeadsBack = (reference: string) => boolean;

function mark(schema: unknown, leadsBack: LeadsBack, keyword: string): Marked {
  if (!isRecord(schema)) return { marked: schema, leads: false };
  let ways = 0;
  let leadsDeeper = false;
  const entries = Object.entries(schema).map(([name, value]): readonly [string, unknown] => {
    if (data.has(name)) return [name, value];
    if (name === '$ref') {
      if (typeof value === 'string' && leadsBack(value)) ways++;
      return [name, value];
    }
    const { marked, leading } = markMembers(value, leadsBack, keyword, isNested.has(name));
    if (alongside.has(name)) ways += leading;
    else leadsDeeper ||= leading > 0;
    return [name, marked];
  });
  ways += Number(leadsDeeper);
  const marked = Object.fromEntries(ways > 1 ? [[keyword, true], ...entries] : entries);
  return { marked, leads: ways > 0 };
}

/** How many of a keyword's schemas lead back: it is one, a list of them, or (`nested`) an object of them. */
function markMembers(value: unknown, leadsBack: LeadsBack, keyword: string, nested: boolean) {
  let leading = 0;
  const one = (member: unknown) => {
    const { marked, leads } = mark(member, leadsBack, keyword);
    leading += Number(leads);
    return marked;
  };
  const marked = Array.isArray(value)
    ? value.map(one)
    : nested && isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, one(member)]))
      : one(value);
  return { marked, leading };
}

const data: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples', 'discriminator']);
const isNested: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

/** Each of their schemas may look at the same value; of the others, one does. */
const alongside: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'dependentSchemas',
  'patternProperties',
]);

/** The name in `$defs` that a reference points to or into. */
function targetOf(reference: string): string | undefined {
  const part = /^#\/\$defs\/([^/]+)/.exec(reference)?.[1];
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part.replaceAll('~1', '/').replaceAll('~0', '~');
  }
}

/** The circle of references (strongly connected component, Tarjan 1972) that each recursive definition is part of. */
function circlesIn(definitions: Definitions): ReadonlyMap<string, number> {
  const targets = new Map(Object.entries(definitions).map(([name, schema]) => [name, referencesIn(schema)]));
  const found = new Map<string, number>();
  const order = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const visit = (name: string): number => {
    const known = order.get(name);
    if (known !== undefined) return onPath.has(name) ? known : Number.POSITIVE_INFINITY;
    const own = order.size;
    order.set(name, own);
    path.push(name);
    onPath.add(name);
    let lowest = own;
    for (const target of targets.get(name) ?? []) if (targets.has(target)) lowest = Math.min(lowest, visit(target));
    if (lowest < own) return lowest;
    const members = path.splice(path.indexOf(name));
    for (const member of members) onPath.delete(member);
    if (members.length > 1 || targets.get(name)?.has(name)) for (const member of members) found.set(member, own);
    return lowest;
  };
  for (const name of targets.keys()) visit(name);
  return found;
}

function referencesIn(schema: JsonSchema): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    if (!isRecord(value)) return;
    for (const [keyword, member] of Object.entries(value)) {
      const name = keyword === '$ref' && typeof member === 'string' ? targetOf(member) : undefined;
      if (name === undefined) walk(member);
      else found.add(name);
    }
  };
  walk(schema);
  return found;
}
