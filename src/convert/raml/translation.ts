import type { ApiDescription, Position, SecurityRequirement } from '../../model/description.ts';
import type { Annotations } from './annotations.ts';
import type { Report } from './report.ts';
import type { TypeContext } from './types.ts';

/** What all parts of one document share. */
export interface Translation {
  readonly $defs: ApiDescription['$defs'];
  readonly types: TypeContext;
  readonly annotations: Annotations;
  readonly report: Report;
  /** `securedBy`. `what` is secured, for the report: `GET /books`. */
  readonly securedBy: (declared: readonly SecurityRequirement[], what: string, at: Position) => readonly unknown[];
}
