/** A model as definitions: what `definition/expand.ts` puts in is left out, and places with it. */
import { usualExplode, usualStyle } from '../../definition/expand.ts';
import type { Operation, Parameter, PathItem, SecurityScheme } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import type { ApiModel, Binding, Envelope, Resource } from '../../model/types.ts';

/** Members of a definition; `undefined` ones are left out where it is written. */
export type Members = Readonly<Record<string, unknown>>;

export function apiDefinition(model: ApiModel): Members {
  const { paths, $defs, schemaPositions, resources, bindings, inferences, securitySchemes, webhooks, ...facts } = model;
  return {
    ...withoutUsual(facts, { documentation: [], servers: [], mediaTypes: [], security: [], extensions: [] }),
    securitySchemes: unlessEmpty(securitySchemes.map(securitySchemeDefinition)),
    webhooks: webhooks?.map(requestDefinition),
  };
}

/** What `operations` names: those of a path that is declared more than once. */
export function pathDefinition(
  { operations: _, parameters, ...rest }: PathItem,
  operations?: readonly string[],
): Members {
  return {
    ...withoutUsual(rest, { extensions: [] }),
    parameters: unlessEmpty(parameters.map(parameterDefinition)),
    operations,
  };
}

export function operationDefinition(operation: Operation, binding: Binding): Members {
  const { action } = binding;
  const { parameters, ...declared } = declaredDefinition(operation);
  return {
    ...declared,
    parameters,
    success: binding.success === 200 ? undefined : binding.success,
    dialect: binding.dialect === 'plain' ? undefined : binding.dialect,
    requestWrapper: binding.requestWrapper,
    answerWrapper: binding.answerWrapper,
    envelope: 'envelope' in action ? envelopeDefinition(action.envelope) : undefined,
    controls: 'controls' in action ? unlessEmpty(action.controls) : undefined,
    ranges: 'ranges' in action ? action.ranges : undefined,
    changes: 'changes' in action ? action.changes : undefined,
  };
}

export function resourceDefinition({ fields, at: _, ...rest }: Resource): Members {
  return {
    ...withoutUsual(rest, { kind: 'collection', links: [], secrets: [], seeds: [] }),
    fields: fields.map((field) => withoutUsual(field, { array: false, unique: false, indexed: false, text: false })),
  };
}

function declaredDefinition({ method: _, parameters, requestBody, responses, callbacks, at: _at, ...rest }: Operation) {
  return {
    ...withoutUsual(rest, { tags: [], deprecated: false, traits: [], extensions: [] }),
    parameters: unlessEmpty(parameters.map(parameterDefinition)),
    requestBody: requestBody && requestBodyDefinition(requestBody),
    responses: unlessEmpty(responses.map(responseDefinition)),
    callbacks: callbacks?.map(({ paths, ...callback }) => ({
      ...withoutUsual(callback, { extensions: [] }),
      paths: paths.map(requestDefinition),
    })),
  };
}

function requestDefinition(item: PathItem): Members {
  const requests = item.operations.map((operation) => ({
    method: operation.method,
    ...declaredDefinition(operation),
  }));
  return { ...pathDefinition(item), requests };
}

function requestBodyDefinition({ content, ...rest }: NonNullable<Operation['requestBody']>): Members {
  return { ...withoutUsual(rest, { required: false }), content: content.map(mediaTypeDefinition) };
}

function responseDefinition({ headers, content, links, ...rest }: Operation['responses'][number]): Members {
  return {
    ...withoutUsual(rest, { extensions: [] }),
    headers: unlessEmpty(headers.map(parameterDefinition)),
    content: unlessEmpty(content.map(mediaTypeDefinition)),
    links: unlessEmpty(links.map((link) => withoutUsual(link, {}))),
  };
}

function mediaTypeDefinition(mediaType: Operation['responses'][number]['content'][number]): Members {
  const { examples, externalExamples, encoding, ...rest } = mediaType;
  return {
    ...withoutUsual(rest, { extensions: [] }),
    ...examplesDefinition(examples, externalExamples),
    encoding: encoding?.map(({ headers, ...part }) => ({ ...part, headers: headers?.map(parameterDefinition) })),
  };
}

function parameterDefinition({ examples, externalExamples, ...rest }: Parameter): Members {
  const style = usualStyle(rest.in);
  return {
    ...withoutUsual(rest, {
      required: rest.in === 'path',
      style,
      explode: usualExplode(rest.style),
      extensions: [],
    }),
    ...examplesDefinition(examples, externalExamples),
  };
}

function examplesDefinition(examples: Parameter['examples'], external: Parameter['externalExamples']): Members {
  return {
    examples: unlessEmpty(examples.map((example) => withoutUsual(example, { name: '', strict: true }))),
    externalExamples: external?.map((example) => withoutUsual(example, { name: '' })),
  };
}

function securitySchemeDefinition({ parameters, responses, ...rest }: SecurityScheme): Members {
  return {
    ...withoutUsual(rest, { settings: {} }),
    parameters: unlessEmpty(parameters.map(parameterDefinition)),
    responses: unlessEmpty(responses.map(responseDefinition)),
  };
}

function envelopeDefinition(envelope: Envelope): Members | undefined {
  if (
    envelope.kind === 'array' &&
    isUsual(withoutUsual(envelope, { kind: 'array', items: '', slots: [], constants: [] }), {})
  )
    return undefined;
  return withoutUsual(envelope, { slots: [], constants: [] });
}

function withoutUsual(members: object, usual: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([name, value]) => name !== 'at' && !(Object.hasOwn(usual, name) && isUsual(value, usual[name])),
    ),
  );
}

function isUsual(value: unknown, usual: unknown): boolean {
  if (Array.isArray(usual)) return Array.isArray(value) && value.length === 0;
  if (isRecord(usual)) return isRecord(value) && Object.keys(value).length === 0;
  return value === usual;
}

function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
