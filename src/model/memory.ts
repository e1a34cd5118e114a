/**
 * Facts that are worked out once, however many operations ask.
 *
 * @param compute A fact about a subject within the definitions that its references point into. Neither ever changes.
 * @returns The same function, which remembers. It is a constant beside `compute`, never made for a single call: that would
 *   cost more memory than most facts.
 */
export function remembering<Subject extends object, Definitions extends object, Value>(
  compute: (subject: Subject, definitions: Definitions) => Value,
): (subject: Subject, definitions: Definitions) => Value {
  const memory = new WeakMap<object, WeakMap<object, { readonly value: Value }>>();
  return (subject, definitions) => {
    let known = memory.get(definitions);
    if (known === undefined) {
      known = new WeakMap();
      memory.set(definitions, known);
    }
    let fact = known.get(subject);
    if (fact === undefined) {
      fact = { value: compute(subject, definitions) };
      known.set(subject, fact);
    }
    return fact.value;
  };
}
