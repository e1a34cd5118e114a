/**
 * A reporter of `node:test` that says of each test that failed where it stands and why, and nothing else: a line or a few
 * each, to be repeated at the very end of a long run, whose own reports have scrolled away by then. JavaScript, because
 * Node 20 loads reporters before tsx.
 */
import { relative } from 'node:path';

/** What of an error is repeated, in characters: enough to recognize it, where long differences would hide the next one. */
const longest = 600;

/**
 * The text of each failure, from the events of a run. A suite that failed through its tests alone is left out.
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 * @example
 * `test/query/parse.test.ts:12  a bad operator is named` and, below, `Expected values to be strictly equal: 1 !== 2`
 */
export default async function* failures(events) {
  for await (const event of events) {
    if (event.type !== 'test:fail' || event.data.details.error.failureType === 'subtestsFailed') continue;
    const { name, file, line, details } = event.data;
    const place = file === undefined ? '' : `${relative(process.cwd(), file)}:${line ?? 0}  `;
    yield `${place}${name}\n    ${reason(details.error).replaceAll('\n', '\n    ')}\n`;
  }
}

/** @param {Error} error */
function reason(error) {
  const { message } = error.cause instanceof Error ? error.cause : error;
  return message.length > longest ? `${message.slice(0, longest)} …` : message;
}
