/** What a handler gives to the HTTP side: everything that goes out, as data. */
export interface Answer {
  readonly status: number;
  /** Names as they are sent (`Content-Type`); `Content-Length` is added by whoever sends it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for answers without a body. */
  readonly body: string;
  /** The client asked for less than is declared (`_fields`, `_count`): the body is not held to its schema. */
  readonly partial?: boolean;
}
