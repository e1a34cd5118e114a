/**
 * The worker thread's entry: parses one description and answers with one message.
 *
 * The answer goes over as JSON text, which is quicker to clone than the tree and cannot carry anything but data.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { isObject } from '../record.ts';
import { openSource } from '../source.ts';
import { parseRaml } from './parser.ts';

const { rootFile, root, maxFileBytes }: Readonly<Record<string, unknown>> = isObject(workerData) ? workerData : {};

parentPort?.postMessage(
  JSON.stringify(
    parseRaml(
      openSource(String(rootFile), {
        ...(typeof root === 'string' && { root }),
        ...(typeof maxFileBytes === 'number' && { maxFileBytes }),
      }),
    ),
  ),
);
