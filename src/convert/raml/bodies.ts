/**
 * Bodies by media type, and responses by status.
 */
import type { MediaType, RequestBody, Response } from '../../model/description.ts';
import { annotated } from './annotations.ts';
import { exampleMembers } from './examples.ts';
import { keptAs, keptEncoding, keptExternalExamples, keptLinks } from './kept.ts';
import { ramlParameters } from './parameters.ts';
import { schemaText } from './schema-text.ts';
import type { Translation } from './translation.ts';
import { facets, type RamlType } from './typed.ts';
import { typeOf } from './types.ts';

/** The member `body`, or none. */
export function requestBodyMember(body: RequestBody | undefined, what: string, translation: Translation): object {
  if (body === undefined) return {};
  if (!body.required) translation.report.lost(`That the body of ${what} may be left out cannot be said.`, body.at);
  if (body.description !== undefined) {
    translation.report.lost(`The description of the body of ${what} has no place.`, body.at);
  }
  for (const { name } of body.extensions ?? [])
    translation.report.lost(`"${name}" of the body of ${what} has no place.`, body.at);
  return bodyMember(body.content, translation);
}

/** The member `responses`, or none. */
export function responsesMember(responses: readonly Response[], what: string, translation: Translation): object {
  const { report } = translation;
  const said = responses.filter(({ status, at }) => {
    const isCode = /^[1-5][0-9]{2}$/.test(status);
    if (!isCode) report.lost(`The response "${status}" of ${what} is left out: RAML only knows single codes.`, at);
    return isCode;
  });
  if (said.length === 0) return {};
  const members = said.map((response): [string, object] => [
    response.status,
    ramlResponse(response, what, translation),
  ]);
  return { responses: Object.fromEntries(members) };
}

function ramlResponse(response: Response, what: string, translation: Translation): object {
  const { status, description, headers, content, links, extensions, at } = response;
  return {
    ...(description !== undefined && description !== '' && { description }),
    ...annotated(extensions, translation.annotations),
    ...keptAs('links', keptLinks(links), `The links of ${what} ${status} are kept`, at, translation),
    ...(headers.length > 0 && { headers: ramlParameters(headers, translation) }),
    ...bodyMember(content, translation),
  };
}

function bodyMember(content: readonly MediaType[], translation: Translation): object {
  if (content.length === 0) return {};
  return { body: Object.fromEntries(content.map((each) => [each.mediaType, ramlBody(each, translation)])) };
}

function ramlBody(content: MediaType, translation: Translation): RamlType {
  const { mediaType, schema, at } = content;
  const type = schema === undefined ? {} : bodyType(schema, at, translation);
  const encoding = keptEncoding(content, translation);
  const beside = {
    ...exampleMembers(content.examples),
    ...keptAs('encoding', encoding, `How the parts of a body of ${mediaType} are written is kept`, at, translation),
    ...keptAs('externalExamples', keptExternalExamples(content.externalExamples), ELSEWHERE, at, translation),
    ...annotated(content.extensions, translation.annotations),
  };
  if (Object.keys(beside).length === 0) return type;
  return { ...facets(type), ...beside };
}

const ELSEWHERE = 'Where examples of this body stand is kept';

function bodyType(schema: NonNullable<MediaType['schema']>, at: MediaType['at'], translation: Translation): RamlType {
  const typed = typeOf(schema, translation.types);
  if ('type' in typed) return typed.type;
  translation.report.changed(`This body is written as JSON Schema: RAML's own types have no "${typed.unsaid}".`, at);
  return { type: schemaText(schema, translation.$defs) };
}
