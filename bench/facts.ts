/** Everything a run found out, by name: `get/100000/32/express/cpu`. Goals and tables read only this. */
import { type Summary, summarise } from './measure/statistics.ts';

export class Facts {
  readonly #values = new Map<string, Summary>();

  /** Takes the values of all rounds. */
  record(name: string, values: readonly number[]): void {
    this.#values.set(name, summarise(values));
  }

  get(name: string): Summary | undefined {
    return this.#values.get(name);
  }

  /** How many times the second is in the first, or undefined where one of them was not measured. */
  ratio(numerator: string, denominator: string): number | undefined {
    const above = this.#values.get(numerator)?.median;
    const below = this.#values.get(denominator)?.median;
    return above === undefined || below === undefined ? undefined : above / below;
  }

  entries(): [string, Summary][] {
    return [...this.#values];
  }
}
