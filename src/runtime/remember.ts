/** How many results are kept, and of keys of what length. */
const most = 100;
const longest = 256;

/**
 * A function that remembers what it made of what clients repeat; errors are not remembered. Keys come from clients: long
 * ones are not kept, and when there are many all are forgotten, rather than that memory grows for ever.
 *
 * `make` must be pure, so that what is remembered stays true. Its results are shared: nobody may change them.
 *
 * @example const parse = remembering((search: string) => parseQuery(decodeQuery(search), context));
 */
export function remembering<Key extends string | number, Result>(make: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, { readonly result: Result }>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered.result;
    const result = make(key);
    if (typeof key === 'string' && key.length > longest) return result;
    if (known.size >= most) known.clear();
    known.set(key, { result });
    return result;
  };
}
