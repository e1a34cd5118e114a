/** A document as an object. */
export type Members = Readonly<Record<string, unknown>>;

/** An own member: `constructor` and `__proto__` are names like any other. */
export function memberOf(document: Members, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}
