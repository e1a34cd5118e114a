import type { JsonSchema, SchemaObject } from '../../src/model/description.ts';
import { fieldsOf } from '../../src/model/fields.ts';
import type { Resource } from '../../src/model/types.ts';
import { resource } from '../stores/bookstore.ts';

export interface TestDescription {
  readonly resources: readonly Resource[];
  readonly $defs: Readonly<Record<string, JsonSchema>>;
  readonly schemaPositions: Readonly<Record<string, never>>;
  readonly paths: readonly [];
}

/** A description of one resource whose documents have these properties, and an `id`. */
export function described(
  properties: Readonly<Record<string, JsonSchema>>,
  {
    required = [],
    name = 'books',
    more = {},
  }: { required?: readonly string[]; name?: string; more?: Partial<Resource> } = {},
): TestDescription {
  const schema: SchemaObject = {
    type: 'object',
    required: ['id', ...required],
    properties: { id: { type: 'string' }, ...properties },
    additionalProperties: false,
  };
  const id = { property: 'id', type: 'string', generate: 'none', clientMayChoose: true, scope: 'global' } as const;
  const made = resource(name, fieldsOf(schema, {}).fields, { schema, id, ...more });
  return { resources: [made], $defs: {}, schemaPositions: {}, paths: [] };
}
