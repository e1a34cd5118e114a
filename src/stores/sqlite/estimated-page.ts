import type { Query } from '../../query/types.ts';
import type { Page } from '../contract.ts';

/** The page with a guessed total: never fewer than can be seen. */
export function withEstimate(page: Page, { offset }: Query, guess: number): Page {
  const least = offset + page.documents.length + Number(page.more);
  return { ...page, total: Math.max(guess, page.documents.length === 0 ? 0 : least), estimated: true };
}
