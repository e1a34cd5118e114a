import { type WorkerLocation, workerLocationFor } from '../../worker-location.ts';

/** Where the code of the RAML reader's worker is. */
export function workerLocation(here: string = import.meta.url): WorkerLocation {
  return workerLocationFor(here, { asker: 'worker-location.ts', source: './worker.ts', bundle: './raml-worker.cjs' });
}
