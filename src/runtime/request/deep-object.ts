import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';
import type { QueryPair } from '../../query/decode.ts';
import { compileCoercion } from './coerce.ts';

/**
 * The value of a `deepObject` parameter from what follows its name: `[name]`, `[price][min]`, `[tags][]`, `[tags][0]`.
 * OpenAPI defines one level; deeper ones are read as PHP, Rails and `qs` write them.
 *
 * @example compileDeepObject({ type: 'object' }, {})([['[a][b]', '1']]) // { a: { b: '1' } }
 */
export function compileDeepObject(
  schema: JsonSchema | undefined,
  definitions: Definitions,
): (pairs: readonly QueryPair[]) => unknown {
  return (pairs) =>
    readValue(
      schema,
      pairs.map(([path, text]) => ({ steps: stepsOf(path), text })),
      definitions,
      0,
    );
}

interface Leaf {
  readonly steps: readonly string[];
  readonly text: string;
}

/** Nobody nests deeper on purpose; what is left of a path is one name. */
const deepest = 10;

function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step);
}

function readValue(schema: JsonSchema | undefined, leaves: readonly Leaf[], definitions: Definitions, depth: number) {
  const shape = shapeOf(schema, definitions);
  if (shape.type === 'array') return leaves.map((leaf) => readItem(shape.items, leaf, definitions, depth));
  const [only] = leaves;
  if (leaves.length === 1 && only && (only.steps.length === 0 || depth === deepest)) {
    return compileCoercion(schema, definitions)(only.text);
  }
  if (leaves.every(({ steps }) => steps.length === 0)) return leaves.map(({ text }) => text);
  return readMembers(schema, leaves, definitions, depth);
}

/** Items come in the order of the query; their numbers are not looked at, so that `[9999999]` costs nothing. */
function readItem(
  schema: JsonSchema | undefined,
  { steps, text }: Leaf,
  definitions: Definitions,
  depth: number,
): unknown {
  const [first = '', ...rest] = steps;
  const isNumbered = /^[0-9]*$/.test(first);
  return readValue(schema, [{ steps: isNumbered ? rest : steps, text }], definitions, depth + 1);
}

function readMembers(
  schema: JsonSchema | undefined,
  leaves: readonly Leaf[],
  definitions: Definitions,
  depth: number,
): unknown {
  const gathered = new Map<string, Leaf[]>();
  for (const { steps, text } of leaves) {
    const [first = '', ...rest] = steps;
    gathered.set(first, [...(gathered.get(first) ?? []), { steps: rest, text }]);
  }
  const { properties } = shapeOf(schema, definitions);
  // Not by assignment: `__proto__` is a name like any other.
  return Object.fromEntries(
    [...gathered].map(([name, inner]): [string, unknown] => [
      name,
      readValue(properties.get(name), inner, definitions, depth + 1),
    ]),
  );
}
