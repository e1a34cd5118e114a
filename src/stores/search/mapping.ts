import type { Resource } from '../../model/types.ts';
import { hashOf } from './names.ts';
import { operandsOf, type Slot, slotOf } from './slots.ts';

/** An index as Elasticsearch creates it. */
export interface IndexDefinition {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
}

/** How the indexes that are made from now on lie on their servers. Those that there are keep what they have. */
export interface IndexLayout {
  /** How long a document may stay unseen by searches: `1s`. */
  readonly refreshInterval: string;
  /** Primary shards. Default: 1. */
  readonly shards?: number;
  /** Copies of each shard. Default: one as soon as there is a second node. */
  readonly replicas?: number;
}

/** What the index of a resource looks like. */
export function indexDefinition(
  resource: Resource,
  { refreshInterval, shards = 1, replicas }: IndexLayout,
): IndexDefinition {
  const properties = propertiesOf(resource);
  return {
    settings: {
      number_of_shards: shards,
      ...(replicas === undefined ? { auto_expand_replicas: '0-1' } : { number_of_replicas: replicas }),
      refresh_interval: refreshInterval,
      // How long a removal outranks a request that was sent before it and comes after it.
      gc_deletes: '1h',
      'mapping.total_fields.limit': Math.max(1000, 10 * (resource.fields.length + resource.links.length) + 100),
    },
    mappings: {
      // Not `strict`: a document that is stored must not be refused for what it has beside its fields.
      dynamic: false,
      _source: { includes: ['raw'] },
      _meta: { schemaHash: schemaHash(resource) },
      properties,
    },
  };
}

/** Changes when an index of this resource has to be made anew. */
export function schemaHash(resource: Resource): string {
  return hashOf(JSON.stringify([format, propertiesOf(resource)]));
}

/** Raised when entries are built in another way. */
const format = 1;

type Properties = Record<string, unknown>;

function propertiesOf(resource: Resource): Properties {
  const trees = new Map<string, Properties>();
  const properties: Properties = {};
  for (const operand of operandsOf(resource)) {
    for (const [path, mapping] of mappingsOf(slotOf(operand))) {
      const [tree = '', name] = path.split('.');
      if (name === undefined) properties[tree] = mapping;
      else trees.set(tree, { ...trees.get(tree), [name]: mapping });
    }
  }
  for (const [tree, inner] of trees) properties[tree] = { properties: inner };
  return properties;
}

function mappingsOf({
  type,
  exact,
  folded,
  words,
  dates,
}: Slot): readonly (readonly [path: string, mapping: unknown])[] {
  return [
    [exact, { type: exactTypes[type] }],
    ...(folded === undefined ? [] : [[folded, { type: 'keyword', doc_values: false }] as const]),
    ...(words === undefined ? [] : [[words, { type: 'text', analyzer: 'whitespace' }] as const]),
    // One is aggregated and the other searched, so that together they take the room of one.
    ...(dates === undefined
      ? []
      : [
          [dates.measured, { type: 'date', format: 'strict_date_optional_time', index: false }] as const,
          [dates.ordered, { type: 'date', format: 'strict_date_optional_time', doc_values: false }] as const,
          [dates.others, { type: 'keyword', doc_values: false }] as const,
        ]),
  ];
}

/** Integers too are doubles: JavaScript's numbers, no more and no less. */
export const exactTypes = { text: 'keyword', date: 'keyword', number: 'double', boolean: 'boolean' } as const;
