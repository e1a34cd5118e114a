/**
 * Flat paths as nested resources.
 */
import type { Parameter, PathItem } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import { annotated } from './annotations.ts';
import { keptAs, keptServers } from './kept.ts';
import { ramlMethods } from './operations.ts';
import { ramlParameters } from './parameters.ts';
import type { Translation } from './translation.ts';

interface Open {
  readonly item: PathItem;
  readonly resource: Record<string, unknown>;
}

/**
 * Resources by their path, each within the one before it that its path continues. Only one that stands right before, so
 * that the order stays; a path elsewhere is written in full, which RAML allows.
 */
export function ramlResources(paths: readonly PathItem[], translation: Translation): Readonly<Record<string, unknown>> {
  const roots: Record<string, unknown> = {};
  const open: Open[] = [];
  for (const item of paths) {
    for (let outer = open.at(-1); outer && !isWithin(item, outer.item); outer = open.at(-1)) open.pop();
    const outer = open.at(-1);
    const resource = ramlResource(item, outer?.item, translation);
    const siblings = outer ? outer.resource : roots;
    const relative = item.path.slice(outer?.item.path.length ?? 0);
    const earlier = siblings[relative];
    const joined = isRecord(earlier) ? join(item, earlier, resource, translation) : resource;
    siblings[relative] = joined;
    open.push({ item, resource: joined });
  }
  return roots;
}

/** A path that is described twice: what is said first counts, and the second fills gaps. */
function join(
  item: PathItem,
  earlier: Readonly<Record<string, unknown>>,
  resource: Record<string, unknown>,
  { report }: Translation,
): Record<string, unknown> {
  for (const { method, at } of item.operations) {
    if (!Object.hasOwn(earlier, method)) continue;
    report.lost(`${method.toUpperCase()} ${item.path} is there already: RAML takes one of each.`, at);
  }
  return { ...resource, ...earlier };
}

/** The parameters of the outer resource hold for all within it, so that they must be the same there. */
function isWithin(item: PathItem, outer: PathItem): boolean {
  if (outer.path.endsWith('/') || !item.path.startsWith(`${outer.path}/`)) return false;
  return pathParameters(outer).every((parameter) =>
    pathParameters(item).some((inner) => inner.name === parameter.name && isSame(inner, parameter)),
  );
}

function isSame({ at: _, ...left }: Parameter, { at: __, ...right }: Parameter): boolean {
  const plain = (parameter: typeof left) => ({
    ...parameter,
    examples: parameter.examples.map(({ at: ___, ...example }) => example),
  });
  return JSON.stringify(plain(left)) === JSON.stringify(plain(right));
}

function pathParameters(item: PathItem): readonly Parameter[] {
  return item.parameters.filter((parameter) => parameter.in === 'path');
}

function ramlResource(item: PathItem, outer: PathItem | undefined, translation: Translation): Record<string, unknown> {
  const inherited = new Set(outer ? pathParameters(outer).map(({ name }) => name) : []);
  const own = pathParameters(item).filter((parameter) => !inherited.has(parameter.name) && !isImplied(parameter));
  return {
    ...(item.displayName !== undefined && { displayName: item.displayName }),
    ...(item.description !== undefined && { description: item.description }),
    ...(isPlainName(item.resourceType) && { type: item.resourceType }),
    ...keptAs('servers', keptServers(item.servers), `The servers of ${item.path} are kept`, item.at, translation),
    ...annotated(item.extensions, translation.annotations),
    ...(own.length > 0 && { uriParameters: ramlParameters(own, translation) }),
    ...ramlMethods(item, translation),
  };
}

/**
 * Resource types by name, without content: what they say is written out in the resources already. Their names still tell
 * readers what a resource is: a collection, say.
 */
export function resourceTypes(paths: readonly PathItem[]): Readonly<Record<string, object>> {
  const names = paths.map(({ resourceType }) => resourceType).filter(isPlainName);
  return Object.fromEntries(names.map((name) => [name, {}]));
}

/** That of a library, `lib.collection`, would ask for the library. */
function isPlainName(name: string | undefined): name is string {
  return name !== undefined && /^[\p{L}\p{N}_-]+$/u.test(name);
}

/** What RAML takes a part of the path for that nothing is said about: any text. */
function isImplied({ schema, description, deprecated, examples, extensions, style }: Parameter): boolean {
  const isPlain = description === undefined && deprecated !== true && examples.length + extensions.length === 0;
  return isPlain && style === 'simple' && JSON.stringify(schema) === '{"type":"string"}';
}
