/** A request to the server that is checked. */
export interface CheckRequest {
  readonly method: string;
  /** With its query: `/books?limit=2`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface CheckReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reaches the server, by whatever way. */
export type Send = (request: CheckRequest) => Promise<CheckReply>;

/** The body as JSON; `undefined` for none, or for something else. */
export function jsonOf({ body }: CheckReply): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
