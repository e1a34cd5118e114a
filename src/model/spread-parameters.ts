import type { Parameter } from './description.ts';
import { type Definitions, shapeOf } from './schema.ts';

/** One name in a query, and the parameter it is a part of: itself, unless an object is spread over several names. */
export interface QueryName {
  readonly name: string;
  /** With the name and the schema of the part. */
  readonly parameter: Parameter;
  /** The parameter that is spread; absent: it is not. */
  readonly whole?: Parameter;
  /** The names of members within `whole`, outermost first: `filter[price][gte]` has `price` and `gte`. */
  readonly members: readonly string[];
}

/**
 * The names under which a query parameter is sent: its own; for `deepObject` those of its members, `filter[status]`,
 * members of members included; for another exploded object the names of its properties.
 *
 * @example queryNames({ name: 'page', style: 'deepObject', … }, {}).map(({ name }) => name) // ['page[number]', 'page[size]']
 */
export function queryNames(parameter: Parameter, definitions: Definitions): readonly QueryName[] {
  const own = { name: parameter.name, parameter, members: [] };
  if (!isSpread(parameter, definitions)) return [own];
  const isDeep = parameter.style === 'deepObject';
  return partsOf(own, parameter, isDeep, definitions, 0);
}

/** Whether other names than the parameter's own may be sent for an object that it is. */
export function isSpread(parameter: Parameter, definitions: Definitions): boolean {
  const { style, explode, contentType, schema } = parameter;
  if (parameter.in !== 'query' || contentType !== undefined) return false;
  if (style !== 'deepObject' && !(explode && style === 'form')) return false;
  return shapeOf(schema, definitions).type === 'object';
}

/** OpenAPI defines one level, and clients write two: `filter[price][gte]`. */
const deepest = 3;

function partsOf(
  { name, parameter, members }: QueryName,
  whole: Parameter,
  isDeep: boolean,
  definitions: Definitions,
  depth: number,
): readonly QueryName[] {
  const { properties } = shapeOf(parameter.schema, definitions);
  return [...properties].flatMap(([member, schema]): readonly QueryName[] => {
    const partName = isDeep ? `${name}[${member}]` : member;
    const part = { ...parameter, name: partName, schema, required: false };
    const found = { name: partName, parameter: part, whole, members: [...members, member] };
    const inner = isDeep && depth + 1 < deepest ? partsOf(found, whole, isDeep, definitions, depth + 1) : [];
    return inner.length > 0 ? inner : [found];
  });
}
