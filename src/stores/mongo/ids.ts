import type { Resource } from '../../model/types.ts';
import { idOfKey } from '../../query/operand.ts';
import type { Control } from './control.ts';

/** The integer ids of a collection, given out by a counter that all processes share. */
export class Ids {
  readonly #resource: Resource;
  readonly #counter: string;
  /** The counter is at least here: what lies below needs no asking. */
  #known = 0;

  constructor(resource: Resource) {
    this.#resource = resource;
    this.#counter = `ids ${resource.name}`;
  }

  async next(control: Control): Promise<number> {
    const id = await control.increment(this.#counter);
    this.#known = Math.max(this.#known, id);
    return id;
  }

  async last(control: Control): Promise<number> {
    const counter = await control.readCounter(this.#counter);
    return Math.max(this.#known, counter);
  }

  /** Before they are written: a number that is then not used harms nobody, one that is given out twice does. */
  async use(keys: readonly string[], control: Control, atLeast = 0): Promise<void> {
    let highest = atLeast;
    for (const key of keys) {
      const id = idOfKey(key, this.#resource.id);
      if (typeof id === 'number' && Number.isSafeInteger(id)) highest = Math.max(highest, id);
    }
    if (highest <= this.#known) return;
    await control.raise(this.#counter, highest);
    this.#known = Math.max(this.#known, highest);
  }
}
