/** Facts about a database as a whole, each in a row of what it says of itself (`meta.ts`). */
import type { ControlFacts } from '../contract.ts';
import type { Access } from './access.ts';
import type { Database } from './driver.ts';
import { readMeta, writeMeta } from './meta.ts';

export function createControl(database: Database, { read, write }: Access): ControlFacts {
  return {
    readControl: (name) => read(() => readFact(database, name)),
    writeControl: (name, version, value) =>
      write(() => {
        if ((readFact(database, name)?.version ?? 0) !== version) return false;
        writeMeta(database, factMeta(name), JSON.stringify({ version: version + 1, value }));
        return true;
      }),
  };
}

/** `undefined`: it was never written. */
export function readFact(
  database: Database,
  name: string,
): { readonly version: number; readonly value: unknown } | undefined {
  const text = readMeta(database, factMeta(name));
  const fact: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof fact !== 'object' || fact === null) return undefined;
  if (!('version' in fact) || typeof fact.version !== 'number' || !('value' in fact)) return undefined;
  return { version: fact.version, value: fact.value };
}

function factMeta(name: string): string {
  return `control ${name}`;
}
