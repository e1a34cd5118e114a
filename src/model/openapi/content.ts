import type { Encoding, JsonSchema, MediaType, RequestBody } from '../description.ts';
import { openapiExtensions } from './extensions.ts';
import { openapiExamples, openapiHeaders } from './parameters.ts';

type Translate = (schema: JsonSchema) => JsonSchema;

/** Media Type objects by media type: the `content` of a body. */
export function openapiContent(content: readonly MediaType[], translate: Translate): Readonly<Record<string, object>> {
  const named = content.map((media): [string, object] => {
    const { schema, encoding } = media;
    return [
      media.mediaType,
      {
        ...(schema !== undefined && { schema: translate(schema) }),
        ...openapiExamples(media),
        ...(encoding && { encoding: Object.fromEntries(encoding.map((each) => openapiEncoding(each, translate))) }),
        ...openapiExtensions(media.extensions),
      },
    ];
  });
  return Object.fromEntries(named);
}

function openapiEncoding(
  { name, headers = [], extensions = [], ...said }: Encoding,
  translate: Translate,
): [string, object] {
  const described = openapiHeaders(headers, translate);
  return [
    name,
    {
      ...said,
      ...(Object.keys(described).length > 0 && { headers: described }),
      ...openapiExtensions(extensions),
    },
  ];
}

/** A Request Body object with what is declared. */
export function openapiRequestBody(body: RequestBody, translate: Translate): object {
  return { ...aboutBody(body), content: openapiContent(body.content, translate) };
}

/** What a Request Body object says besides its content. */
export function aboutBody(body: RequestBody | undefined): object {
  return {
    ...(body?.description !== undefined && { description: body.description }),
    ...(body?.required && { required: true }),
    ...openapiExtensions(body?.extensions ?? []),
  };
}
