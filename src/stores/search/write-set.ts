/**
 * Which indexes of a resource are written, and which one is read. It is kept with the data, so that all processes agree
 * on it within `agreementTime`: a rebuild waits that long before it relies on everybody's writes.
 */
import type { ChangeLog } from '../changes.ts';

export interface WriteSet {
  /** The index that searches read. */
  readonly serving: string;
  /** The index that is being built, and written too. The first one is both. */
  readonly building?: string;
  /** What `serving` was made for: a changed description makes another. */
  readonly schema: string;
}

/** Processes look at least this often, in milliseconds. */
export const agreementTime = 2000;

/** `undefined`: no index was ever made. Throws `TypeError` for what is none of ours. */
export async function readWriteSet(
  changes: ChangeLog,
  resource: string,
): Promise<{ readonly version: number; readonly value: WriteSet } | undefined> {
  const control = await changes.readControl(controlName(resource));
  if (control === undefined) return undefined;
  if (!isWriteSet(control.value)) throw new TypeError(`The control document of "${resource}" is damaged.`);
  return { version: control.version, value: control.value };
}

/** Compare and set. `false`: somebody was faster. */
export function writeWriteSet(
  changes: ChangeLog,
  resource: string,
  version: number,
  value: WriteSet,
): Promise<boolean> {
  return changes.writeControl(controlName(resource), version, value);
}

/** The indexes that every write goes to. */
export function written({ serving, building }: WriteSet): readonly string[] {
  return building === undefined || building === serving ? [serving] : [serving, building];
}

function controlName(resource: string): string {
  return `index:${resource}`;
}

function isWriteSet(value: unknown): value is WriteSet {
  if (typeof value !== 'object' || value === null) return false;
  if (!('serving' in value) || typeof value.serving !== 'string') return false;
  if (!('schema' in value) || typeof value.schema !== 'string') return false;
  return !('building' in value) || value.building === undefined || typeof value.building === 'string';
}
