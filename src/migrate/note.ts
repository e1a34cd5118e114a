import type { ControlFacts } from '../stores/contract.ts';
import type { MigrationPlan } from './migration.ts';

/** A migration that a store has seen begin. It stays once it is complete. */
export interface MigrationNote {
  readonly isComplete: boolean;
  readonly plan: MigrationPlan;
  /** Where the documents are as they were; absent: nowhere. */
  readonly backup?: string;
}

const name = 'migration';

export async function readNote(
  control: ControlFacts | undefined,
): Promise<{ readonly version: number; readonly note: MigrationNote | undefined }> {
  const found = await control?.readControl(name);
  return { version: found?.version ?? 0, note: isNote(found?.value) ? found.value : undefined };
}

/** `false`: another process migrates this store. */
export async function writeNote(
  control: ControlFacts | undefined,
  version: number,
  note: MigrationNote,
): Promise<boolean> {
  return control === undefined || control.writeControl(name, version, note);
}

function isNote(value: unknown): value is MigrationNote {
  return typeof value === 'object' && value !== null && 'isComplete' in value && 'plan' in value;
}
