/**
 * What each place in the path tree is: a collection, an item, a singleton, an attribute, or nothing that is stored.
 */

import { attributeRole } from './attribute-role.ts';
import type { JsonSchema } from './description.ts';
import { type Evidence, evidenceOf, nounOf, schemaOf } from './evidence.ts';
import { isAlike, sharedProperties } from './likeness.ts';
import { isPlural, isSingular, sameNoun } from './names.ts';
import { type PathKind, pathOverrides } from './overrides.ts';
import { isPrefix, methodsOf, operationOf, type PathNode, walk } from './paths.ts';
import { isBinary, requestOf } from './representation.ts';
import { type Definitions, schemaKey, shapeOf } from './schema.ts';

export type Role =
  /** `over`: the node of a collection that this one shows in another light, `/pets/findByStatus`. */
  | { readonly kind: 'collection'; readonly why: string; readonly over?: PathNode }
  | { readonly kind: 'item'; readonly collection: PathNode; readonly why: string }
  /** A parameter that only narrows what is below, `{owner}` of `/repos/{owner}/{repo}`. */
  | { readonly kind: 'scope' }
  | { readonly kind: 'singleton'; readonly why: string }
  | {
      readonly kind: 'attribute';
      readonly item: PathNode;
      readonly attribute: string;
      readonly shape: 'list' | 'object' | 'value';
      readonly why: string;
    }
  | { readonly kind: 'none'; readonly why: string };

export interface Place {
  readonly node: PathNode;
  readonly role: Role;
  readonly evidence: Evidence;
}

/** Roles of all nodes; parents are decided before their children. */
export function rolesOf(root: PathNode, definitions: Definitions): ReadonlyMap<PathNode, Place> {
  const places = new Map<PathNode, Place>();
  for (const node of walk(root)) {
    // A collection looks at its item before the item has a role.
    places.set(node, { node, evidence: evidenceOf(node, definitions), role: { kind: 'scope' } });
  }
  for (const { node, evidence } of [...places.values()]) {
    places.set(node, { node, evidence, role: roleOf(node, evidence, places, definitions) });
  }
  return places;
}

/** What has been decided so far; parents come before their children. */
export type Places = ReadonlyMap<PathNode, Place>;

function roleOf(node: PathNode, evidence: Evidence, places: Places, definitions: Definitions): Role {
  const said = saidKind(node);
  if (said === 'none') return { kind: 'none', why: 'x-cartouche says that it is no resource' };
  if (node.segment.kind === 'mixed') return { kind: 'none', why: 'the segment holds more than one value' };
  if (node.segment.kind === 'parameter') return parameterRole(node, evidence, places, said);
  return literalRole(node, evidence, places, definitions, said);
}

