export interface MongoOptions {
  /** How long an operation waits for a server that takes it, in milliseconds. Default 5,000. */
  readonly serverSelectionTimeout?: number;
  /** How long the server may take for one query, in milliseconds. Default 10,000. */
  readonly timeLimit?: number;
  /** Connections to each server. Default 20. */
  readonly poolSize?: number;
  /** Documents that are written with one command. Default 500. */
  readonly batchSize?: number;
  /**
   * Remembers with each document whether an index has learned of it, and hands out `changes`. Once a database was opened
   * so, every process that opens it from then on remembers: the index catches up with what was written without it.
   * Default false.
   */
  readonly tracked?: boolean;
  /** Serves on where stored documents break a new promise of the description, or are another API's. Default false. */
  readonly acceptSchemaChanges?: boolean;
  /** How long removals are remembered where no index has to learn of them, in milliseconds. Default one hour. */
  readonly rememberRemovals?: number;
}
