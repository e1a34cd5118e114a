import { quoted } from '../model/quoted.ts';
import { certainRename, pairRenamed } from '../model/renames.ts';
import type { Finding } from './change.ts';
import type { Located } from './located.ts';
import { canonical, type SchemaView, typeWords, viewOf } from './schema-view.ts';

/** Whether clients send it or get it. */
export type Direction = 'request' | 'response';

export interface ViewPair {
  readonly before: SchemaView;
  readonly after: SchemaView;
  readonly direction: Direction;
}
/** Properties of objects: those that are left, and what became of the others. `descend` compares what is left further. */
export function compareProperties(
  pair: ViewPair,
  descend: (before: Located, after: Located) => void,
): readonly Finding[] {
  const [was, is] = [pair.before.properties, pair.after.properties];
  const findings: Finding[] = [];
  const compare = (from: Entry, to: Entry): void => {
    findings.push(...compareProperty(from, to, pair));
    if (!isHidden(from.property, to.property, pair.direction)) descend(from.property, to.property);
  };
  const gone: Entry[] = [];
  for (const entry of entriesOf(was)) {
    const property = is.get(entry.name);
    if (property) compare(entry, { ...entry, property });
    else gone.push(entry);
  }
  const come = entriesOf(is).filter(({ name }) => !was.has(name));
  const renames = pairRenamed(gone, come, (from, to) => likeness(from.property, to.property)).filter(
    ({ confidence }) => confidence >= certainRename,
  );
  for (const { from, to } of renames) {
    findings.push({
      code: `${pair.direction}-property-renamed`,
      subject: from.property.label,
      message: `${quoted(from.name)} is ${quoted(to.name)} now`,
      before: from.property.at,
      after: to.property.at,
    });
    compare(from, to);
  }
  const isRenamed = (entry: Entry) => renames.some(({ from, to }) => from === entry || to === entry);
  return [
    ...findings,
    ...gone.filter((entry) => !isRenamed(entry)).flatMap((entry) => removal(entry, pair)),
    ...come.filter((entry) => !isRenamed(entry)).flatMap((entry) => addition(entry, pair)),
  ];
}

interface Entry {
  readonly name: string;
  readonly property: Located;
  readonly index: number;
}

/** What only the other side writes is not looked at. */
function isHidden(before: Located, after: Located, direction: Direction): boolean {
  const side = direction === 'request' ? 'readOnly' : 'writeOnly';
  return viewOf(after)[side] || (direction === 'response' && viewOf(before)[side]);
}

function removal({ name, property }: Entry, { after, direction }: ViewPair): readonly Finding[] {
  const { writeOnly, readOnly } = viewOf(property);
  if (direction === 'request' ? readOnly : writeOnly) return [];
  const ofRequest = after.additional === false ? 'request-property-refused' : 'request-property-undeclared';
  const code = direction === 'request' ? ofRequest : 'response-property-removed';
  return [{ code, subject: property.label, message: `${quoted(name)} is gone`, before: property.at, after: after.at }];
}

function addition({ name, property }: Entry, { before, after, direction }: ViewPair): readonly Finding[] {
  const { writeOnly, readOnly, fallback } = viewOf(property);
  if (direction === 'request' ? readOnly : writeOnly) return [];
  // What is required and has a default is filled in.
  const isNeeded = after.required.has(name) && fallback === undefined;
  const ofRequest = isNeeded ? 'request-property-added-required' : 'request-property-added-optional';
  const code = direction === 'request' ? ofRequest : 'response-property-added';
  return [{ code, subject: property.label, message: `${quoted(name)} is new`, before: before.at, after: property.at }];
}

/** A property that is left, from outside: who writes it, and whether it must be there. */
function compareProperty(from: Entry, to: Entry, { before, after, direction }: ViewPair): readonly Finding[] {
  const [was, is] = [viewOf(from.property), viewOf(to.property)];
  const said = (code: Finding['code'], message: string): Finding => ({
    code,
    subject: to.property.label,
    message: `${quoted(to.name)} ${message}`,
    before: from.property.at,
    after: to.property.at,
  });
  const findings: Finding[] = [];
  if (direction === 'request') {
    if (is.readOnly) return was.readOnly ? [] : [said('request-property-became-read-only', 'is read-only')];
    if (was.readOnly) findings.push(said('request-property-became-writable', 'was read-only'));
  } else {
    if (is.writeOnly) return was.writeOnly ? [] : [said('response-property-became-write-only', 'is write-only')];
    if (was.writeOnly) return [said('response-property-became-visible', 'was write-only')];
  }
  // Where there is a default, nobody need send it.
  const isFilled = ({ fallback }: SchemaView) => direction === 'request' && fallback !== undefined;
  const wasRequired = before.required.has(from.name) && !isFilled(was);
  const isRequired = after.required.has(to.name) && !isFilled(is);
  if (isRequired && !wasRequired) findings.push(said(`${direction}-property-became-required`, 'is required'));
  if (wasRequired && !isRequired) findings.push(said(`${direction}-property-became-optional`, 'is optional'));
  return findings;
}

function entriesOf(properties: ReadonlyMap<string, Located>): readonly Entry[] {
  return [...properties].map(([name, property], index) => ({ name, property, index }));
}

/** 1 where they say the same, less where only their types do. */
function likeness(one: Located, other: Located): number {
  const [before, after] = [viewOf(one), viewOf(other)];
  if (kindOf(before) !== kindOf(after)) return 0;
  if (before.format !== after.format) return 0.5;
  return contentOf(before) === contentOf(after) ? 1 : 0.7;
}

function contentOf({ values, properties, limits, pattern }: SchemaView): string {
  return canonical([values && [...values], [...properties.keys()], Object.fromEntries(limits), pattern]);
}

function kindOf({ types }: SchemaView): string {
  return typeWords(types && new Set([...types].filter((type) => type !== 'null')));
}
