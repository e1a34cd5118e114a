/**
 * The worker thread's entry: parses one description and answers with one message.
 *
 * The answer goes over as JSON text, which is quicker to clone than the tree and cannot carry anything but data.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { isObject } from '../record.ts';
import { openSource } from '../source.ts';
import type { WorkerAnswer } from './parsed.ts';
import { parseRaml } from './parser.ts';

const { rootFile, root, maxFileBytes }: Readonly<Record<string, unknown>> = isObject(workerData) ? workerData : {};

const source = openSource(String(rootFile), {
  ...(typeof root === 'string' && { root }),
  ...(typeof maxFileBytes === 'number' && { maxFileBytes }),
});

parseRaml(source).then((answer) => parentPort?.postMessage(toText(answer)));

/** The parser's JSON holds circles if files include each other. */
function toText(answer: WorkerAnswer): string {
  try {
    return JSON.stringify(answer);
  } catch (error) {
    const thrown = error instanceof Error ? error.message : String(error);
    return JSON.stringify({ thrown, files: answer.files, refused: answer.refused, unsafe: answer.unsafe });
  }
}
