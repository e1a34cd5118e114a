/**
 * Does something with each item, with `most` of them at a time. All are tried; then it rejects with the first failure, if
 * there was one.
 */
export async function eachOf<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const left = items.values();
  const lane = async (): Promise<void> => {
    // All lanes share one iterator.
    for (const item of left) {
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  if (failures.length > 0) throw failures[0];
}
