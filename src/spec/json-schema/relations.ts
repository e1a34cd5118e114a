/**
 * Which things belong to which: by Ramses' settings, by `$ref`s, and by properties that hold another thing's id.
 */
import { databaseSettings } from '../../model/fields.ts';
import { folded, kebab, pascal, sameNoun, singular } from '../../model/names.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';
import { type Entity, elementName } from './entities.ts';

export interface Relation {
  readonly parent: Entity;
  readonly child: Entity;
  /** The segment below the parent: `stories`, `profile`. */
  readonly segment: string;
  /** The parent has at most one. */
  readonly single: boolean;
}

export function relationsOf(entities: readonly Entity[], $defs: Definitions): readonly Relation[] {
  const found = entities.flatMap((entity) => [
    ...ownedBy(entity, entities, $defs),
    ...ownersOf(entity, entities, $defs),
  ]);
  const relations = new Map<string, Relation>();
  for (const relation of found) {
    const key = `${relation.parent.definition} ${relation.segment}`;
    if (!relations.has(key)) relations.set(key, relation);
  }
  return [...relations.values()];
}

/**
 * Relations that can be served. What is the only one of something is reached through that alone, so that whoever has it
 * must have a collection: of two that are each other's only one, the first has.
 */
export function reachable(relations: readonly Relation[]): readonly Relation[] {
  const onlyOnes = new Set<Entity>();
  const owners = new Set<Entity>();
  for (const { parent, child, single } of relations) {
    if (!single || onlyOnes.has(parent) || owners.has(child) || parent === child) continue;
    owners.add(parent);
    onlyOnes.add(child);
  }
  return relations.filter(
    ({ parent, child, single }) => !onlyOnes.has(parent) && (!single || (owners.has(parent) && onlyOnes.has(child))),
  );
}

/** Ramses' `relationship`s, and arrays of other things called as these are. */
function ownedBy(parent: Entity, entities: readonly Entity[], $defs: Definitions): readonly Relation[] {
  return [...parent.shape.properties].flatMap(([name, property]) => {
    const settings = databaseSettings(shapeOf(property, $defs).schema);
    if (settings.type === 'relationship') {
      const child = named(String(settings.document), entities);
      return child ? [{ parent, child, segment: kebab(name), single: settings.uselist === false }] : [];
    }
    const child = entities.find(({ definition }) => definition === elementName(property));
    const isCalledSo = child && sameNoun(name, child.plural);
    return isCalledSo ? [{ parent, child, segment: child.plural, single: false }] : [];
  });
}

/** Ramses' `foreign_key`s, and properties such as `authorId` beside a schema of authors. */
function ownersOf(child: Entity, entities: readonly Entity[], $defs: Definitions): readonly Relation[] {
  return [...child.shape.properties].flatMap(([name, property]) => {
    const shape = shapeOf(property, $defs);
    const settings = databaseSettings(shape.schema);
    const isScalar = shape.type === 'string' || shape.type === 'integer';
    const owner = /^(.+?)(?:Id|ID|Uuid|_id|_uuid|-id)$/.exec(name)?.[1];
    const wanted = settings.type === 'foreign_key' ? String(settings.ref_document) : isScalar ? owner : undefined;
    const parent = wanted === undefined ? undefined : named(wanted, entities);
    if (parent === undefined || parent === child) return [];
    // Where the parent says itself how it sees its children, that is the way.
    const isSaid = ownedBy(parent, entities, $defs).some((relation) => relation.child === child);
    return isSaid ? [] : [{ parent, child, segment: child.plural, single: false }];
  });
}

function named(name: string, entities: readonly Entity[]): Entity | undefined {
  return entities.find(({ definition }) => folded(pascal(singular(definition))) === folded(pascal(singular(name))));
}
