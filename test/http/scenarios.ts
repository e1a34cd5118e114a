import type { Scenario } from './scenario.ts';
import { changes } from './scenarios/changes.ts';
import { conditions } from './scenarios/conditions.ts';
import { documents } from './scenarios/documents.ts';
import { lists } from './scenarios/lists.ts';
import { protocol } from './scenarios/protocol.ts';
import { refusals } from './scenarios/refusals.ts';
import { revalidation } from './scenarios/revalidation.ts';
import { selfDescription } from './scenarios/self-description.ts';

/**
 * What every server of `specs/bookstore.raml` must do, and of the same API in OpenAPI. A book's ISBN is `978`, the digits of the run and four of the
 * scenario's own.
 */
export const scenarios: readonly Scenario[] = [
  ...documents,
  ...lists,
  ...conditions,
  ...revalidation,
  ...changes,
  ...refusals,
  ...protocol,
  ...selfDescription,
];
