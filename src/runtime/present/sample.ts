import type { Accepts } from '../../fake/sample.ts';
import type { Operation } from '../../model/description.ts';
import type { ApiModel } from '../../model/types.ts';
import type { Answer } from './answer.ts';

export interface SampleChoice {
  /** `Prefer: example=name`. */
  readonly example?: string | undefined;
  /** The negotiated media type of the response; default: the first declared one, JSON preferred. */
  readonly mediaType?: string | undefined;
}

/**
 * Answers of an operation that is no CRUD action: its declared example, else a valid sample of its schema, else nothing.
 * Header `X-Cartouche-Sample` says which: `example`, `generated`, `empty`. Computed on first use, then kept.
 */
export declare function compileSampleAnswer(
  model: ApiModel,
  operation: Operation,
  accepts?: Accepts,
): (choice?: SampleChoice) => Answer;
