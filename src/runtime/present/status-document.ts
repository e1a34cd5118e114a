/** What Ramses answers where there is no document to show. */
export interface StatusFacts {
  readonly status: number;
  /** `Deleted`, `Updated 3 Story(s) objects`. */
  readonly message: string;
  readonly requestUrl: string;
  readonly now: Date;
}

/** `{status_code, explanation, message, title, timestamp, request_url}` as JSON text. */
export declare function statusDocument(facts: StatusFacts): string;
