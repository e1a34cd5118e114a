import { type Expected, including, matching } from '../scenario.ts';

/** A valid book but for its ISBN, and what the description adds to one. */
export const petals = { title: 'Petals of Blood', price: 14.5 };
export const defaults = { currency: 'EUR', inStock: true };

/** A problem document with this code. */
export function problem(code: string, more: Readonly<Record<string, Expected>> = {}): Expected {
  return including({ code, ...more });
}

export const asProblem = { 'Content-Type': 'application/problem+json' };
export const strongTag = matching('^"[^"]+"$');
