import { ApiError } from '../../errors.ts';
import { explainJson } from './json-problems.ts';

/** Deeper documents are refused: what walks them (validators, merges) is recursive. */
export const deepestJson = 64;

/**
 * Parses a JSON document, and refuses what `JSON.parse` lets pass silently: a key that comes twice, half of a surrogate
 * pair, a number that JavaScript cannot hold, nesting beyond `deepestJson`.
 *
 * The common, innocent document pays for one `JSON.parse`, one walk and one count of keys. Only suspicious text is
 * read again by `explainJson`, which knows the place.
 *
 * Throws `ApiError` `malformed-body` with line, column and pointer.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(text);
  }
  const keys = countKeys(value, 0);
  if (keys !== countKeysOfText(text) || mayHideNumber(text) || text.includes('\\u')) {
    const problem = explainJson(text, deepestJson);
    if (problem) throw new ApiError('malformed-body', problem.message, { violations: [problem.violation] });
  }
  return value;
}

function malformed(text: string): ApiError {
  const problem = explainJson(text, deepestJson);
  if (!problem) return new ApiError('malformed-body', 'The body is not valid JSON.');
  return new ApiError('malformed-body', problem.message, { violations: [problem.violation] });
}

/** Members of all objects; -1, which no text has, for a document that is nested too deeply. */
function countKeys(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= deepestJson) return Number.NEGATIVE_INFINITY;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item, depth + 1);
    return count;
  }
  for (const member of Object.values(value)) count += 1 + countKeys(member, depth + 1);
  return count;
}

/** Strings that are followed by a colon. The text is valid JSON. */
function countKeysOfText(text: string): number {
  let count = 0;
  let at = text.indexOf('"');
  while (at !== -1) {
    let end = text.indexOf('"', at + 1);
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
    at = end + 1;
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
    if (code === 0x3a) count++;
    at = text.indexOf('"', at);
  }
  return count;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** Sixteen digits may be an integer beyond 2^53, and a large exponent a number beyond 1.8e308. */
function mayHideNumber(text: string): boolean {
  return /\d{16}|\d[eE]\+?\d{2}/.test(text);
}
