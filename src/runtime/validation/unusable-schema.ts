/** A schema that no check can be made from. Its message is for the log: it may quote whatever the description says. */
export class UnusableSchema extends Error {
  override readonly name = 'UnusableSchema';

  constructor(cause: unknown) {
    super(`a schema cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
