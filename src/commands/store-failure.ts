import { StoreError, type StoreErrorKind } from '../stores/contract.ts';
import { SearchServerError } from '../stores/search/transport.ts';
import { CommandFailure } from './failure.ts';

/** Runs `work`; what a store or a search server says goes with the name of the data, and what to do. */
export async function explained<T>(
  name: string,
  hints: Partial<Record<StoreErrorKind, string>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SearchServerError) {
      const hint = error.isAnswer ? undefined : 'start the server, or correct its address';
      throw new CommandFailure(`Elasticsearch: ${error.message}`, { hint, cause: error });
    }
    if (!(error instanceof StoreError)) throw error;
    throw new CommandFailure(`${name}: ${error.message}`, { hint: hints[error.kind], cause: error });
  }
}
