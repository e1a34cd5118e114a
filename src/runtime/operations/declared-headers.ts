import type { Answer } from '../present/answer.ts';
import { declaredResponse } from '../present/declared-response.ts';
import { standInHeaders } from '../present/stand-in-headers.ts';
import type { OperationContext } from '../service.ts';

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
  return (answer) => {
    let headers = standIns.get(answer.status);
    if (!headers) {
      headers = standInsFor(context, answer.status);
      standIns.set(answer.status, headers);
    }
    return { ...answer, headers: { ...headers, ...answer.headers } };
  };
}

/** Filled by meaning, elsewhere; a made-up value would be a lie about what is stored. */
const meaningful = /^(?:location|content-.*|link|retry-after|(?:x-)?total.*)$/i;

function standInsFor({ operation, service }: OperationContext, status: number): Readonly<Record<string, string>> {
  const headers = declaredResponse(operation, status)?.headers ?? [];
  return standInHeaders(
    headers.filter(({ name }) => !meaningful.test(name)),
    service.model.$defs,
  );
}
