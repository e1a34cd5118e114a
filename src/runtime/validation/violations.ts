import type { ErrorObject } from 'ajv';
import type { Violation } from '../../errors.ts';
import { suggest } from '../../suggest.ts';

/** More than this nobody reads. */
export const mostViolations = 50;

/**
 * Ajv's errors as violations: a JSON pointer each, in words that name what was expected. That a `then` does not fit is
 * left out: what does not fit in it is there.
 */
export function toViolations(errors: readonly ErrorObject[], known: KnownProperties): readonly Violation[] {
  const violations: Violation[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    if (error.keyword === 'if') continue;
    const pointer = pointerOf(error);
    const message = messageOf(error, known);
    const name = `${pointer}\n${message}`;
    if (seen.has(name)) continue;
    seen.add(name);
    violations.push({ pointer, message });
    if (violations.length === mostViolations) break;
  }
  return violations;
}

/** The declared properties at a schema pointer, for "did you mean". */
export type KnownProperties = (error: ErrorObject) => readonly string[];

function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return `${instancePath}/${escapePointer(params.missingProperty)}`;
    case 'additionalProperties':
      return `${instancePath}/${escapePointer(params.additionalProperty)}`;
    case 'unevaluatedProperties':
      return `${instancePath}/${escapePointer(params.unevaluatedProperty)}`;
    case 'propertyNames':
      return `${instancePath}/${escapePointer(params.propertyName)}`;
    default:
      return instancePath;
  }
}

function messageOf(error: ErrorObject, known: KnownProperties): string {
  const { keyword, params } = error;
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      const near = suggest(name, known(error));
      return near === undefined ? 'is not known here' : `is not known here; did you mean "${near}"?`;
    }
    case 'enum':
      return `must be one of ${list(params.allowedValues)}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'type':
      return `must be ${Array.isArray(params.type) ? params.type.join(' or ') : String(params.type)}`;
    case 'format':
      return `must be a valid ${String(params.format)}`;
    case 'pattern':
      return `must match the pattern ${String(params.pattern)}`;
    case 'uniqueItems':
      return 'must not hold the same item twice';
    case 'anyOf':
      return 'fits none of the possible forms; the nearest one is shown';
    case 'oneOf':
      return Array.isArray(params.passingSchemas)
        ? 'fits more than one of the possible forms, of which exactly one is allowed'
        : 'fits none of the possible forms; the nearest one is shown';
    case 'false schema':
      return 'is not allowed';
    default:
      return error.message ?? 'is not valid';
  }
}

function list(values: unknown): string {
  if (!Array.isArray(values)) return String(values);
  const shown = values.slice(0, 20).map((value) => JSON.stringify(value));
  return values.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

function escapePointer(name: unknown): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}
