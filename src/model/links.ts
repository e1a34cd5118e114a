/**
 * How documents know their parents: by a property that the description declares, else by a link beside the document.
 */

import { nounOf } from './evidence.ts';
import { databaseSettings } from './fields.ts';
import type { Group } from './groups.ts';
import { folded, pascal, singular } from './names.ts';
import { propertyOverrides } from './overrides.ts';
import { lineOf, type PathNode } from './paths.ts';
import { type Definitions, propertyNamed, shapeOf } from './schema.ts';

/** What a parent is called from below: `author` for `/authors/{authorId}/…`, `owner` for `/repos/{owner}/{repo}/…`. */
export function parentNameOf(parameter: PathNode): string {
  const name = parameter.segment.name;
  const isOnly = parameter.parent?.segment.kind !== 'parameter' && parameter.parameter === undefined;
  const noun = singular(nounOf(parameter));
  if (isOnly && noun !== '') return noun;
  return singular(name.replace(/[-_]?(?:id|uuid)$/i, '')) || noun || 'parent';
}

/**
 * The property of a child that holds the id of the parent which this parameter selects.
 *
 * @param child The node below the parameter whose documents are linked; its name tells which relationship of Ramses.
 */
export function linkPropertyOf(
  parameter: PathNode,
  child: PathNode,
  group: Group,
  parent: Group | undefined,
  definitions: Definitions,
): string | undefined {
  const documents = shapeOf(group.schema, definitions);
  for (const [name, schema] of documents.properties) {
    const said = propertyOverrides(shapeOf(schema, definitions).schema).parent;
    if (said !== undefined && parent !== undefined && [parent.resource, parent.noun].includes(said)) return name;
  }
  const back = backReference(child, group, parent, definitions);
  if (back !== undefined) return back;
  const names = candidateNames(parameter);
  for (const wanted of names) {
    const name = propertyNamed(documents, wanted);
    const held = shapeOf(name === undefined ? undefined : documents.properties.get(name), definitions);
    if (name !== undefined && held.type !== 'object' && held.type !== 'array') return name;
  }
  return undefined;
}

/** Folded names of a property that holds the parent's id: `authorId` before `author`. */
function candidateNames(parameter: PathNode): readonly string[] {
  const parent = folded(parentNameOf(parameter));
  const own = folded(parameter.segment.name);
  const long = own === 'id' || own === 'uuid' || own === parent ? [] : [own];
  return [`${parent}id`, `${parent}uuid`, ...long, parent, `${parent}${own}`, `${parent}key`, `parent${parent}id`];
}

/** Ramses: the parent's relationship called like the path names the child's back-reference. */
function backReference(
  child: PathNode,
  group: Group,
  parent: Group | undefined,
  definitions: Definitions,
): string | undefined {
  if (parent === undefined) return undefined;
  const wanted = folded(nounOf(child));
  const documents = shapeOf(parent.schema, definitions);
  const relation = documents.properties.get(propertyNamed(documents, wanted) ?? '');
  const settings = databaseSettings(shapeOf(relation, definitions).schema);
  if (settings.type === 'relationship' && typeof settings.backref_name === 'string') return settings.backref_name;
  return foreignKey(group, parent, definitions);
}

function foreignKey(group: Group, parent: Group, definitions: Definitions): string | undefined {
  const type = pascal(singular(parent.noun));
  for (const [name, schema] of shapeOf(group.schema, definitions).properties) {
    const settings = databaseSettings(shapeOf(schema, definitions).schema);
    if (settings.type === 'foreign_key' && settings.ref_document === type) return name;
  }
  return undefined;
}

/**
 * The parameters that say below which parents documents are, outermost first: of an item, without its own, which is its
 * id; of a collection, with its own, if it is one (`/{index}/{type}` lists what `/{index}/{type}/{id}` selects).
 */
export function parametersAbove(node: PathNode, of: 'collection' | 'item'): readonly PathNode[] {
  return lineOf(node).filter((step) => (step !== node || of === 'collection') && step.segment.kind === 'parameter');
}
