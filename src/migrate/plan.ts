import type { SchemaSource } from '../diff/located.ts';
import { certainRename, nameLikeness, pairRenamed } from '../model/renames.ts';
import type { Resource } from '../model/types.ts';
import {
  type Addition,
  type Conversion,
  isNothing,
  type MigrationPlan,
  type ObjectChanges,
  type Question,
  type ResourceMigration,
} from './migration.ts';
import { isWithin, likeness, type Property, propertiesOf } from './property.ts';

/** What documents are described by. What a store remembers has no `$defs`. */
export interface Described extends Partial<SchemaSource> {
  readonly resources: readonly Resource[];
}

/** What the user says to it. Paths are `books.title`, `books.author.name`; resources `books`. */
export interface Choices {
  readonly renames: ReadonlyMap<string, string>;
  readonly drops: ReadonlySet<string>;
  readonly backfills: ReadonlyMap<string, unknown>;
}

export const noChoices: Choices = { renames: new Map(), drops: new Set(), backfills: new Map() };

/**
 * How the documents of one description are made to fit another one. Pure. A rename below `certainRename` is asked for, and
 * never done without consent.
 */
export function planMigration(before: Described, after: Described, choices: Choices = noChoices): MigrationPlan {
  const planning: Planning = {
    before: sourceOf(before),
    after: sourceOf(after),
    choices,
    questions: [],
    obstacles: [],
  };
  const { pairs, notes } = pairResources(before, after, planning);
  const resources = pairs.map(([was, is]): ResourceMigration => {
    assertSameIds(was, is, planning);
    const changes = compare(
      propertiesOf(was, planning.before),
      propertiesOf(is, planning.after),
      { planning, old: was.name, now: is.name },
      is.name,
    );
    return { from: was.name, to: is.name, changes };
  });
  const { questions, obstacles } = planning;
  return { resources, questions, obstacles, notes: [...notes, ...pairs.flatMap(([was, is]) => linkNotes(was, is))] };
}

interface Planning {
  readonly before: SchemaSource;
  readonly after: SchemaSource;
  readonly choices: Choices;
  readonly questions: Question[];
  readonly obstacles: string[];
}

function sourceOf({ $defs = {}, schemaPositions = {} }: Described): SchemaSource {
  return { $defs, schemaPositions };
}

function pairResources(
  before: Described,
  after: Described,
  { choices, questions, before: source, after: target }: Planning,
) {
  const notes: string[] = [];
  const pairs: (readonly [Resource, Resource])[] = [];
  for (const resource of before.resources) {
    const twin = after.resources.find(({ name }) => name === resource.name);
    if (twin) pairs.push([resource, twin]);
  }
  const gone = before.resources
    .filter(({ name }) => !pairs.some(([was]) => was.name === name))
    .map((resource, index) => ({ resource, index, name: resource.name }));
  const come = after.resources
    .filter(({ name }) => !pairs.some(([, is]) => is.name === name))
    .map((resource, index) => ({ resource, index, name: resource.name }));
  const alike = (from: Resource, to: Resource): number => {
    const [mine, theirs] = [propertiesOf(from, source), propertiesOf(to, target)];
    const shared = mine.filter(({ name }) => theirs.some((each) => each.name === name)).length;
    return Math.max(mine.length, theirs.length) === 0 ? 0 : shared / Math.max(mine.length, theirs.length);
  };
  const taken = new Set<string>();
  const pair = (from: Resource, to: Resource) => {
    taken.add(from.name).add(to.name);
    pairs.push([from, to]);
  };
  for (const from of gone) {
    const to = come.find(({ name }) => name === choices.renames.get(from.name));
    if (to) pair(from.resource, to.resource);
  }
  const open = <Each extends { readonly name: string }>(all: readonly Each[]) =>
    all.filter(({ name }) => !taken.has(name) && !choices.drops.has(name));
  for (const { from, to } of pairRenamed(open(gone), open(come), (one, other) => alike(one.resource, other.resource))) {
    // That all properties are the same says more of a whole resource than its name does.
    const confidence = round(0.7 * alike(from.resource, to.resource) + 0.3 * nameLikeness(from.name, to.name));
    if (confidence >= certainRename) pair(from.resource, to.resource);
    else questions.push({ from: from.name, to: to.name, confidence });
  }
  for (const { name } of gone)
    if (!taken.has(name)) notes.push(`"${name}" is no longer described; its documents stay in the store`);
  for (const { name } of come) if (!taken.has(name)) notes.push(`"${name}" is new, and empty`);
  return { pairs, notes };
}

function round(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}

