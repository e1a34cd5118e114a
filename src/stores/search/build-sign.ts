/**
 * Signs of life of whoever builds an index. A process that is killed while it builds one leaves it behind, and everybody
 * writes to it until somebody brings the build to its end: who must know that nobody does.
 */
import type { ChangeLog } from '../changes.ts';

export interface BuildSigns {
  /** Gives signs until `work` has settled. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Whether nobody has given a sign for long. To be asked now and then, as long as there is a build. */
  isAbandoned(): Promise<boolean>;
}

/**
 * `patience`: so long after the last sign that was seen, in milliseconds. By one's own clock, and not by what a sign says:
 * clocks of different machines are not alike. `now`: milliseconds of a clock that never goes back.
 */
export function createBuildSigns(
  changes: ChangeLog,
  resource: string,
  patience: number,
  now: () => number,
): BuildSigns {
  const name = `build:${resource}`;
  let seen: { readonly version: number; readonly since: number } | undefined;
  const give = async (): Promise<void> => {
    const version = (await changes.readControl(name))?.version ?? 0;
    // Whoever was faster has given the sign.
    await changes.writeControl(name, version, 'alive');
  };
  return {
    during: async (work) => {
      const giving = setInterval(() => void give().catch(() => undefined), patience / 10);
      giving.unref();
      try {
        // Without it the work fails as well, and says why.
        await give();
        return await work();
      } finally {
        clearInterval(giving);
      }
    },
    isAbandoned: async () => {
      const version = (await changes.readControl(name))?.version ?? 0;
      if (seen?.version !== version) seen = { version, since: now() };
      return now() - seen.since >= patience;
    },
  };
}
