import { compilePattern } from '../../guarded-pattern.ts';
import type { Parameter } from '../../model/description.ts';
import { type Definitions, type Shape, shapeOf } from '../../model/schema.ts';
import type { Exchange } from '../exchange.ts';
import type { OperationContext } from '../service.ts';
import { compileParameterStyle } from './parameter-styles.ts';
import { compileParameterTexts } from './parameter-texts.ts';

/**
 * The value that a request gives for a parameter, in the type that its schema asks for; `undefined` when it gives none.
 */
export function compileParameterValue(
  context: OperationContext,
  parameter: Parameter,
): (exchange: Exchange) => unknown {
  const { $defs } = context.service.model;
  const members = memberNames(parameter, $defs, othersOf(context, parameter));
  const find = compileParameterTexts(context, parameter, (given) => given === parameter.name || members(given));
  const read = compileParameterStyle(parameter, $defs);
  return (exchange) => {
    const texts = find(exchange);
    return texts.length === 0 ? undefined : read(texts);
  };
}

function othersOf({ item, operation }: OperationContext, parameter: Parameter): readonly string[] {
  return [...item.parameters, ...operation.parameters]
    .filter((other) => other.in === parameter.in && other.name !== parameter.name)
    .map(({ name }) => name);
}

/**
 * Objects spread over several query parameters: `filter[name]` (deepObject), or the names of properties (form); in RAML
 * moreover all names that fit a pattern.
 *
 * @param others names of the other parameters; where they are told, an exploded object of free names takes all the rest
 */
export function memberNames(
  parameter: Parameter,
  definitions: Definitions,
  others?: readonly string[],
): (given: string) => boolean {
  if (isPattern(parameter)) {
    const pattern = compilePattern(patternOf(parameter.name));
    return (given) => pattern.test(given);
  }
  if (parameter.style === 'deepObject') return (given) => given.startsWith(`${parameter.name}[`);
  if (parameter.contentType !== undefined || !parameter.explode) return () => false;
  const shape = shapeOf(parameter.schema, definitions);
  if (shape.type !== 'object') return () => false;
  const isOpen = others !== undefined && takesFreeNames(shape);
  return (given) => shape.properties.has(given) || (isOpen && !others.includes(given));
}

function takesFreeNames({ properties, closed, schema: { additionalProperties } }: Shape): boolean {
  if (additionalProperties !== undefined) return additionalProperties !== false;
  return properties.size === 0 && !closed;
}

/** Whether other names than its own may belong to it. */
export function hasMembers(parameter: Parameter): boolean {
  return isPattern(parameter) || parameter.style === 'deepObject' || parameter.explode;
}

// RAML 1.0, section "Additional Properties": a name between slashes stands for all names that fit it.
export function isPattern({ name, in: place }: Parameter): boolean {
  return place === 'query' && /^\/.+\/$/.test(name);
}

export function patternOf(name: string): string {
  return name.slice(1, -1);
}