/** Documents lie under their ids. */
function assertSameIds(was: Resource, is: Resource, { obstacles }: Planning): void {
  if (was.id.property !== is.id.property) {
    const words = ({ id }: Resource) => (id.property === undefined ? 'in the path only' : `"${id.property}"`);
    obstacles.push(`the id of "${is.name}" was ${words(was)} and is ${words(is)}: documents would need other keys`);
  }
  if (was.id.scope !== is.id.scope) obstacles.push(`ids of "${is.name}" are unique in another scope now`);
}

function linkNotes(was: Resource, is: Resource): readonly string[] {
  const names = (all: Resource) =>
    new Set(all.links.filter(({ property }) => property === undefined).map(({ name }) => name));
  const [old, now] = [names(was), names(is)];
  return [
    ...[...now].filter((name) => !old.has(name)).map((name) => `documents of "${is.name}" belong to no "${name}" yet`),
    ...[...old]
      .filter((name) => !now.has(name))
      .map((name) => `documents of "${is.name}" belong to no "${name}" any more`),
  ];
}

interface Place {
  readonly planning: Planning;
  /** The path so far, by old names and by new ones; each begins with the resource. */
  readonly old: string;
  readonly now: string;
}

function compare(was: readonly Property[], is: readonly Property[], place: Place, resource: string): ObjectChanges {
  const { choices, obstacles } = place.planning;
  // A schema that says nothing allows everything: nothing is known of what it has no more.
  if (is.length === 0) return { renames: [], drops: [], adds: [], converts: [], inside: [] };
  const { renames, pairs } = pairProperties(was, is, place);
  const paired = new Set(pairs.flat());
  const drops = was.filter((property) => !paired.has(property)).map(({ name }) => name);
  const adds: Addition[] = [];
  const converts: Conversion[] = [];
  const inside: { readonly name: string; readonly changes: ObjectChanges }[] = [];
  for (const property of is) {
    const from = pairs.find(([, to]) => to === property)?.[0];
    adds.push(...additionOf(property, from, choices.backfills, `${place.now}.${property.name}`));
    if (from === undefined) continue;
    if (!isWithin(from.form, property.form)) converts.push({ name: property.name, to: property.form });
    const deeper = { ...place, old: `${place.old}.${from.name}`, now: `${place.now}.${property.name}` };
    const changes = compare(from.inside, property.inside, deeper, resource);
    if (!isNothing(changes)) inside.push({ name: from.name, changes });
  }
  const leaving = [...drops, ...renames.map(({ from }) => from)];
  for (const name of leaving) {
    if (!is.some((property) => property.name === name)) continue;
    obstacles.push(`"${place.now}.${name}" goes, and another one of that name comes: do it in two migrations`);
  }
  return { renames, drops, adds, converts, inside };
}

/** A value for documents that lack it. Who has had the choice to leave it out keeps it, unless it is required now. */
function additionOf(
  { name, required, fallback }: Property,
  from: Property | undefined,
  backfills: ReadonlyMap<string, unknown>,
  path: string,
): readonly Addition[] {
  const isNeeded = required === true;
  if (backfills.has(path)) return [{ name, required: isNeeded, value: backfills.get(path) }];
  if (from !== undefined && (!isNeeded || from.required === true)) return [];
  if (fallback !== undefined) return [{ name, required: isNeeded, value: fallback.value }];
  // Of what was there before, and may always have been, the documents tell whether they lack it.
  return isNeeded && (from === undefined || from.required === false) ? [{ name, required: true }] : [];
}

function pairProperties(was: readonly Property[], is: readonly Property[], { planning, old, now }: Place) {
  const { choices, questions } = planning;
  const renames: { readonly from: string; readonly to: string; readonly confidence: number }[] = [];
  const pairs: (readonly [Property, Property])[] = [];
  const taken = new Set<Property>();
  const pair = (from: Property, to: Property, confidence?: number) => {
    taken.add(from).add(to);
    pairs.push([from, to]);
    if (confidence !== undefined) renames.push({ from: from.name, to: to.name, confidence });
  };
  for (const property of was) {
    const wanted = choices.renames.get(`${old}.${property.name}`);
    const to = wanted === undefined ? undefined : is.find(({ name }) => name === wanted.split('.').at(-1));
    if (to) pair(property, to, 1);
  }
  for (const property of was) {
    const twin = is.find(({ name }) => name === property.name);
    const isDropped = choices.drops.has(`${old}.${property.name}`);
    if (twin && !isDropped && !taken.has(property) && !taken.has(twin)) pair(property, twin);
  }
  const open = (all: readonly Property[], path: string) =>
    all.filter((property) => !taken.has(property) && !choices.drops.has(`${path}.${property.name}`));
  for (const { from, to, confidence } of pairRenamed(open(was, old), open(is, now), likeness)) {
    if (confidence >= certainRename) pair(from, to, confidence);
    else questions.push({ from: `${old}.${from.name}`, to: `${now}.${to.name}`, confidence });
  }
  return { renames, pairs };
}
