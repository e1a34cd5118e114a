import { castText } from './cast.ts';

export interface Paging {
  read(meaning: 'limit' | 'offset' | 'page' | 'page-from-zero', parameter: string, text: string): void;
  /** `named`: the parameter that says which page, or how long it is. */
  finish(): { readonly limit: number; readonly offset: number; readonly named: string | undefined };
}

interface Limits {
  readonly defaultLimit?: number;
  readonly maximumLimit?: number;
}

type Place = { readonly parameter: string; readonly value: number };

/** Collects what a query says about the page. */
export function createPaging(limits: Limits, report: (parameter: string, message: string) => void): Paging {
  const usual = limits.defaultLimit ?? 20;
  const largest = limits.maximumLimit ?? Math.max(1000, usual);
  let limit: Place | undefined;
  let offset: Place | undefined;
  let page: Place | undefined;

  return {
    read: (meaning, parameter, text) => {
      const lowest = meaning === 'page' ? 1 : 0;
      const cast = castText(text, 'integer');
      const value = cast?.kind === 'value' ? Number(cast.value) : Number.NaN;
      const fits = value >= lowest && (meaning !== 'limit' || value <= largest);
      if (!fits) return report(parameter, expectation(lowest, meaning === 'limit' ? largest : undefined));
      const earlier = meaning === 'limit' ? limit : meaning === 'offset' ? offset : page;
      if (earlier !== undefined) return report(parameter, repeated(parameter, earlier.parameter));
      if (meaning === 'limit') limit = { parameter, value };
      else if (meaning === 'offset') offset = { parameter, value };
      // Pages are counted from 0 from here on.
      else page = { parameter, value: value - lowest };
    },
    finish: () => {
      const size = limit?.value ?? Math.min(usual, largest);
      const named = (page ?? offset ?? limit)?.parameter;
      if (page === undefined) return { limit: size, offset: offset?.value ?? 0, named };
      if (offset !== undefined) report(page.parameter, `cannot be combined with ${offset.parameter}`);
      const start = page.value * size;
      if (!Number.isSafeInteger(start)) report(page.parameter, 'is too large');
      return { limit: size, offset: start, named };
    },
  };
}

function expectation(lowest: number, largest: number | undefined): string {
  return largest === undefined
    ? `must be an integer of at least ${lowest}`
    : `must be an integer from ${lowest} to ${largest}`;
}

function repeated(parameter: string, earlier: string): string {
  return parameter === earlier ? 'must be given once' : `cannot be combined with ${earlier}`;
}
