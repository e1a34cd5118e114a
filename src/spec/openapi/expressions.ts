/**
 * Runtime expressions of links and callbacks: `$request.path.id`, `$response.body#/id` (OpenAPI 3.1.1 §4.8.20.3). They
 * are never evaluated here; one that cannot be is told.
 */
import { suggest } from '../../suggest.ts';

/** Where an expression looks a name up. */
export interface Lookup {
  readonly of: 'request' | 'response';
  readonly place: 'header' | 'query' | 'path';
  readonly name: string;
}

export type Expression = { readonly lookup?: Lookup } | { readonly fault: string; readonly hint?: string };

/** The expressions within a value: the whole text, or what stands in braces. A text without any is a constant. */
export function expressionsIn(value: unknown): readonly string[] {
  if (typeof value !== 'string') return [];
  return /^\$[a-z]/i.test(value) ? [value] : [...value.matchAll(/\{(\$[^{}]*)\}/g)].map(([, inside = '']) => inside);
}

/**
 * @example parseExpression('$request.path.id') // { lookup: { of: 'request', place: 'path', name: 'id' } }
 * @example parseExpression('$response.body.id') // { fault: …, hint: 'write $response.body#/id' }
 */
export function parseExpression(text: string): Expression {
  if (['$url', '$method', '$statusCode'].includes(text)) return {};
  const [, head = '', rest = ''] = /^(\$[a-z]*)(.*)$/is.exec(text) ?? [];
  const of = head === '$request' ? 'request' : head === '$response' ? 'response' : undefined;
  if (of === undefined || rest === '') {
    const near = suggest(head, HEADS);
    return { fault: `"${text}" is no runtime expression`, hint: near ? `did you mean "${near}${rest}"?` : EXAMPLES };
  }
  if (/^\.body(?:#(?:\/.*)?)?$/s.test(rest)) return {};
  const pointer = /^\.body[./#]+(.+)$/s.exec(rest)?.[1];
  if (pointer !== undefined) {
    const hint = `write ${head}.body#/${pointer.replaceAll('.', '/')}`;
    return { fault: `"${text}" is no runtime expression: into a body leads a JSON pointer`, hint };
  }
  const [, place = '', name = ''] = /^\.([a-z]*)\.?(.*)$/is.exec(rest) ?? [];
  const known = PLACES.find((each) => each === place);
  if (known !== undefined && name !== '') return { lookup: { of, place: known, name } };
  const near = suggest(place, [...PLACES, 'body']);
  const hint = near ? `did you mean "${head}.${near}${rest.slice(place.length + 1)}"?` : EXAMPLES;
  return { fault: `"${text}" is no runtime expression`, hint };
}

const HEADS = ['$url', '$method', '$statusCode', '$request', '$response'];
const PLACES = ['header', 'query', 'path'] as const;
const EXAMPLES = 'e.g. $request.path.id, $request.query.q, $response.header.Location, $response.body#/id';
