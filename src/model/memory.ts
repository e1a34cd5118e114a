/**
 * Facts that were worked out before, so that each is worked out once however many operations ask.
 */

/** What is known of each object, within the definitions that its references point into. Neither ever changes. */
export type Memory<Value> = WeakMap<object, WeakMap<object, { readonly value: Value }>>;

/**
 * The fact about `subject`, computed when it is first asked for. A memory holds one kind of fact: it is a constant
 * beside the function that computes it.
 */
export function remembered<Value>(
  memory: Memory<Value>,
  subject: object,
  definitions: object,
  compute: () => Value,
): Value {
  let known = memory.get(definitions);
  if (known === undefined) {
    known = new WeakMap();
    memory.set(definitions, known);
  }
  let fact = known.get(subject);
  if (fact === undefined) {
    fact = { value: compute() };
    known.set(subject, fact);
  }
  return fact.value;
}
