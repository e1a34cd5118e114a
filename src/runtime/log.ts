/** What an application tells whoever runs it. Never sent to clients. */
export interface LogEntry {
  readonly level: 'warning' | 'error';
  /** `X-Request-Id` of the answer. */
  readonly requestId: string;
  /** `POST /books` */
  readonly request: string;
  readonly message: string;
  /** The thrown value, stack and all, where there is one. */
  readonly cause?: unknown;
}
