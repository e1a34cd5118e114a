import { type Precondition, StoreError } from './contract.ts';

/** Throws `StoreError` `precondition` unless the stored revision (`undefined`: no such document) is as required. */
export function checkPrecondition(precondition: Precondition, revision: number | undefined): void {
  if (precondition.kind === 'none') return;
  if (revision !== undefined && precondition.revisions.includes(revision)) return;
  throw new StoreError(
    'precondition',
    revision === undefined ? 'There is no such document.' : 'The document has another revision.',
    revision === undefined ? {} : { revision },
  );
}
