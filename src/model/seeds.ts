/** Documents that the description itself shows, for resources that nobody can create. */
import type { Example, JsonSchema, Operation } from './description.ts';
import { elementsAt } from './envelope.ts';
import type { Group } from './groups.ts';
import { parametersAbove } from './links.ts';
import { operationOf } from './paths.ts';
import { responseOf } from './representation.ts';
import { type Definitions, isRecord, shapeOf } from './schema.ts';
import type { ResourceId } from './types.ts';

const mostSeeds = 1000;

/**
 * The examples of list and item answers, each document once, as JSON text. Documents under a parent are left out: an
 * example does not say which parent it belongs to. So are items that do not carry their id, since nobody could ask for
 * them.
 */
export function seedsOf(group: Group, id: ResourceId, definitions: Definitions): readonly string[] {
  const listed = group.places
    .filter(({ node }) => parametersAbove(node, 'collection').length === 0)
    .flatMap(({ node, evidence }) =>
      examplesOf(operationOf(node, 'get'), definitions).flatMap((value) =>
        group.kind === 'singleton' ? [value] : elementsAt(value, evidence.list?.envelope.items ?? ''),
      ),
    );
  const single = group.itemPlaces
    .filter(({ node }) => parametersAbove(node, 'item').length === 0)
    .flatMap(({ node }) => examplesOf(operationOf(node, 'get'), definitions))
    .filter((value) => carries(value, id));
  const shown = [...listed, ...single];
  const documents =
    shown.length > 0 || group.parents > 0
      ? shown
      : schemaExamples(group.schema, definitions).filter((value) => group.kind === 'singleton' || carries(value, id));
  return unique(documents.filter(isRecord), group, id).slice(0, group.kind === 'singleton' ? 1 : mostSeeds);
}

function carries(value: unknown, { property }: ResourceId): boolean {
  return property !== undefined && isRecord(value) && Object.hasOwn(value, property);
}

function examplesOf(operation: Operation | undefined, definitions: Definitions): readonly unknown[] {
  const representation = responseOf(operation, definitions);
  if (representation === undefined) return [];
  const declared = representation.examples.map(({ value }: Example) => value);
  return declared.length > 0 ? declared : schemaExamples(representation.schema, definitions);
}

function schemaExamples(schema: JsonSchema | undefined, definitions: Definitions): readonly unknown[] {
  const { example, examples } = shapeOf(schema, definitions).schema;
  return Array.isArray(examples) && examples.length > 0 ? examples : example === undefined ? [] : [example];
}

/** Each id once; a document without one gets its position, where the id is part of documents. */
function unique(
  documents: readonly Readonly<Record<string, unknown>>[],
  group: Group,
  id: ResourceId,
): readonly string[] {
  const texts = new Map<string, string>();
  for (const document of documents) {
    const { property } = id;
    const position = texts.size + 1;
    const known = property !== undefined && Object.hasOwn(document, property) ? document[property] : undefined;
    const given = known ?? (id.type === 'integer' ? position : String(position));
    const whole =
      property === undefined || known !== undefined || group.kind === 'singleton'
        ? document
        : { [property]: given, ...document };
    const key = property === undefined ? JSON.stringify(document) : String(given);
    if (!texts.has(key)) texts.set(key, JSON.stringify(whole));
  }
  return [...texts.values()];
}
