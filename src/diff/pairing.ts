/** Which path and which operation of the new description was which of the old one. */
import type { Operation, PathItem } from '../model/description.ts';
import { nameLikeness } from '../model/renames.ts';
import type { ApiModel } from '../model/types.ts';
import { canonical } from './schema-view.ts';

export interface Placed {
  readonly item: PathItem;
  readonly operation: Operation;
}

export interface OperationPair {
  readonly before: Placed;
  readonly after: Placed;
  /** Recognised by its id alone: method or path are others. */
  readonly isMoved: boolean;
}

export interface PathPair {
  readonly before: PathItem;
  readonly after: PathItem;
  /** Not only the names of its parameters are others. */
  readonly isRenamed: boolean;
}

export interface Pairs {
  readonly paths: readonly PathPair[];
  /** Paths of which nothing is left. */
  readonly gone: readonly PathItem[];
  readonly come: readonly PathItem[];
  readonly operations: readonly OperationPair[];
  /** Operations of paths that are left. */
  readonly goneOperations: readonly Placed[];
  readonly comeOperations: readonly Placed[];
}

/**
 * Paths are the same whose templates match the same URLs. Operations are the same at the same path by the same method,
 * then by the same declared id. Of what is left, paths are renamed that answer the same under a name like the old one.
 */
export function pairPaths(before: ApiModel, after: ApiModel): Pairs {
  const same = pairByUrl(before, after);
  const [gone, come] = leftOf(before, after, same);
  const byId = pairById(before, after, same);
  const moved = new Set(byId.flatMap((pair) => [pair.before.operation, pair.after.operation]));
  const isUntouched = ({ operations }: PathItem) => !operations.some((operation) => moved.has(operation));
  const renamed = pairRenamedPaths(gone.filter(isUntouched), come.filter(isUntouched));
  const paths = [...same, ...renamed];
  const [goneAfter, comeAfter] = leftOf(before, after, paths);
  const operations = [...paths.flatMap((pair) => pairByMethod(pair, moved)), ...byId];
  const paired = new Set(operations.flatMap((pair) => [pair.before.operation, pair.after.operation]));
  const left = (items: readonly PathItem[]): readonly Placed[] =>
    items.flatMap((item) =>
      item.operations.filter((operation) => !paired.has(operation)).map((operation) => ({ item, operation })),
    );
  return {
    paths,
    gone: goneAfter.filter(isUntouched),
    come: comeAfter.filter(isUntouched),
    operations,
    goneOperations: left([...paths.map((pair) => pair.before), ...goneAfter.filter((item) => !isUntouched(item))]),
    comeOperations: left([...paths.map((pair) => pair.after), ...comeAfter.filter((item) => !isUntouched(item))]),
  };
}

/** The same path, then one that matches the same URLs: a description may have two of those. */
function pairByUrl(before: ApiModel, after: ApiModel): readonly PathPair[] {
  const known = new Map(after.paths.map((item) => [item.path, item]));
  const old = new Set(before.paths.map(({ path }) => path));
  const byUrl = new Map(after.paths.filter(({ path }) => !old.has(path)).map((item) => [shapeOf(item.path), item]));
  return before.paths.flatMap((item): readonly PathPair[] => {
    const exact = known.get(item.path);
    const twin = exact ?? byUrl.get(shapeOf(item.path));
    if (twin === undefined) return [];
    if (exact === undefined) byUrl.delete(shapeOf(item.path));
    return [{ before: item, after: twin, isRenamed: false }];
  });
}

/** `/books/{isbn}` and `/books/{id}` match the same URLs. */
function shapeOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

function leftOf(before: ApiModel, after: ApiModel, pairs: readonly PathPair[]): readonly [PathItem[], PathItem[]] {
  const paired = new Set(pairs.flatMap((pair) => [pair.before, pair.after]));
  const isLeft = (item: PathItem) => !paired.has(item);
  return [before.paths.filter(isLeft), after.paths.filter(isLeft)];
}

function pairByMethod({ before, after }: PathPair, moved: ReadonlySet<Operation>): readonly OperationPair[] {
  return before.operations.flatMap((operation) => {
    if (moved.has(operation)) return [];
    const twin = after.operations.find(({ method }) => method === operation.method);
    return twin && !moved.has(twin)
      ? [{ before: { item: before, operation }, after: { item: after, operation: twin }, isMoved: false }]
      : [];
  });
}

/** Operations that are somewhere else now. One that stayed where it was is the same, whatever its id is. */
function pairById(before: ApiModel, after: ApiModel, same: readonly PathPair[]): readonly OperationPair[] {
  const stayed = new Set(
    same.flatMap((pair) => pairByMethod(pair, new Set()).flatMap((one) => [one.before.operation, one.after.operation])),
  );
  const now = new Map(
    after.paths.flatMap((item) =>
      item.operations
        .filter((operation) => !stayed.has(operation))
        .map((operation): [string, Placed] => [operation.id, { item, operation }]),
    ),
  );
  return before.paths.flatMap((item) =>
    item.operations.flatMap((operation): readonly OperationPair[] => {
      // The reader's stand-in for an id is made of method and path.
      const twin = stayed.has(operation) || operation.id.includes(' ') ? undefined : now.get(operation.id);
      return twin ? [{ before: { item, operation }, after: twin, isMoved: true }] : [];
    }),
  );
}

function pairRenamedPaths(gone: readonly PathItem[], come: readonly PathItem[]): readonly PathPair[] {
  const contents = new Map([...gone, ...come].map((item) => [item, contentOf(item)]));
  const candidates = gone.flatMap((before) =>
    come.flatMap((after) => {
      const likeness = likenessOf(before, after, contents.get(before) === contents.get(after));
      return likeness < 0.7 ? [] : [{ before, after, likeness }];
    }),
  );
  const taken = new Set<PathItem>();
  return candidates
    .toSorted((one, other) => other.likeness - one.likeness)
    .flatMap(({ before, after }): readonly PathPair[] => {
      if (taken.has(before) || taken.has(after)) return [];
      taken.add(before);
      taken.add(after);
      return [{ before, after, isRenamed: true }];
    });
}

/** 0: they cannot be the same. What a path answers says more than its name. */
function likenessOf(before: PathItem, after: PathItem, isSame: boolean): number {
  const [old, now] = [segmentsOf(before.path), segmentsOf(after.path)];
  const parameters = (path: string) => path.match(/\{/g)?.length ?? 0;
  if (parameters(before.path) !== parameters(after.path)) return 0;
  const methods = (item: PathItem) => new Set(item.operations.map(({ method }) => method));
  const [mine, theirs] = [methods(before), methods(after)];
  const shared = [...mine].filter((method) => theirs.has(method)).length;
  const content = isSame ? 1 : (0.7 * shared) / Math.max(mine.size, theirs.size, 1);
  return 0.6 * content + 0.4 * nameLikeness(old.at(-1) ?? '', now.at(-1) ?? '');
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'));
}

/** What is asked and answered, without places, words and names. */
function contentOf({ operations }: PathItem): string {
  const left = new Set(['at', 'id', 'summary', 'description', 'examples', 'externalDocs', 'tags', 'extensions']);
  return canonical(
    JSON.parse(JSON.stringify(operations, (key, value: unknown) => (left.has(key) ? undefined : value))),
  );
}
