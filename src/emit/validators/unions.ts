import { isRecord } from '../../model/schema.ts';

/** The members of each `anyOf` and `oneOf` within a schema: what an error may be told by. Names of properties are none. */
export function unionMembersWithin(schema: unknown): readonly object[] {
  const found = new Set<object>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isRecord(value)) return;
    for (const keyword of ['anyOf', 'oneOf']) {
      const members = value[keyword];
      if (Array.isArray(members)) for (const member of members) if (isRecord(member)) found.add(member);
    }
    for (const member of Object.values(value)) visit(member);
  };
  visit(schema);
  return [...found];
}
