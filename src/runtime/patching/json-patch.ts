import { isDeepStrictEqual } from 'node:util';
import { ApiError, type Violation } from '../../errors.ts';
import { pointerSteps } from '../../model/pointer.ts';
import { isRecord } from '../../model/schema.ts';
import { deepestJson } from '../request/json.ts';
import { addAt, type Holder, readAt, removeAt, replaceAt } from './places.ts';

/** Nobody writes so many by hand. */
const mostOperations = 1_000;

/** Each `copy` may double the document, so that forty of them would fill the memory: characters of JSON, together. */
const mostCopied = 1024 * 1024;

/**
 * Parses a JSON Patch (RFC 6902) into a function from document to document. All of it holds or none; the document that
 * is given stays as it is. `__proto__` and `constructor` are names like any other.
 *
 * Throws `ApiError` `invalid-body` for what is no JSON Patch; the function throws `patch-failed` where a `test` does not
 * hold, a path leads nowhere, or the result would be too large or too deep.
 */
export function parseJsonPatch(patch: unknown): (document: unknown) => unknown {
  const operations = checked(patch);
  return (document) => {
    const holder: Holder = { root: structuredClone(document) };
    let copied = 0;
    for (const [index, operation] of operations.entries()) {
      if (operation.op === 'copy') copied += lengthAt(holder, operation.from);
      const why = copied > mostCopied ? 'more would be copied than a patch may' : apply(holder, operation);
      if (why !== undefined) throw failed(index, operation, why);
    }
    return holder.root;
  };
}

type Operation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string };

/** Carries one operation out, or says why it cannot be. */
function apply(holder: Holder, operation: Operation): string | undefined {
  const steps = pointerSteps(operation.path);
  switch (operation.op) {
    case 'add':
      return put(holder, steps, structuredClone(operation.value));
    case 'replace': {
      const value: unknown = structuredClone(operation.value);
      return tooDeep(steps, value) ?? (replaceAt(holder, steps, value) ? undefined : nowhere);
    }
    case 'remove':
      return removeAt(holder, steps) ? undefined : nowhere;
    case 'test': {
      const found = readAt(holder, steps);
      if (!found) return nowhere;
      return isDeepStrictEqual(found.value, operation.value) ? undefined : 'the value there is another one';
    }
    case 'copy': {
      const found = readAt(holder, pointerSteps(operation.from));
      return found ? put(holder, steps, structuredClone(found.value)) : noSource;
    }
    case 'move':
      return move(holder, operation.from, operation.path);
  }
}

function move(holder: Holder, from: string, path: string): string | undefined {
  if (path.startsWith(`${from}/`)) return 'nothing can be moved into itself';
  const source = pointerSteps(from);
  const found = readAt(holder, source);
  if (!found) return noSource;
  if (path === from) return undefined;
  removeAt(holder, source);
  return put(holder, pointerSteps(path), found.value);
}

function put(holder: Holder, steps: readonly string[], value: unknown): string | undefined {
  return tooDeep(steps, value) ?? (addAt(holder, steps, value) ? undefined : nowhere);
}

const nowhere = 'there is no such place';
const noSource = 'there is nothing at "from"';

function lengthAt(holder: Holder, from: string): number {
  const found = readAt(holder, pointerSteps(from));
  return found ? JSON.stringify(found.value).length : 0;
}

/** What is refused in a body must not come about by patches, level by level. */
function tooDeep(steps: readonly string[], value: unknown): string | undefined {
  return steps.length + depthOf(value) > deepestJson ? `nothing may lie deeper than ${deepestJson} levels` : undefined;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((deepest: number, member) => Math.max(deepest, depthOf(member)), 0);
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

/** RFC 6901. */
function isPointer(value: unknown): value is string {
  return typeof value === 'string' && /^(?:\/(?:[^~/]|~[01])*)*$/.test(value);
}

function isOperation(value: unknown): value is Operation {
  return problemsOf(value, '').length === 0;
}

function failed(index: number, { op, path }: Operation, why: string): ApiError {
  return new ApiError('patch-failed', `Operation ${index} (${op} ${path.slice(0, 200)}) fails: ${why}.`, {
    violations: [{ pointer: `/${index}`, in: 'body', message: why }],
  });
}
