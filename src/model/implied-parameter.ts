import type { Parameter, Position } from './description.ts';

/** A path parameter that only the template names: any text. */
export function impliedParameter(name: string, at: Position): Parameter {
  return {
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    style: 'simple',
    explode: false,
    examples: [],
    extensions: [],
    at,
  };
}
