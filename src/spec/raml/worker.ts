/**
 * The worker thread's entry: parses one description, tells the length of each file that it reads as a number, and
 * answers with one text.
 *
 * The answer goes over as JSON text, which is quicker to clone than the tree and cannot carry anything but data.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { isObject } from '../record.ts';
import { openSource } from '../source.ts';
import type { WorkerAnswer } from './parsed.ts';
import { parseRaml } from './parser.ts';

const { rootFile, typed, root, maxFileBytes }: Readonly<Record<string, unknown>> = isObject(workerData)
  ? workerData
  : {};

const source = openSource(String(rootFile), {
  ...(typeof typed === 'string' && { typed }),
  ...(typeof root === 'string' && { root }),
  ...(typeof maxFileBytes === 'number' && { maxFileBytes }),
  // The parser does not let go of the thread before it is done, but messages leave all the same.
  onRead: ({ text }) => parentPort?.postMessage(text.length),
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
