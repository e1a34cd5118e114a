import { STATUS_CODES } from 'node:http';

export interface StatusFacts {
  readonly status: number;
  /** `Deleted`, `Updated 3 Story(s) objects`. */
  readonly message: string;
  readonly requestUrl: string;
  readonly now: Date;
}

/**
 * What Ramses answers where there is no document to show: after DELETE and after bulk writes. Keys in its order,
 * time in UTC without a fraction.
 *
 * @example statusDocument({ status: 200, message: 'Deleted', requestUrl: 'http://localhost/stories/1', now })
 * // '{"status_code":200,"explanation":"","message":"Deleted","title":"OK","timestamp":"2015-10-19T12:00:00Z","request_url":"…"}'
 */
export function statusDocument({ status, message, requestUrl, now }: StatusFacts): string {
  return JSON.stringify({
    status_code: status,
    explanation: '',
    message,
    title: STATUS_CODES[status] ?? '',
    timestamp: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    request_url: requestUrl,
  });
}
