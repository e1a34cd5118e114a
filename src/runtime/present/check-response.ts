import type { Violation } from '../../errors.ts';
import type { JsonSchema, Operation } from '../../model/description.ts';
import type { Answer } from './answer.ts';

/** All violations of a value, pointers relative to it. */
export type Validate = (schema: JsonSchema, value: unknown) => readonly Violation[];

/** Compares an answer with what the operation declares: status, media type, required and typed headers, body. */
export declare function compileResponseCheck(
  operation: Operation,
  validate: Validate,
): (answer: Answer) => readonly Violation[];
