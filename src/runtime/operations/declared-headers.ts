import type { Answer } from '../present/answer.ts';
import { declaredResponse } from '../present/declared-response.ts';
import { standInHeaders } from '../present/stand-in-headers.ts';
import { lastModified } from '../request/conditions.ts';
import { type OperationContext, storedResource } from '../service.ts';

/** The declared header that shows how many documents match, under its declared name. */
export function declaredTotalHeader({ operation, binding }: OperationContext): string | undefined {
  const headers = declaredResponse(operation, binding.success)?.headers ?? [];
  return headers.find(({ name }) => /^(?:x-)?total(?:-?(?:count|items|results|records))?$|^x-count$/i.test(name))?.name;
}

/**
 * Adds what an answer's declared headers still lack: required ones, and those with an example, so that clients that
 * read them find something valid. Headers with a meaning are filled by whoever knows it; these are stand-ins.
 */
export function compileDeclaredHeaders(context: OperationContext): ((answer: Answer) => Answer) | undefined {
  if (context.operation.responses.every(({ headers }) => headers.length === 0)) return undefined;
  const standIns = new Map<number, Readonly<Record<string, string>>>();
  const modifiedAt = compileModifiedAt(context);
  return (answer) => {
    let headers = standIns.get(answer.status);
    if (!headers) {
      headers = standInsFor(context, answer.status);
      standIns.set(answer.status, headers);
    }
    const modified = modifiedAt(answer);
    return { ...answer, headers: { ...headers, ...(modified && { 'Last-Modified': modified }), ...answer.headers } };
  };
}

/**
 * `Last-Modified` of an answer that shows no single document, where it is declared. A list was changed last when anything
 * in its collection was; where nobody can tell when that was, and for what is made for this answer alone, it is now, which
 * is never too early (RFC 9110 section 8.8.2.1).
 */
function compileModifiedAt({ operation, binding, service }: OperationContext): (answer: Answer) => string | undefined {
  const { action } = binding;
  const collection = action.kind === 'list' ? storedResource(service, action.resource).collection : undefined;
  const declared = operation.responses.flatMap(({ headers }) =>
    headers.filter(({ name }) => isLastModified.test(name)),
  );
  if (declared.length === 0) return () => undefined;
  return ({ status, headers }) => {
    if (status >= 300 || headers['Last-Modified'] !== undefined) return undefined;
    const header = declaredResponse(operation, status)?.headers.find(({ name }) => isLastModified.test(name));
    if (header === undefined || (collection === undefined && !header.required)) return undefined;
    return lastModified(collection?.lastChange?.() || Date.now() * 1000);
  };
}

const isLastModified = /^last-modified$/i;

/** Filled by meaning, elsewhere; a made-up value would be a lie about what is stored. */
const meaningful = /^(?:location|content-.*|link|retry-after|(?:x-)?total.*)$/i;

function standInsFor({ operation, service }: OperationContext, status: number): Readonly<Record<string, string>> {
  const headers = declaredResponse(operation, status)?.headers ?? [];
  return standInHeaders(
    headers.filter(({ name }) => !meaningful.test(name)),
    service.model.$defs,
  );
}
