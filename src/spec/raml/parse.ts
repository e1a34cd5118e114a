/**
 * Runs raml-1-parser in a worker thread, with a time and a memory limit, and ends it whatever happens.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import { isObject } from '../record.ts';
import type { Source } from '../source.ts';
import type { WorkerAnswer } from './parsed.ts';
import { Patience } from './patience.ts';
import { withoutPaths } from './without-paths.ts';
import { workerLocation } from './worker-location.ts';

export interface ParseLimits {
  /** Processor time. Default: 3 000, and 100 for each 1024 characters that are read, up to 60 000. */
  readonly milliseconds?: number;
  /** Heap of the worker. Default: 2048. */
  readonly mebibytes?: number;
}

export type ParseOutcome = { readonly answer: WorkerAnswer } | { readonly problem: Diagnostic };

/** Parses the root file of a source. Never rejects: limits and crashes are problems. */
export async function parseInWorker(source: Source, limits: ParseLimits = {}): Promise<ParseOutcome> {
  const mebibytes = limits.mebibytes ?? 2048;
  const { root, maxFileBytes } = source.options;
  const location = workerLocation();
  const worker = new Worker(location.entry, {
    eval: location.eval,
    workerData: { rootFile: join(source.folder, source.rootFile), typed: source.typed, root, maxFileBytes },
    execArgv: [...location.execArgv],
    resourceLimits: { maxOldGenerationSizeMb: mebibytes },
    // The parser prints; whoever starts us owns the terminal.
    stdout: true,
    stderr: true,
  });
  const patience = new Patience(limits.milliseconds);
  try {
    return await new Promise<ParseOutcome>((settle) => {
      const at = { file: source.rootFile, line: 1, column: 1 };
      const fail = (code: 'time-limit' | 'memory-limit' | 'raml-invalid', message: string, hint?: string) =>
        settle({ problem: diagnostic(code, message, { at, hint }) });
      patience.start((milliseconds) => {
        fail(
          'time-limit',
          `The description was not read within ${Math.round(milliseconds / 1000)} s.`,
          'split it, or look for patterns and examples that take very long to check',
        );
      });
      worker.on('message', (message: unknown) => {
        if (typeof message === 'number') patience.read(message);
        else settle({ answer: toAnswer(message) });
      });
      worker.once('error', (error: Error) => {
        if (isOutOfMemory(error)) fail('memory-limit', `Reading the description took more than ${mebibytes} MiB.`);
        else fail('raml-invalid', `The RAML parser failed: ${withoutPaths(error.message)}.`);
      });
      worker.once('exit', () => fail('raml-invalid', 'The RAML parser ended without an answer.'));
    });
  } finally {
    patience.end();
    await worker.terminate();
  }
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** The worker is ours, so that its message is trusted to have the shape that `worker.ts` gives it. */
function toAnswer(message: unknown): WorkerAnswer {
  const answer: unknown = typeof message === 'string' ? JSON.parse(message) : undefined;
  return isWorkerAnswer(answer) ? answer : { thrown: 'an answer that is none', files: [], refused: [], unsafe: [] };
}

function isWorkerAnswer(value: unknown): value is WorkerAnswer {
  return isObject(value) && Array.isArray(value.files) && Array.isArray(value.refused) && Array.isArray(value.unsafe);
}
