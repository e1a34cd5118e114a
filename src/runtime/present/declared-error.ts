import type { Violation } from '../../errors.ts';
import { type Accepts, sample } from '../../fake/sample.ts';
import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, isRecord, isSchema, resolve, type Shape, shapeOf } from '../../model/schema.ts';
import { errorMeaning } from './error-meanings.ts';

/** Everything that can be said about an error. */
export interface ErrorFacts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly hint: string;
  /** The hint, where it is about this request and not only about its code. */
  readonly advice?: string | undefined;
  /** The schema has no place for the advice: messages tell it. */
  readonly advises?: boolean;
  /** URI reference of the page that explains the code. */
  readonly type: string;
  readonly instance: string;
  readonly requestId: string;
  readonly url?: string | undefined;
  readonly now: Date;
  readonly violations: readonly Violation[];
  /** Set while one of several violations is told: where it is. */
  readonly violation?: Violation;
  /** The whole as RFC 9457 has it, for schemas that allow any object. */
  readonly problem: object;
}

/**
 * (facts) to a document of the description's own error schema: properties are filled by what their names mean, required
 * ones that mean nothing to us by a sample. Gives `undefined` when no document is both valid and says what happened.
 *
 * @example compileDeclaredError({ type: 'object', properties: { message: { type: 'string' } } }, {})(facts)
 * // { message: 'No book "1".' }
 */
export function compileDeclaredError(
  schema: JsonSchema,
  $defs: Definitions,
  accepts: Accepts | undefined,
): (facts: ErrorFacts) => unknown {
  const fits: Accepts = accepts ?? (() => true);
  const alternatives = [schema, ...unionMembers(schema, $defs)];
  const fill = (facts: ErrorFacts): Filled | undefined => {
    for (const alternative of alternatives) {
      for (const careful of [false, true]) {
        const filling = new Filling($defs, fits, careful);
        const value = filling.value(alternative, '', facts);
        if (!filling.saysSomething) continue;
        const { saysHint } = filling;
        if (fits(schema, value)) return { value, saysHint };
        const completed = complete(value, sample(alternative, $defs, { ...(accepts && { accepts }) }));
        if (fits(schema, completed)) return { value: completed, saysHint };
      }
    }
    return undefined;
  };
  return (facts) => {
    const filled = fill(facts);
    if (facts.advice === undefined || filled?.saysHint) return filled?.value;
    // A place for it cannot be known before: which properties are filled depends on what fits.
    return (fill({ ...facts, advises: true }) ?? filled)?.value;
  };
}

interface Filled {
  readonly value: unknown;
  readonly saysHint: boolean;
}

export function unionMembers(schema: JsonSchema, $defs: Definitions): readonly JsonSchema[] {
  const { oneOf, anyOf } = resolve(schema, $defs);
  return [oneOf, anyOf].flatMap((members) => (Array.isArray(members) ? members.filter(isSchema) : []));
}

/** One attempt. `careful` checks each value against its own schema, which costs a validator for each. */
class Filling {
  /** Whether anything of what happened found a place. */
  saysSomething = false;
  /** Whether the hint found a place of its own. */
  saysHint = false;
  private depth = 0;
  private readonly $defs: Definitions;
  private readonly fits: Accepts;
  private readonly careful: boolean;

  constructor($defs: Definitions, fits: Accepts, careful: boolean) {
    this.$defs = $defs;
    this.fits = fits;
    this.careful = careful;
  }

  /** The value of a property called `name` (empty for the whole), or `undefined` when it means nothing to us. */
  value(schema: JsonSchema, name: string, facts: ErrorFacts, siblings: readonly string[] = []): unknown {
    const shape = shapeOf(schema, this.$defs);
    switch (shape.type) {
      case 'object':
        return this.object(shape, name, facts);
      case 'array':
        return this.array(shape, name, facts);
      default: {
        const value = errorMeaning({ name, shape, siblings, facts });
        if (value === undefined || (this.careful && !this.fits(schema, value))) return undefined;
        this.saysSomething = true;
        this.saysHint ||= value === facts.hint;
        return value;
      }
    }
  }

  private object(shape: Shape, name: string, facts: ErrorFacts): unknown {
    if (shape.properties.size === 0) return this.openObject(shape, name, facts);
    // An error inside an error, as `{error: {error: …}}` with one recursive schema.
    if (this.depth > 4) return undefined;
    this.depth++;
    const names = [...shape.properties.keys()];
    const members: [string, unknown][] = [];
    for (const [property, schema] of shape.properties) {
      const said = this.saysSomething;
      const value = this.value(schema, property, facts, names);
      if (value !== undefined) members.push([property, value]);
      else {
        this.saysSomething = said;
        if (shape.required.has(property)) members.push([property, sample(schema, this.$defs, this.sampling())]);
      }
    }
    this.depth--;
    return Object.fromEntries(members);
  }

  private sampling(): { readonly accepts: Accepts; readonly optional: 'none' } {
    return { accepts: this.fits, optional: 'none' };
  }

  /** `{}` or a map: as the whole error it takes RFC 9457's members; elsewhere it means nothing. */
  private openObject(shape: Shape, name: string, { problem }: ErrorFacts): unknown {
    if (name !== '' || shape.closed || isRecord(shape.schema.additionalProperties)) return undefined;
    this.saysSomething = true;
    this.saysHint = true;
    return problem;
  }

  /** A list tells each violation, or the error itself where there is but one thing to tell. */
  private array(shape: Shape, name: string, facts: ErrorFacts): unknown {
    if (facts.violation) return this.location(shape, facts.violation);
    if (name !== '' && !listNames.test(name)) return undefined;
    const items = shape.items ?? true;
    const each = facts.violations.length > 0 ? facts.violations : [undefined];
    const elements = each.map((violation) =>
      this.value(items, 'message', violation ? { ...facts, violation, detail: violation.message } : facts),
    );
    return elements.every(isTelling) ? elements : undefined;
  }

  /** FastAPI's `loc: ["body", "price"]`. */
  private location(shape: Shape, { pointer, parameter, in: place }: Violation): unknown {
    if (shapeOf(shape.items, this.$defs).type !== 'string') return undefined;
    const steps = pointer === undefined ? [parameter ?? ''] : pointer.split('/').slice(1);
    return [place ?? 'body', ...steps];
  }
}

/** An element without a member tells nothing: better no list than one of `{}`. */
function isTelling(element: unknown): boolean {
  return element !== undefined && !(isRecord(element) && Object.keys(element).length === 0);
}

const listNames =
  /^(sub)?errors?$|^(error|validation).*|^(details?|violations?|issues|messages|fields|reasons|causes|problems)$/i;

/** What was filled wins over the sample; the sample gives what was missing. */
function complete(filled: unknown, sampled: unknown): unknown {
  if (!isRecord(filled) || !isRecord(sampled)) return filled;
  const members = new Map(Object.entries(sampled));
  for (const [name, value] of Object.entries(filled)) members.set(name, complete(value, members.get(name)));
  return Object.fromEntries(members);
}
