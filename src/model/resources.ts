/** From a group of places to the resource that stores their documents. */

import { fieldIndex } from './controls.ts';
import { type Creation, creationOf } from './creation.ts';
import type { ApiDescription, Parameter, SchemaObject } from './description.ts';
import { fieldPath } from './field-path.ts';
import { fieldsOf } from './fields.ts';
import type { Group, Groups } from './groups.ts';
import { type FoundId, identityOf } from './identity.ts';
import { linkPropertyOf, parametersAbove, parentNameOf } from './links.ts';
import type { ResourceName } from './naming.ts';
import { operationOf, type PathNode, parametersOf } from './paths.ts';
import type { Place } from './roles.ts';
import { type Definitions, isRecord, shapeOf } from './schema.ts';
import { seedsOf } from './seeds.ts';
import { type FoundTimestamps, timestampsOf } from './timestamps.ts';
import type { Ancestor, Field, Link, Resource } from './types.ts';

/** A resource with what the rest of the inference must know of it. */
export interface Draft {
  readonly group: Group;
  readonly resource: Resource;
  readonly creation: Creation;
  readonly identity: FoundId;
  readonly stamped: FoundTimestamps;
  /** Documents exist: somebody can create them, or the description shows some. */
  readonly live: boolean;
  /** No operation declares what it answers, in RAML: Ramses' conventions hold. */
  readonly ramses: boolean;
  readonly fieldsCut: boolean;
  /** Fields by folded path, for query parameters. */
  readonly fieldIndex: ReadonlyMap<string, Field>;
  /** The steps above each place, as its actions need them. */
  readonly scopes: ReadonlyMap<PathNode, Scope>;
}

export interface Scope {
  /** Name of the link for each parameter above, outermost first, and the parent's group if it is stored. */
  readonly steps: readonly { readonly link: string; readonly parent?: Group }[];
}

export interface Drafts {
  readonly all: readonly Draft[];
  readonly byGroup: ReadonlyMap<Group, Draft>;
}

/** Drafts all resources: first what each is by itself, then how they hang together. */
export function draftsOf(description: ApiDescription, groups: Groups, names: ReadonlyMap<Group, ResourceName>): Drafts {
  const alone = new Map(groups.all.map((group) => [group, aloneOf(description, group, names)]));
  const linked = linksOf(description, groups, alone);
  const all = groups.all.flatMap((group) => {
    const draft = alone.get(group);
    if (draft === undefined) return [];
    const { links, scopes } = linked.get(group) ?? { links: [], scopes: new Map() };
    const fields = [...draft.resource.fields];
    const named = links.map((link): Link => {
      const name = link.parent === undefined ? undefined : names.get(link.parent)?.name;
      const parent = link.parent && alone.get(link.parent)?.resource;
      const field =
        link.property === undefined ? undefined : linkField(link.property, draft, parent, description.$defs);
      if (field !== undefined && !fields.some(({ path }) => path === field.path)) fields.push(field);
      return {
        name: link.name,
        ...(name !== undefined && { resource: name }),
        ...(field !== undefined && { property: field.path }),
      };
    });
    return [
      { ...draft, scopes, fieldIndex: fieldIndex(fields), resource: { ...draft.resource, fields, links: named } },
    ];
  });
  return { all, byGroup: new Map(all.map((draft) => [draft.group, draft])) };
}

function aloneOf(description: ApiDescription, group: Group, names: ReadonlyMap<Group, ResourceName>): Draft {
  const { $defs } = description;
  const { name, typeName } = names.get(group) ?? { name: 'resources', typeName: 'Resource' };
  const creation = creationOf(group, $defs);
  const ramses = isRamses(description, group);
  const identity = identityOf(
    {
      schema: group.schema ?? true,
      createSchema: creation.schema,
      typeName,
      ...itemParameter(group),
      byPutOnly: creation.byPutOnly,
      ramses,
      scope: scopeOf(group),
    },
    $defs,
  );
  const { fields, secrets, cut } = fieldsOf(group.schema ?? true, $defs);
  const stamped = timestampsOf(group.schema, creation.schema, identity.id.property, $defs);
  const seeds = creation.possible ? [] : seedsOf(group, identity.id, $defs);
  const [first] = group.places;
  const path = shallowest(group.places);
  const itemPath = shallowest(group.itemPlaces);
  return {
    group,
    resource: {
      name,
      typeName,
      kind: group.kind,
      path: path ?? collectionPath(itemPath ?? '/'),
      ...(itemPath !== undefined && { itemPath }),
      schema: schemaObject(group.schema),
      id: identity.id,
      fields,
      links: [],
      ...(stamped.timestamps.length > 0 && { timestamps: stamped.timestamps }),
      secrets,
      seeds,
      at: (first?.node.items[0] ?? group.itemPlaces[0]?.node.items[0])?.at ?? {
        file: description.file,
        line: 1,
        column: 1,
      },
    },
    creation,
    identity,
    stamped,
    live: creation.possible || seeds.length > 0,
    ramses,
    fieldsCut: cut,
    fieldIndex: fieldIndex(fields),
    scopes: new Map(),
  };
}

/** RAML, and no success response of any of its operations says what it looks like. */
function isRamses(description: ApiDescription, group: Group): boolean {
  if (!description.format.startsWith('raml')) return false;
  return ![...group.places, ...group.itemPlaces].some(({ node }) =>
    node.items.some(({ operations }) =>
      operations.some(({ responses }) =>
        responses.some(
          ({ status, content }) =>
            status.startsWith('2') &&
            content.some(
              ({ schema, examples }) => (isRecord(schema) && Object.keys(schema).length > 0) || examples.length > 0,
            ),
        ),
      ),
    ),
  );
}

