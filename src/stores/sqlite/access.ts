/** Reads and writes of what is no document, in the company of all others. Both throw `StoreError`. */
export interface Access {
  /** Within this turn; whatever it throws is a rejection. */
  read<T>(work: () => T): Promise<T>;
  /** Within a transaction, all or nothing. */
  write<T>(work: () => T): Promise<T>;
}
