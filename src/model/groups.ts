/**
 * Places that lead to one and the same kind of thing, gathered: `/books` and `/authors/{authorId}/books`.
 */
import type { JsonSchema } from './description.ts';
import { nounOf } from './evidence.ts';
import { isAlike } from './likeness.ts';
import { linkPropertyOf } from './links.ts';
import { sameNoun, singular } from './names.ts';
import { pathOverrides, schemaOverrides } from './overrides.ts';
import { isPrefix, lineOf, operationOf, type PathNode } from './paths.ts';
import type { Place } from './roles.ts';
import { type Definitions, schemaKey, shapeOf } from './schema.ts';

/** A resource in the making. */
export interface Group {
  readonly kind: 'collection' | 'singleton';
  readonly noun: string;
  /** Collections and their items, or singletons; the first is the principal one. */
  readonly places: Place[];
  readonly itemPlaces: Place[];
  /** What a document looks like: the most telling schema among all places. */
  schema: JsonSchema | undefined;
  key: string | undefined;
  /** How many values the path above needs. */
  readonly parents: number;
  /** Why places were gathered, for `inspect`. */
  readonly reasons: { readonly place: Place; readonly why: string }[];
  /** The name that the author gives it. */
  resource: string | undefined;
}

/** Every place that stores something belongs to one group. */
export interface Groups {
  readonly all: readonly Group[];
  readonly byNode: ReadonlyMap<PathNode, Group>;
}

/** Gathers places, the shallowest path first, so that nested ones join it. */
export function groupsOf(places: ReadonlyMap<PathNode, Place>, definitions: Definitions): Groups {
  const candidates = candidatesOf(places, definitions);
  const all: Group[] = [];
  const byNode = new Map<PathNode, Group>();
  const index: Index = { byType: new Map(), namesakes: new Map(), byNoun: new Map(), byName: new Map() };
  for (const candidate of candidates.toSorted((left, right) => left.parents - right.parents)) {
    const target = candidate.kind === 'collection' ? targetOf(candidate, index, byNode, definitions) : undefined;
    const group = target?.group ?? candidate;
    if (target === undefined) {
      all.push(candidate);
      remember(candidate, index, definitions);
    } else {
      join(candidate, target.group, target.why);
    }
    for (const place of [...candidate.places, ...candidate.itemPlaces]) byNode.set(place.node, group);
  }
  return { all: inOrder(all, places), byNode };
}

/** One group for each collection and singleton, before any are joined. */
function candidatesOf(places: ReadonlyMap<PathNode, Place>, definitions: Definitions): readonly Group[] {
  const groups = new Map<PathNode, Group>();
  for (const place of places.values()) {
    const { role, node } = place;
    if (role.kind === 'collection' || role.kind === 'singleton') {
      const home = role.kind === 'collection' && role.over !== undefined ? groups.get(role.over) : undefined;
      if (home === undefined) groups.set(node, groupOf(place, role.kind));
      else home.places.push(place);
    } else if (role.kind === 'item') {
      const collection = places.get(role.collection);
      let group = groups.get(role.collection);
      if (group === undefined && collection !== undefined) {
        group = { ...groupOf(collection, 'collection'), noun: nounOf(node) };
        groups.set(role.collection, group);
      }
      group?.itemPlaces.push(place);
    }
  }
  for (const group of groups.values()) describe(group, definitions);
  return [...groups.values()];
}

function groupOf(place: Place, kind: Group['kind']): Group {
  const said = place.node.items.map(({ extensions }) => pathOverrides(extensions).resource);
  return {
    kind,
    noun: nounOf(place.node),
    places: [place],
    itemPlaces: [],
    schema: undefined,
    key: undefined,
    parents: parentsOf(place.node),
    reasons: [],
    resource: said.find((name) => name !== undefined),
  };
}

/** Finds the schema of one document: of an item, else of a list's element, else of what POST gives or takes. */
function describe(group: Group, definitions: Definitions): void {
  const schemas = [
    ...group.itemPlaces
      .filter((place) => place.evidence.answer !== 'list' && !answersTheList(place, group, definitions))
      .map(({ evidence }) => evidence.document),
    ...(group.kind === 'singleton' ? group.places.map(({ evidence }) => evidence.document) : []),
    ...group.places.map(({ evidence }) => evidence.list?.element),
    ...group.places.map(({ evidence }) => evidence.created),
    ...group.places.map(({ evidence }) => evidence.posted),
  ];
  const objects = schemas.filter((schema) => {
    const shape = shapeOf(schema, definitions);
    return schema !== undefined && (shape.type === 'object' || shape.properties.size > 0);
  });
  const best = objects.find((schema) => shapeOf(schema, definitions).properties.size > 0) ?? objects[0];
  group.schema = best;
  group.key = schemaKey(best, definitions);
  group.resource ??= schemaOverrides(shapeOf(best, definitions).schema).resource;
}

/** The description gives the item the answer of the list: a mistake, and no document. */
export function answersTheList({ evidence }: Place, group: Group, definitions: Definitions): boolean {
  const key = schemaKey(evidence.answered, definitions);
  return (
    key !== undefined &&
    group.places.some(
      (place) => place.evidence.list !== undefined && schemaKey(place.evidence.answered, definitions) === key,
    )
  );
}