function itemParameter(group: Group): { readonly parameter?: Parameter; readonly parameterName?: string } {
  for (const { node } of group.itemPlaces) {
    for (const item of node.items) {
      const name = parametersOf(item.path).at(-1);
      const parameter = item.parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
      if (name !== undefined) return { parameterName: name, ...(parameter !== undefined && { parameter }) };
    }
  }
  return {};
}

/** A chosen id may repeat under another parent, if all that create or select by id lead through one and the same. */
function scopeOf(group: Group): 'global' | 'parent' {
  const creating = group.places.filter(({ node }) => operationOf(node, 'post') !== undefined);
  const parents = new Set([
    ...creating.map(({ node }) => parametersAbove(node, 'collection').at(-1)),
    ...group.itemPlaces.map(({ node }) => parametersAbove(node, 'item').at(-1)),
  ]);
  const [parent] = parents;
  return group.kind === 'collection' && parents.size === 1 && parent !== undefined ? 'parent' : 'global';
}

function shallowest(places: readonly Place[]): string | undefined {
  const paths = places.flatMap(({ node }) => node.items.map(({ path }) => path));
  return paths.toSorted((left, right) => depth(left) - depth(right))[0];
}

function depth(path: string): number {
  return 2 * path.split('/').length + (path.match(/\{/g)?.length ?? 0);
}

function collectionPath(itemPath: string): string {
  return itemPath.replace(/\/[^/]*$/, '') || '/';
}

function schemaObject(schema: unknown): SchemaObject | true {
  return isRecord(schema) ? schema : true;
}

interface OpenLink {
  readonly name: string;
  readonly parent?: Group;
  readonly property?: string;
}

interface Linked {
  readonly links: OpenLink[];
  readonly scopes: Map<PathNode, Scope>;
}

/**
 * Links of every group. A parameter above a place belongs to the nearest stored thing below it: the next stored
 * ancestor, else the place itself. Ancestors are linked by the places of their own.
 */
function linksOf(
  description: ApiDescription,
  groups: Groups,
  drafts: ReadonlyMap<Group, Draft>,
): ReadonlyMap<Group, Linked> {
  const linked = new Map<Group, Linked>(groups.all.map((group) => [group, { links: [], scopes: new Map() }]));
  for (const group of groups.all) {
    const places = [
      ...group.places.map(({ node }) => ({ node, of: 'collection' as const })),
      ...group.itemPlaces.map(({ node }) => ({ node, of: 'item' as const })),
    ];
    for (const { node, of } of places) {
      const above = parametersAbove(node, of);
      const steps = above.map((parameter, position) => {
        const parent = storedParent(parameter, groups, drafts);
        const owner = above.slice(position + 1).map((step) => ({ step, group: storedParent(step, groups, drafts) }));
        const next = owner.find(({ group: found }) => found !== undefined);
        const child = next?.group ?? group;
        const place = next?.step.parent ?? node;
        const link = linkTo(parameter, place, child, parent, linked, description);
        return { link, ...(parent !== undefined && { parent }) };
      });
      linked.get(group)?.scopes.set(node, { steps });
    }
  }
  return linked;
}

function storedParent(parameter: PathNode, groups: Groups, drafts: ReadonlyMap<Group, Draft>): Group | undefined {
  const group = groups.byNode.get(parameter);
  const selects = group?.itemPlaces.some(({ node }) => node === parameter) === true;
  return group !== undefined && selects && drafts.get(group)?.creation.possible === true ? group : undefined;
}

/**
 * The field that holds a parent's id, so that lists can be filtered by it: the declared one; one more where the
 * description names the property and no type (Ramses' `backref_name`). None for what cannot hold an id, such as a
 * property that an example shows as `null`, or must not be filtered by: the link is then invisible.
 */
function linkField(
  property: string,
  { group, resource }: Draft,
  parent: Resource | undefined,
  definitions: Definitions,
): Field | undefined {
  const declared = resource.fields.find(({ path }) => path === property);
  if (declared !== undefined) return declared;
  const { type } = shapeOf(shapeOf(group.schema, definitions).properties.get(property), definitions);
  if (type !== undefined || property.includes('.') || resource.secrets.includes(fieldPath([property])))
    return undefined;
  const idType = parent?.id.type ?? 'string';
  return { path: property, type: idType, array: false, unique: false, indexed: true, text: false };
}

/** The name of the child's link to a parent; adds the link if the child has none yet. */
function linkTo(
  parameter: PathNode,
  place: PathNode,
  child: Group,
  parent: Group | undefined,
  linked: ReadonlyMap<Group, Linked>,
  description: ApiDescription,
): string {
  const links = linked.get(child)?.links ?? [];
  const wanted = parentNameOf(parameter);
  const property = linkPropertyOf(parameter, place, child, parent, description.$defs);
  const same = links.find(
    (link) => link.parent === parent && link.property === property && (parent !== undefined || link.name === wanted),
  );
  if (same !== undefined) return same.name;
  const taken = new Set(links.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  links.push({ name, ...(parent !== undefined && { parent }), ...(property !== undefined && { property }) });
  return name;
}

/** The ancestors of a place for the operations of one path item, whose parameters may have names of their own. */
export function ancestorsOf(
  path: string,
  node: PathNode,
  draft: Draft,
  names: ReadonlyMap<Group, ResourceName>,
): readonly Ancestor[] {
  const steps = draft.scopes.get(node)?.steps ?? [];
  if (steps.length === 0) return [];
  const parameters = parametersOf(path);
  return steps.map(({ link, parent }, position): Ancestor => {
    const resource = parent === undefined ? undefined : names.get(parent)?.name;
    return { parameter: parameters[position] ?? '', ...(resource !== undefined && { resource }), link };
  });
}
