import type { Position } from '../model/description.ts';

/** Something that a conversion could not carry over as it was. */
export interface Loss {
  /** `lost`: it is not in the result. `changed`: it is, in other words or as an extension that tools do not act on. */
  readonly kind: 'lost' | 'changed';
  /** What, and what became of it; a sentence. */
  readonly message: string;
  readonly at: Position;
}

/** A document in the other format, as data, and what it does not say. */
export interface Conversion {
  readonly document: object;
  readonly losses: readonly Loss[];
}