/** Groups that others may join. Only those at the root are found by type and noun: a nested list never swallows another. */
interface Index {
  readonly byType: Map<string, Group[]>;
  /** Of one type, those that are called after it: `/books` of `Book`. */
  readonly namesakes: Map<string, Group[]>;
  readonly byNoun: Map<string, Group[]>;
  /** The first group of a name, nested or not: for `x-cartouche`. */
  readonly byName: Map<string, Group>;
}

interface Target {
  readonly group: Group;
  readonly why: string;
}

/** The group that a candidate belongs to, if it is none of its own. */
function targetOf(
  candidate: Group,
  index: Index,
  byNode: ReadonlyMap<PathNode, Group>,
  definitions: Definitions,
): Target | undefined {
  if (candidate.resource !== undefined) {
    const named = index.byName.get(singular(candidate.resource));
    return named === undefined ? undefined : { group: named, why: 'x-cartouche names the resource' };
  }
  if (candidate.key !== undefined) {
    const known = index.byType.get(candidate.key) ?? [];
    for (const group of index.namesakes.get(candidate.key) ?? (known.length > 1 ? [] : known)) {
      const why = reasonToJoin(candidate, group, byNode, definitions);
      if (why !== undefined) return { group, why: `the same type, and ${why}` };
    }
  }
  for (const group of index.byNoun.get(singular(candidate.noun)) ?? []) {
    if (!compatible(candidate, group, definitions)) continue;
    if (isReachable(candidate, group, byNode, definitions)) return { group, why: 'the same name' };
  }
  return undefined;
}

/** Why two collections of one type are one resource. Without a reason, a user's `favourites` stay apart from `books`. */
function reasonToJoin(
  candidate: Group,
  group: Group,
  byNode: ReadonlyMap<PathNode, Group>,
  definitions: Definitions,
): string | undefined {
  const named = sameNoun(candidate.noun, group.noun) || isNamedAfterType(candidate, definitions);
  const isView = candidate.itemPlaces.length === 0 && !candidate.places.some(({ node }) => operationOf(node, 'post'));
  if (candidate.parents === 0) return named ? 'the same name' : isView ? 'it can only be read' : undefined;
  return named && isReachable(candidate, group, byNode, definitions) ? 'the same name' : undefined;
}

/** `/books` of `Book`: where several collections hold one type, this is the one that others are views of. */
function isNamedAfterType(group: Group, definitions: Definitions): boolean {
  const { name } = shapeOf(group.schema, definitions);
  return name !== undefined && sameNoun(group.noun, name.replace(/^.*[./]/, ''));
}

/** Something can be found under the parent: it is created there, or a property of the document names the parent. */
function isReachable(
  candidate: Group,
  group: Group,
  byNode: ReadonlyMap<PathNode, Group>,
  definitions: Definitions,
): boolean {
  if (candidate.parents === 0) return true;
  const [place] = candidate.places;
  if (place === undefined) return false;
  if (operationOf(place.node, 'post') !== undefined) return true;
  if (candidate.itemPlaces.some(({ node }) => operationOf(node, 'put') !== undefined)) return true;
  const parent = lineOf(place.node).findLast((node) => node !== place.node && node.segment.kind === 'parameter');
  if (parent === undefined) return false;
  return linkPropertyOf(parent, place.node, group, byNode.get(parent), definitions) !== undefined;
}

/** The schemas may describe one thing; where one says nothing, a nested path may still lead to the root collection. */
function compatible(left: Group, right: Group, definitions: Definitions): boolean {
  if (left.key === undefined || right.key === undefined) return left.parents > 0 || isPlain(left) || isPlain(right);
  return isAlike(left.schema, right.schema, definitions);
}

/** Its path is its name and nothing else but a mount point: `/issues`, `/v1/issues`. */
function isPlain(group: Group): boolean {
  const [place] = group.places;
  const line = place === undefined ? [] : lineOf(place.node);
  return line.filter(({ segment }) => segment.kind !== 'literal' || !isPrefix(segment.name)).length === 1;
}

function join(candidate: Group, into: Group, why: string): void {
  for (const place of candidate.places) into.reasons.push({ place, why });
  into.places.push(...candidate.places);
  into.itemPlaces.push(...candidate.itemPlaces);
  into.schema ??= candidate.schema;
  into.key ??= candidate.key;
}

function remember(group: Group, index: Index, definitions: Definitions): void {
  if (group.kind === 'singleton') return;
  const name = singular(group.resource ?? group.noun);
  if (!index.byName.has(name)) index.byName.set(name, group);
  if (group.parents > 0) return;
  append(index.byNoun, name, group);
  if (group.key === undefined) return;
  append(index.byType, group.key, group);
  if (isNamedAfterType(group, definitions)) append(index.namesakes, group.key, group);
}

function append(map: Map<string, Group[]>, key: string, group: Group): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [group]);
  else known.push(group);
}

function inOrder(groups: readonly Group[], places: ReadonlyMap<PathNode, Place>): readonly Group[] {
  const order = new Map([...places.keys()].map((node, position) => [node, position]));
  const position = (group: Group) => order.get(group.places[0]?.node ?? ({} as never)) ?? 0;
  return groups.toSorted((left, right) => position(left) - position(right));
}

function parentsOf(node: PathNode): number {
  return lineOf(node).filter(({ segment }) => segment.kind === 'parameter').length;
}
