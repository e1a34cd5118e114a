import type { ApiModel, Resource } from '../model/types.ts';
import { UnusableSchema } from '../runtime/validation/unusable-schema.ts';
import { loadValidator, type Validator } from '../runtime/validation/validator.ts';

/** Why a document does not fit the new description, in words; empty where it does. `old`: as it was stored. */
export type Fit = (
  resource: { readonly from: string; readonly to: string },
  old: unknown,
  now: unknown,
) => readonly string[];

export type Judged = Pick<ApiModel, '$defs' | 'paths' | 'resources'>;

/**
 * Judges by the schemas of the resources. What did not fit the old description for the same reason is not held against the
 * new one: descriptions often require what their servers leave out. `before` is absent where only a store remembers it.
 */
export async function loadFit(after: Judged, before: Judged | undefined): Promise<Fit> {
  const check = checkOf(after, await loadValidator(after));
  const checkOld = before && checkOf(before, await loadValidator(before));
  return ({ from, to }, old, now) => {
    const found = check(to, now);
    if (found.length === 0 || !checkOld) return found;
    const known = new Set(checkOld(from, old));
    return found.filter((violation) => !known.has(violation));
  };
}

function checkOf(
  { resources }: Judged,
  validator: Validator,
): (resource: string, document: unknown) => readonly string[] {
  const schemas = new Map(resources.map(({ name, schema }): [string, Resource['schema']] => [name, schema]));
  return (resource, document) => {
    const schema = schemas.get(resource) ?? true;
    try {
      const violations = validator.response(schema)(document);
      return violations.map(({ pointer, message }) => (pointer === '' ? message : `${pointer} ${message}`));
    } catch (error) {
      // By a schema that cannot be used, nothing is known to be wrong.
      if (error instanceof UnusableSchema) return [];
      throw error;
    }
  };
}
