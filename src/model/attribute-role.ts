import type { JsonSchema } from './description.ts';
import type { Evidence } from './evidence.ts';
import { databaseSettings } from './fields.ts';
import { folded } from './names.ts';
import type { PathKind } from './overrides.ts';
import { operationOf, type PathNode } from './paths.ts';
import { quoted } from './quoted.ts';
import type { Places, Role } from './roles.ts';
import { type Definitions, schemaKey, shapeOf } from './schema.ts';

/** A property of the item above that has a path of its own. */
export function attributeRole(
  node: PathNode,
  evidence: Evidence,
  places: Places,
  definitions: Definitions,
  said: PathKind | undefined,
): Role | undefined {
  const item = node.parent;
  const above = item === undefined ? undefined : places.get(item);
  if (item === undefined || above?.role.kind !== 'item' || node.parameter !== undefined) return undefined;
  const collection = places.get(above.role.collection);
  const schema =
    above.evidence.document ??
    collection?.evidence.list?.element ??
    collection?.evidence.created ??
    collection?.evidence.posted;
  const wanted = folded(node.segment.name);
  for (const [name, property] of shapeOf(schema, definitions).properties) {
    if (folded(name) !== wanted) continue;
    const shape = shapeOf(property, definitions);
    const settings = databaseSettings(shape.schema);
    if (settings.type === 'relationship') {
      return settings.uselist === false ? { kind: 'singleton', why: '_db_settings: one related document' } : undefined;
    }
    const kind = attributeShape(settings.type, shape.type);
    const declared = settings.type === 'list' || settings.type === 'dict' || said === 'attribute';
    if (kind === undefined || !(declared || agrees(node, evidence, property, definitions))) return undefined;
    return {
      kind: 'attribute',
      item,
      attribute: name,
      shape: kind,
      why: `${quoted(name)} is a property of the item above`,
    };
  }
  return undefined;
}

function attributeShape(setting: unknown, type: string | undefined): 'list' | 'object' | 'value' | undefined {
  if (setting === 'list' || type === 'array') return 'list';
  if (setting === 'dict' || type === 'object') return 'object';
  return type === undefined ? undefined : 'value';
}

/** What the path reads is what the property holds; where it declares nothing, plain values and scalars' lists only. */
function agrees(node: PathNode, evidence: Evidence, property: JsonSchema, definitions: Definitions): boolean {
  const get = operationOf(node, 'get');
  if (get === undefined) return false;
  const shape = shapeOf(property, definitions);
  const element = shapeOf(shape.items, definitions);
  const key = shape.type === 'array' ? schemaKey(shape.items, definitions) : schemaKey(property, definitions);
  switch (evidence.answer) {
    case 'list':
      if (evidence.list?.certainty !== 'array' || shape.type !== 'array') return false;
      return element.type !== 'object' && schemaKey(evidence.list.element, definitions) === key;
    case 'document':
    case 'perhaps':
      return shape.type === 'object' && schemaKey(evidence.document, definitions) === key;
    case 'silent':
      return (
        (shape.type === 'array' && element.type !== 'object' && element.type !== undefined) || shape.type === 'object'
      );
    default:
      return evidence.answer === 'other' && shape.type !== 'array' && shape.type !== 'object';
  }
}
