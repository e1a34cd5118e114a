/**
 * Parameters and response headers.
 */
import type { Parameter, ParameterPlace, ParameterStyle } from '../../model/description.ts';
import { isSameParameter } from '../../model/parameter.ts';
import type { DocumentNode } from '../document/library.ts';
import { readExamples, readExternalExamples } from './examples.ts';
import {
  dereference,
  entriesOf,
  extensionsOf,
  flagOf,
  placeOf,
  type Reading,
  report,
  schemaOf,
  textOf,
} from './reading.ts';

const PLACES: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie'];
const STYLES: readonly ParameterStyle[] = [
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
];

/** Header parameters that OpenAPI says shall be ignored: other parts of the description speak about them. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** The parameters of a list, without those that cannot be understood. Two of one name and place are a finding. */
export function readParameters(reading: Reading, nodes: readonly DocumentNode[]): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const node of nodes) {
    const target = dereference(reading, node);
    const parameter = target && readParameter(reading, target);
    if (!parameter) continue;
    if (parameters.some((other) => isSameParameter(other, parameter))) {
      const message = `The ${parameter.in} parameter "${parameter.name}" is declared twice in one list.`;
      report(reading, 'duplicate-parameter', message, { at: placeOf(node), hint: 'remove or rename one of the two' });
    } else if (parameter.in === 'header' && IGNORED_HEADERS.has(parameter.name.toLowerCase())) {
      const message = `A header parameter "${parameter.name}" has no effect: OpenAPI describes it elsewhere.`;
      report(reading, 'unsupported-keyword', message, {
        at: placeOf(node),
        severity: 'info',
        hint: 'declare media types in content, and credentials in security',
      });
    } else parameters.push(parameter);
  }
  return parameters;
}

function readParameter(reading: Reading, node: DocumentNode): Parameter | undefined {
  const name = textOf(node, 'name');
  const place = PLACES.find((known) => known === textOf(node, 'in'));
  if (name === undefined || place === undefined) return undefined;
  return describe(reading, node, name, place);
}

/** The headers of a response, as header parameters. `Content-Type` is what `content` says. */
export function readHeaders(reading: Reading, response: DocumentNode): readonly Parameter[] {
  return entriesOf(response, 'headers').flatMap(([name, entry]) => {
    const node = dereference(reading, entry);
    return node && name.toLowerCase() !== 'content-type' ? [describe(reading, node, name, 'header')] : [];
  });
}

function describe(reading: Reading, node: DocumentNode, name: string, place: ParameterPlace): Parameter {
  const style = STYLES.find((known) => known === textOf(node, 'style')) ?? defaultStyle(place);
  const content = entriesOf(node, 'content')[0];
  const schema = schemaOf(reading, content?.[1] ?? node) ?? true;
  const allowReserved = flagOf(node, 'allowReserved');
  const allowEmptyValue = place === 'query' ? flagOf(node, 'allowEmptyValue') : undefined;
  const deprecated = flagOf(node, 'deprecated');
  const description = textOf(node, 'description');
  return {
    name,
    in: place,
    required: place === 'path' || (flagOf(node, 'required') ?? false),
    schema,
    style,
    explode: flagOf(node, 'explode') ?? style === 'form',
    ...(allowReserved === undefined ? {} : { allowReserved }),
    ...(allowEmptyValue === undefined ? {} : { allowEmptyValue }),
    ...(content && { contentType: content[0].toLowerCase() }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    examples: readExamples(reading, content?.[1] ?? node, { schema, isJson: false }),
    ...readExternalExamples(reading, content?.[1] ?? node),
    extensions: extensionsOf(node),
    at: placeOf(node),
  };
}

function defaultStyle(place: ParameterPlace): ParameterStyle {
  return place === 'query' || place === 'cookie' ? 'form' : 'simple';
}
