import type { JsonSchema } from '../model/description.ts';

/** Says whether a value fits a schema; `runtime` and tests hand in ajv. `$ref`s lead into the same `$defs`. */
export type Accepts = (schema: JsonSchema, value: unknown) => boolean;

export interface SampleOptions {
  /** Same schema and seed, same bytes: on every machine. Default 0. */
  readonly seed?: number | string;
  /** `response` leaves out `writeOnly` properties, `request` leaves out `readOnly` ones. Default `response`. */
  readonly direction?: 'request' | 'response';
  /** Which optional properties to fill. Default `all`. */
  readonly optional?: 'all' | 'some' | 'none';
  /** Prefer `example`, `examples` and `default` of the schema (default), or invent, for varied rows. */
  readonly examples?: boolean;
  /** Checks candidates where keywords interact (`not`, `if`, `oneOf`, `pattern` …). Without it they are best effort. */
  readonly accepts?: Accepts;
}

/** A valid, deterministic value for a JSON Schema 2020-12. Terminates on recursive schemas. */
export declare function sample(
  schema: JsonSchema,
  $defs: Readonly<Record<string, JsonSchema>>,
  options?: SampleOptions,
): unknown;
