import type { Parameter, ParameterStyle } from '../../model/description.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';
import type { QueryPair } from '../../query/decode.ts';
import type { Exchange } from '../exchange.ts';
import type { OperationContext } from '../service.ts';
import { type Coerce, compileCoercion, compileFormCoercion } from './coerce.ts';

/**
 * The value that a request gives for a parameter, in the type that its schema asks for; `undefined` when it gives none.
 * Reads every style of OpenAPI (section 4.8.12.2) and RAML's repetition.
 */
export function compileParameterValue(
  context: OperationContext,
  parameter: Parameter,
): (exchange: Exchange) => unknown {
  const find = compileSource(context, parameter);
  const read = compileStyle(parameter, context.service.model.$defs);
  return (exchange) => {
    const pairs = find(exchange);
    return pairs.length === 0 ? undefined : read(pairs);
  };
}

/** The texts that a request gives for a parameter, by name. */
function compileSource(context: OperationContext, parameter: Parameter): (exchange: Exchange) => readonly QueryPair[] {
  const { name, in: place } = parameter;
  switch (place) {
    case 'path': {
      const position = context.parameters.indexOf(name);
      return ({ values }) => {
        const value = values[position];
        return value === undefined ? [] : [[name, value]];
      };
    }
    case 'query': {
      const members = memberNames(parameter, context.service.model.$defs);
      return ({ pairs }) => pairs.filter(([given]) => given === name || members(given));
    }
    case 'header': {
      const lower = name.toLowerCase();
      return ({ request }) => {
        const value = request.headers[lower];
        return value === undefined ? [] : [[name, String(value)]];
      };
    }
    case 'cookie':
      return ({ request }) => cookies(request.headers.cookie).filter(([given]) => given === name);
  }
}

/** Objects spread over several query parameters: `filter[name]` (deepObject), or the names of properties (form). */
export function memberNames(parameter: Parameter, definitions: Definitions): (given: string) => boolean {
  if (parameter.style === 'deepObject') return (given) => given.startsWith(`${parameter.name}[`);
  if (parameter.contentType !== undefined || !parameter.explode) return () => false;
  const shape = shapeOf(parameter.schema, definitions);
  return shape.type === 'object' ? (given) => shape.properties.has(given) : () => false;
}

function cookies(header: string | undefined): readonly QueryPair[] {
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.includes('='))
    .map((part): QueryPair => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1).replace(/^"(.*)"$/, '$1')];
    });
}

type Read = (pairs: readonly QueryPair[]) => unknown;

function compileStyle(parameter: Parameter, definitions: Definitions): Read {
  const { schema, style, explode, name } = parameter;
  if (parameter.contentType !== undefined)
    return ([pair]) => compileCoercion({ type: ['object', 'array'] }, {})(pair?.[1] ?? '');
  const shape = shapeOf(schema, definitions);
  if (shape.type === 'array') return compileArray(parameter, compileCoercion(shape.items, definitions));
  if (shape.type === 'object') {
    const members = compileFormCoercion(schema, definitions);
    if (style === 'deepObject') {
      return (pairs) => members(pairs.map(([given, text]) => [given.slice(name.length).replace(/^\[|\]$/g, ''), text]));
    }
    if (style === 'form' && explode) return (pairs) => members(pairs);
    return ([pair]) => members(alternating(unwrap(parameter, pair?.[1] ?? ''), explode));
  }
  const coerce = compileCoercion(schema, definitions);
  // Repeated where once was meant: the values as they are fail as "must be …".
  return (pairs) => (pairs.length > 1 ? pairs.map(([, text]) => text) : coerce(unwrap(parameter, pairs[0]?.[1] ?? '')));
}

function compileArray(parameter: Parameter, coerce: Coerce): Read {
  const { style, explode } = parameter;
  if (style === 'repeat' || (style === 'form' && explode)) return (pairs) => pairs.map(([, text]) => coerce(text));
  const separator = separatorOf(style, explode);
  return (pairs) => {
    // Both ways of repeating are understood, as servers do that follow no style strictly.
    const texts = pairs.flatMap(([, text]) => unwrap(parameter, text).split(separator));
    const prefix = style === 'matrix' && explode ? `${parameter.name}=` : '';
    return texts.map((text) => coerce(text.startsWith(prefix) ? text.slice(prefix.length) : text));
  };
}

function separatorOf(style: ParameterStyle, explode: boolean): string {
  switch (style) {
    case 'spaceDelimited':
      return ' ';
    case 'pipeDelimited':
      return '|';
    case 'label':
      return explode ? '.' : ',';
    case 'matrix':
      return explode ? ';' : ',';
    default:
      return ',';
  }
}

/** `.a` (label) and `;name=a` (matrix) without what introduces them. */
function unwrap({ style, name }: Parameter, text: string): string {
  if (style === 'label') return text.replace(/^\./, '');
  if (style === 'matrix') return text.startsWith(`;${name}=`) ? text.slice(name.length + 2) : text.replace(/^;/, '');
  return text;
}

/** `R,100,G,200`, or `R=100,G=200` when exploded. */
function alternating(text: string, explode: boolean): readonly QueryPair[] {
  const parts = text.split(',');
  if (explode) {
    return parts.map((part): QueryPair => {
      const equals = part.indexOf('=');
      return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    });
  }
  return parts.flatMap((part, index): QueryPair[] => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : []));
}
