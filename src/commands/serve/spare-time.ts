/** Work that nobody waits for. */
export interface SpareTime {
  readonly add: (work: () => void) => void;
  /** From now on, there is time after a while. */
  begin(): void;
  /** Does what is left to do. */
  end(): void;
}

/** `delay`: milliseconds after `begin`. The first requests come right after the start, and should not have to wait. */
export function createSpareTime(delay: number): SpareTime {
  let left: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    const works = left;
    left = [];
    for (const work of works) work();
  };
  return {
    add: (work) => {
      left.push(work);
    },
    begin: () => {
      timer = setTimeout(end, delay);
      timer.unref();
    },
    end,
  };
}