function saidKind(node: PathNode): PathKind | undefined {
  for (const item of node.items) {
    const { kind } = pathOverrides(item.extensions);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function parameterRole(node: PathNode, evidence: Evidence, places: Places, said: PathKind | undefined): Role {
  const parent = node.parent;
  const above = parent === undefined ? undefined : places.get(parent)?.role;
  if (parent === undefined || above === undefined) return { kind: 'none', why: 'nothing is above it' };
  if (said === 'collection') return { kind: 'collection', why: 'x-cartouche says so' };
  if (said === 'item') return { kind: 'item', collection: parent, why: 'x-cartouche says so' };
  // `/projects/{group}` lists, `/projects/{group}/{project}` is one: the first parameter narrows.
  const next = node.parameter;
  const { operations } = node;
  const isList =
    evidence.answer === 'list' || (operations.has('post') && !operations.has('put') && !operations.has('patch'));
  if (next !== undefined && node.items.length === 0) return { kind: 'scope' };
  if (next !== undefined && isList) return { kind: 'collection', why: 'it lists what the next parameter selects' };
  if (above.kind === 'collection') return { kind: 'item', collection: parent, why: 'a parameter under a collection' };
  if (above.kind === 'scope' || above.kind === 'none') {
    const collection = collectionAbove(node, places);
    return { kind: 'item', collection, why: 'a parameter selects one' };
  }
  if (above.kind === 'item') return { kind: 'item', collection: parent, why: 'a parameter under an item' };
  return { kind: 'none', why: `a parameter under ${above.kind === 'attribute' ? 'an attribute' : 'a singleton'}` };
}

/** The literal (or root) above a run of parameters. */
function collectionAbove(node: PathNode, places: Places): PathNode {
  let current = node.parent ?? node;
  while (current.parent !== undefined && places.get(current)?.role.kind === 'scope') current = current.parent;
  return current;
}

function literalRole(
  node: PathNode,
  evidence: Evidence,
  places: Places,
  definitions: Definitions,
  said: PathKind | undefined,
): Role {
  if (said === 'collection' || said === 'singleton') return { kind: said, why: 'x-cartouche says so' };
  if (node.parent === undefined) return rootRole(node, evidence);
  const attribute = attributeRole(node, evidence, places, definitions, said);
  if (attribute !== undefined) return attribute;
  if (node.items.some(({ operations }) => operations.some(isBinary))) return { kind: 'none', why: 'it is not JSON' };
  return (
    collectionRole(node, evidence, places, definitions) ??
    singletonRole(node, evidence, definitions) ?? { kind: 'none', why: whyNothing(node, evidence) }
  );
}

function rootRole(node: PathNode, evidence: Evidence): Role {
  const isCollection = operationOf(node, 'post') !== undefined && evidence.answer === 'list';
  return isCollection
    ? { kind: 'collection', why: 'GET answers a list, and POST adds to it' }
    : { kind: 'none', why: 'the root of the description is no resource' };
}

function collectionRole(
  node: PathNode,
  evidence: Evidence,
  places: Places,
  definitions: Definitions,
): Role | undefined {
  const get = operationOf(node, 'get') !== undefined;
  const post = operationOf(node, 'post') !== undefined;
  const named = node.segment.name;
  const over = collectionOver(node, evidence, places, definitions);
  if (over !== undefined) return over;
  const called = node.items.some(({ resourceType }) => /collection|list/i.test(resourceType ?? ''));
  if (called && (post || evidence.answer !== 'document')) {
    return { kind: 'collection', why: 'its RAML resource type is a collection' };
  }
  if (hasItems(node)) {
    const names = node.items.length > 0 || !isPrefix(named);
    if (names && (evidence.answer !== 'document' || post || isPlural(named)))
      return { kind: 'collection', why: 'a parameter below selects one' };
  }
  if (evidence.answer === 'list') return { kind: 'collection', why: 'GET answers a list' };
  if (evidence.answer === 'perhaps' && (post || isPlural(named))) {
    return { kind: 'collection', why: 'GET answers an object with a list of things' };
  }
  if (evidence.answer === 'silent' && isPlural(named) && !(isSingular(named) && !post)) {
    return { kind: 'collection', why: 'its name is a plural' };
  }
  if (post && isPlural(named) && (get || takesDocument(node, evidence))) {
    const same = isAlike(evidence.document, evidence.posted ?? evidence.created, definitions);
    return get && same ? undefined : { kind: 'collection', why: 'POST to a plural name' };
  }
  return undefined;
}

/**
 * A path below a collection that has no documents of its own: `/pets/findByStatus` lists pets, `/customers/corporate`
 * takes one kind of customer.
 */
function collectionOver(
  node: PathNode,
  evidence: Evidence,
  places: Places,
  definitions: Definitions,
): Role | undefined {
  const parent = node.parent;
  const above = parent === undefined ? undefined : places.get(parent);
  if (parent === undefined || above?.role.kind !== 'collection' || node.parameter !== undefined) return undefined;
  const methods = methodsOf(node);
  const shown = [
    documentBelow(parent, places),
    above.evidence.list?.element,
    above.evidence.created,
    above.evidence.posted,
  ];
  const isOne = (schema: JsonSchema | undefined) => shown.some((known) => isAlike(schema, known, definitions));
  if (
    methods.includes('get') &&
    !methods.includes('post') &&
    evidence.answer === 'list' &&
    isOne(evidence.list?.element)
  ) {
    return { kind: 'collection', over: parent, why: 'it lists documents of the collection above' };
  }
  if (methods.length !== 1 || methods[0] !== 'post') return undefined;
  const taken = shapeOf(evidence.posted, definitions);
  if (taken.type === 'array') {
    const creates = addingVerbs.test(node.segment.name) || (declaresCreation(node) && !verbs.test(node.segment.name));
    return creates && isOne(taken.items)
      ? { kind: 'collection', over: parent, why: 'it takes a list of documents of the collection above' }
      : undefined;
  }
  const resembles = (known: JsonSchema | undefined) =>
    isAlike(evidence.posted, known, definitions) || sharedProperties(evidence.posted, known, definitions) > 2;
  if (!verbs.test(node.segment.name) && declaresCreation(node) && shown.some(resembles)) {
    return { kind: 'collection', over: parent, why: 'it takes documents of the collection above' };
  }
  return undefined;
}

/** `/user/createWithList`, `/books/bulk`. */
const addingVerbs = /^_?(?:create|add|insert|import|batch|bulk)/i;

const verbs =
  /^_?(?:search|find|query|filter|count|batch|bulk|import|export|validate|check|verify|preview|estimate|test|upload|sync|login|logout)/i;

function declaresCreation(node: PathNode): boolean {
  const post = operationOf(node, 'post');
  const statuses = post?.responses.map(({ status }) => status).filter((status) => status.startsWith('2')) ?? [];
  return statuses.length === 0 || statuses.includes('201');
}

function documentBelow(collection: PathNode, places: Places): JsonSchema | undefined {
  return collection.parameter === undefined ? undefined : places.get(collection.parameter)?.evidence.document;
}

/** The parameter below, or the one after narrowing ones, stands for a document. */
function hasItems(node: PathNode): boolean {
  return node.parameter !== undefined;
}

function takesDocument(node: PathNode, evidence: Evidence): boolean {
  const post = operationOf(node, 'post');
  const creates = post?.responses.some(({ status }) => status === '201') ?? false;
  return creates || (evidence.posted !== undefined && (post?.responses.length ?? 0) === 0);
}

function singletonRole(node: PathNode, evidence: Evidence, definitions: Definitions): Role | undefined {
  const { operations } = node;
  const reads = operations.has('get');
  const isDocument = evidence.answer === 'document' || evidence.answer === 'silent' || evidence.answer === 'perhaps';
  if (!reads || !isDocument) return undefined;
  if ((operations.has('put') || operations.has('patch')) && takesWhatItGives(node, evidence, definitions)) {
    return { kind: 'singleton', why: 'one document, read and written' };
  }
  if (!operations.has('post')) return undefined;
  const posted = schemaKey(evidence.posted, definitions);
  const answered = schemaKey(evidence.document, definitions);
  if (posted !== undefined && (posted === answered || evidence.answer === 'silent') && isSingular(node.segment.name)) {
    return { kind: 'singleton', why: 'GET answers what POST takes' };
  }
  return undefined;
}

/** PUT or PATCH says nothing of its body, or takes properties that GET shows. */
function takesWhatItGives(node: PathNode, evidence: Evidence, definitions: Definitions): boolean {
  const shown = shapeOf(evidence.document, definitions).properties;
  return (['put', 'patch'] as const).some((method) => {
    const operation = operationOf(node, method);
    if (operation === undefined) return false;
    const body = shapeOf(schemaOf(requestOf(operation, definitions)), definitions);
    if (body.type === 'array') return method === 'patch';
    if (body.type !== undefined && body.type !== 'object') return false;
    const names = [...body.properties.keys()];
    return names.length === 0 || shown.size === 0 || names.some((name) => shown.has(name));
  });
}

function whyNothing(node: PathNode, evidence: Evidence): string {
  const methods = methodsOf(node);
  if (methods.length === 0) return 'no operation';
  if (!methods.includes('get')) return 'an action: nothing can be read at this path';
  if (evidence.answer === 'other') return 'it answers a plain value';
  return sameNoun(nounOf(node), node.segment.name) && methods.length === 1
    ? 'it can only be read, and is no list'
    : 'what it reads and what it takes differ';
}
