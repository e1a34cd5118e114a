import type { JsonSchema } from '../model/description.ts';
import type { Definitions } from '../model/schema.ts';
import { Generation } from './generation.ts';

/** Says whether a value fits a schema; `runtime` and tests hand in ajv. `$ref`s lead into the same `$defs`. */
export type Accepts = (schema: JsonSchema, value: unknown) => boolean;

export interface SampleOptions {
  /** Same schema and seed, same bytes: on every machine. Default 0. */
  readonly seed?: number | string;
  /** `response` leaves out `writeOnly` properties, `request` leaves out `readOnly` ones. Default `response`. */
  readonly direction?: 'request' | 'response';
  /** Which optional properties to fill. Default `all`, as far as a document stays of readable size. */
  readonly optional?: 'all' | 'some' | 'none';
  /** Prefer `example`, `examples` and `default` of the schema (default), or invent, for varied rows. */
  readonly examples?: boolean;
  /**
   * Checks samples, and candidates where keywords interact (`not`, `if`, `oneOf` …). Without it those are best effort.
   * It must judge by the same direction: a `writeOnly` property that is required may be missing in a response.
   */
  readonly accepts?: Accepts;
}

const attempts = 12;

/**
 * A valid, plausible value for a JSON Schema 2020-12, the same for the same schema and seed. It terminates on recursive
 * schemas and stays small on wide ones. Where no attempt is accepted, the first one is given.
 *
 * @example sample({ type: 'object', properties: { email: { type: 'string', format: 'email' } } }, {})
 * // { email: 'hana.castro@example.com' }
 */
export function sample(schema: JsonSchema, $defs: Definitions, options: SampleOptions = {}): unknown {
  const { seed = 0, direction = 'response', optional = 'all', examples = true, accepts } = options;
  let best: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const generation = new Generation($defs, {
      seed: attempt === 0 ? seed : `${seed}/${attempt}`,
      direction,
      // What is left out cannot be wrong: later attempts are smaller.
      optional: attempt % 3 === 2 ? 'none' : optional,
      examples: examples && attempt < attempts / 2,
      turn: Math.floor(attempt / 2),
      condition: attempt % 4 < 2,
      // The validator is asked for the parts only when the whole was refused: compiling each part costs time.
      accepts: attempt === 0 ? undefined : accepts,
    });
    const value = generation.value(schema, '', '');
    if (value === undefined) continue;
    if (!accepts || accepts(schema, value)) return value;
    best ??= value;
  }
  return best ?? null;
}
