import { applyPatch, type Operation } from 'rfc6902';
import { ApiError, type Violation } from '../../errors.ts';
import { isRecord } from '../../model/schema.ts';

/** Larger patches are refused: each `copy` may double the document. */
const mostOperations = 1_000;

/**
 * Parses a JSON Patch (RFC 6902) into a function from document to document. All of it holds or none.
 *
 * Throws `ApiError` `invalid-body` for what is no JSON Patch; the function throws `patch-failed` where a `test` does not
 * hold or a path leads nowhere.
 */
export function parseJsonPatch(patch: unknown): (document: unknown) => unknown {
  const operations = checked(patch);
  return (document) => {
    const copy: unknown = structuredClone(document);
    // A whole-document operation (path "") needs a place to put the result.
    const holder = { document: copy };
    const rooted = operations.map((operation) => prefix(operation));
    for (const [index, operation] of rooted.entries()) {
      const [problem] = applyPatch(holder, [operation]);
      if (problem) throw failed(index, operations[index], problem);
    }
    return holder.document;
  };
}

function checked(patch: unknown): readonly Operation[] {
  if (!Array.isArray(patch)) {
    throw new ApiError('invalid-body', 'A JSON Patch is an array of operations.', {
      violations: [{ pointer: '', in: 'body', message: 'must be array' }],
    });
  }
  if (patch.length > mostOperations) {
    throw new ApiError('invalid-body', `A JSON Patch may have at most ${mostOperations} operations here.`);
  }
  const violations = patch.flatMap((operation: unknown, index) => problemsOf(operation, `/${index}`));
  if (violations.length > 0) {
    throw new ApiError('invalid-body', 'This is not a JSON Patch.', { violations: violations.slice(0, 50) });
  }
  return patch.filter(isOperation);
}

function problemsOf(operation: unknown, pointer: string): readonly Violation[] {
  if (!isRecord(operation)) return [{ pointer, in: 'body', message: 'must be object' }];
  const { op, path, from } = operation;
  const violations: Violation[] = [];
  if (typeof op !== 'string' || !verbs.has(op)) {
    violations.push({ pointer: `${pointer}/op`, in: 'body', message: `must be one of ${[...verbs].join(', ')}` });
  }
  if (!isPointer(path)) violations.push({ pointer: `${pointer}/path`, in: 'body', message: 'must be a JSON pointer' });
  if ((op === 'move' || op === 'copy') && !isPointer(from)) {
    violations.push({ pointer: `${pointer}/from`, in: 'body', message: 'must be a JSON pointer' });
  }
  if ((op === 'add' || op === 'replace' || op === 'test') && !Object.hasOwn(operation, 'value')) {
    violations.push({ pointer: `${pointer}/value`, in: 'body', message: 'is required' });
  }
  return violations;
}

const verbs = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** RFC 6901. The way to a prototype is closed: those are no members of a document. */
function isPointer(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^(?:\/(?:[^~/]|~[01])*)*$/.test(value) &&
    !/\/(?:__proto__|constructor|prototype)(?:\/|$)/.test(value)
  );
}

function isOperation(value: unknown): value is Operation {
  return problemsOf(value, '').length === 0;
}

function prefix(operation: Operation): Operation {
  const path = `/document${operation.path}`;
  return 'from' in operation ? { ...operation, path, from: `/document${operation.from}` } : { ...operation, path };
}

function failed(index: number, operation: Operation | undefined, problem: Error): ApiError {
  const what = operation ? `${operation.op} ${operation.path}` : '';
  const why = problem.name === 'TestError' ? 'the value there is another one' : 'there is no such place';
  return new ApiError('patch-failed', `Operation ${index} (${what}) fails: ${why}.`, {
    violations: [{ pointer: `/${index}`, in: 'body', message: why }],
  });
}
