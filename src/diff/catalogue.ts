/**
 * What can change between two descriptions of an API, and what that means for clients who were written for the old one.
 * Codes are stable and never reused. `docs/diff.md` lists them; a test ties the two both ways.
 *
 * `request-…` is said of what clients send, `response-…` of what they get: the same edit of a schema that is used for
 * both is two changes, of which one may break clients and the other not.
 */
import { bodyChanges } from './catalogue/bodies.ts';
import type { ChangeKind } from './catalogue/kind.ts';
import { operationChanges } from './catalogue/operations.ts';
import { requestChanges } from './catalogue/requests.ts';
import { responseChanges } from './catalogue/responses.ts';

export type { ChangeKind, ChangeSeverity } from './catalogue/kind.ts';

export const changeCatalogue = {
  ...operationChanges,
  ...bodyChanges,
  ...requestChanges,
  ...responseChanges,
} as const satisfies Record<string, ChangeKind>;

export type ChangeCode = keyof typeof changeCatalogue;
