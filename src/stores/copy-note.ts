/** The fact (`ControlFacts`) by which a store says that it is being copied into. */
export const copyNote = 'copy';

/** How far a copy has come. It stays once it is complete. */
export interface CopyNote {
  readonly isComplete: boolean;
  /** By which the source is known again: of what only its data has. */
  readonly source: string;
  readonly resources: readonly Reached[];
}

export interface Reached {
  readonly resource: string;
  /** The last key that was copied; `true`: all of them. */
  readonly key: string | true;
}

export function isCopyNote(value: unknown): value is CopyNote {
  if (typeof value !== 'object' || value === null) return false;
  if (!('isComplete' in value) || typeof value.isComplete !== 'boolean') return false;
  if (!('source' in value) || typeof value.source !== 'string') return false;
  return 'resources' in value && Array.isArray(value.resources);
}
