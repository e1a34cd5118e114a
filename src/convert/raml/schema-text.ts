/**
 * A schema as JSON text, for what RAML's own types cannot say: RAML takes it wherever it takes a type of a body or a name.
 */
import type { ApiDescription, JsonSchema } from '../../model/description.ts';
import { pointerSteps } from '../../model/pointer.ts';
import { isRecord } from '../../model/schema.ts';
import { inOldestDraft } from './older-draft.ts';

/** The text, with every definition that the schema leads to inside of it, in a draft that readers of RAML know. */
export function schemaText(schema: JsonSchema, $defs: ApiDescription['$defs']): string {
  const whole = selfContained(schema, $defs);
  const body = whole === true ? {} : whole === false ? { not: {} } : whole;
  return JSON.stringify(inOldestDraft(body), null, 2);
}

/** The schema with every definition that it leads to in `$defs` of its own. */
export function selfContained(schema: JsonSchema, $defs: ApiDescription['$defs']): JsonSchema {
  const inlined = new Map<string, JsonSchema>();
  const waiting = [...definitionsIn(schema)];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const definition = Object.hasOwn($defs, name) ? $defs[name] : undefined;
    if (definition === undefined || inlined.has(name)) continue;
    inlined.set(name, definition);
    waiting.push(...definitionsIn(definition));
  }
  if (typeof schema === 'boolean' || inlined.size === 0) return schema;
  return { ...schema, $defs: Object.fromEntries(inlined) };
}

/** The definition that a reference names, `undefined` for anything else. */
export function definitionOf(reference: unknown): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#/$defs/')) return undefined;
  return pointerSteps(reference)[1];
}

/** Every text in a schema that leads to a definition: `$ref`s, and the values of a discriminator's `mapping`. */
function definitionsIn(schema: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: unknown[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) waiting.push(...next.filter((entry) => entry !== undefined));
    else if (isRecord(next)) waiting.push(...Object.values(next).filter((entry) => entry !== undefined));
    const name = definitionOf(next);
    if (name !== undefined) found.add(name);
  }
  return found;
}
