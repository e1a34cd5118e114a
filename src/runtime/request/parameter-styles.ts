import { ApiError } from '../../errors.ts';
import type { Parameter, ParameterStyle } from '../../model/description.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';
import type { QueryPair } from '../../query/decode.ts';
import { compileCoercion, compileFormCoercion } from './coerce.ts';
import { compileDeepObject } from './deep-object.ts';
import { isJsonType } from './media-type.ts';
import type { ParameterText } from './parameter-texts.ts';

/** The value in at least one text that a request gives for a parameter. Throws `ApiError` `invalid-parameter`. */
export type ReadTexts = (texts: readonly ParameterText[]) => unknown;

/** Reads every style of OpenAPI (3.1.1, section 4.8.12.3) and RAML's repetition. */
export function compileParameterStyle(parameter: Parameter, definitions: Definitions): ReadTexts {
  if (parameter.contentType !== undefined) return compileContent(parameter, parameter.contentType, definitions);
  switch (shapeOf(parameter.schema, definitions).type) {
    case 'array':
      return compileArray(parameter, definitions);
    case 'object':
      return compileObject(parameter, definitions);
    default:
      return compileScalar(parameter, definitions);
  }
}

function compileScalar(parameter: Parameter, definitions: Definitions): ReadTexts {
  const coerce = compileCoercion(parameter.schema, definitions);
  const prefix = prefixOf(parameter, true);
  // Repeated where once was meant: the values as they are fail as "must be …".
  return (texts) => (texts.length > 1 ? texts.map(({ text }) => text) : coerce(without(prefix, texts[0]?.text ?? '')));
}

/** OpenAPI `content`: the text is a document of its own. */
function compileContent({ name, in: place, schema }: Parameter, contentType: string, definitions: Definitions) {
  if (!isJsonType((contentType.split(';')[0] ?? '').trim())) {
    const coerce = compileCoercion(schema, definitions);
    return ([given]: readonly ParameterText[]) => coerce(given?.text ?? '');
  }
  return ([given]: readonly ParameterText[]): unknown => {
    try {
      return JSON.parse(given?.text ?? '');
    } catch {
      throw new ApiError('invalid-parameter', `The ${place} parameter "${name}" must be JSON.`, {
        violations: [{ in: place, parameter: name, message: 'must be JSON' }],
      });
    }
  };
}

function compileArray(parameter: Parameter, definitions: Definitions): ReadTexts {
  const { style, explode, name } = parameter;
  const coerce = compileCoercion(shapeOf(parameter.schema, definitions).items, definitions);
  const isRepeated = style === 'repeat' || (explode && !isPrefixed(style) && style !== 'simple');
  if (isRepeated) return (texts) => texts.map(({ text }) => coerce(text));
  const separator = separatorOf(parameter);
  const prefix = prefixOf(parameter, false);
  const itemPrefix = style === 'matrix' && explode ? `${name}=` : '';
  return (texts) =>
    texts.flatMap((given) => {
      if (without(prefix, given.text) === '') return [];
      const [first = '', ...rest] = given.split(separator);
      // `;v=3;v=4` and `.3.4` begin with their separator.
      const items = first === '' && prefix === separator ? rest : [without(prefix, first), ...rest];
      return items.map((item) => coerce(without(itemPrefix, item)));
    });
}

function compileObject(parameter: Parameter, definitions: Definitions): ReadTexts {
  const { style, explode, name, schema } = parameter;
  if (style === 'deepObject') {
    const read = compileDeepObject(schema, definitions);
    return (texts) => read(texts.map(({ name: given, text }) => [given.slice(name.length), text]));
  }
  const members = compileFormCoercion(schema, definitions);
  if (explode && style === 'form') return (texts) => members(texts.map(({ name: given, text }) => [given, text]));
  const separator = separatorOf(parameter);
  const prefix = prefixOf(parameter, false);
  return ([given]) => {
    const [first = '', ...rest] = given?.split(separator) ?? [];
    const parts = first === '' && prefix === separator ? rest : [without(prefix, first), ...rest];
    return members(explode ? parts.map(assigned) : alternating(parts));
  };
}

function isPrefixed(style: ParameterStyle): boolean {
  return style === 'label' || style === 'matrix';
}

/** `.` (label) and `;name=` (matrix; an exploded object has the names of its properties instead) open a value. */
function prefixOf({ style, name, explode }: Parameter, isScalar: boolean): string {
  if (style === 'label') return '.';
  if (style !== 'matrix') return '';
  return explode && !isScalar ? ';' : `;${name}=`;
}

function without(prefix: string, text: string): string {
  return prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function separatorOf({ style, explode }: Parameter): string {
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

/** `R=100` */
function assigned(part: string): QueryPair {
  const equals = part.indexOf('=');
  return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
}

/** `R, 100, G, 200` */
function alternating(parts: readonly string[]): readonly QueryPair[] {
  return parts.flatMap((part, index): QueryPair[] => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : []));
}
