import { isRecord } from '../model/schema.ts';
import { convert } from './convert.ts';
import type { ObjectChanges } from './migration.ts';

export interface MigratedDocument {
  readonly value: unknown;
  /** Why it cannot be made to fit; then nothing of it may be changed. */
  readonly problems: readonly string[];
}

/**
 * A document of the new description, made of one of the old. Of what fits already, nothing is changed, so that a migration
 * can be stopped anywhere, and run again.
 */
export function migrateDocument(value: unknown, changes: ObjectChanges): MigratedDocument {
  const problems: string[] = [];
  return { value: migrate(value, changes, '', problems), problems };
}

function migrate(value: unknown, changes: ObjectChanges, path: string, problems: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => migrate(each, changes, path, problems));
  if (!isRecord(value)) return value;
  const renamed = new Map(changes.renames.map(({ from, to }) => [from, to]));
  const inside = new Map(changes.inside.map(({ name, changes: inner }) => [name, inner]));
  const dropped = new Set(changes.drops);
  // A map, since a property may be called "__proto__".
  const members = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) {
    if (dropped.has(name)) continue;
    const to = renamed.get(name) ?? name;
    if (to !== name && Object.hasOwn(value, to)) problems.push(`both "${path}${name}" and "${path}${to}" are there`);
    const inner = inside.get(name);
    members.set(to, inner ? migrate(member, inner, `${path}${to}.`, problems) : member);
  }
  for (const { name, required, ...addition } of changes.adds) {
    if (members.has(name)) continue;
    if ('value' in addition) members.set(name, addition.value);
    else if (required) problems.push(`"${path}${name}" is required, and there is no value for it`);
  }
  for (const { name, to } of changes.converts) {
    if (!members.has(name)) continue;
    const converted = convert(members.get(name), to);
    if ('problem' in converted) problems.push(`"${path}${name}": ${converted.problem}`);
    else if (converted.value === undefined) members.delete(name);
    else members.set(name, converted.value);
  }
  return Object.fromEntries(members);
}
