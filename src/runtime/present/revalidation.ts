import type { IncomingHttpHeaders } from 'node:http';
import { contentTag, isSameContent } from '../request/conditions.ts';
import type { Answer } from './answer.ts';

/**
 * The answer to a read with the tag of its content, or 304 where the client has it already. An answer that has a tag, or
 * that nobody may keep, stays as it is. Throws `ApiError` `precondition-failed` where `If-Match` wants another.
 */
export function revalidated(request: IncomingHttpHeaders, answer: Answer): Answer {
  const { status, headers } = answer;
  if (status !== 200 || headers.ETag !== undefined || headers['Cache-Control'] === 'no-store') return answer;
  return tagged(request, { ...answer, headers: { ...headers } });
}

/** `revalidated` for an answer of one's own: its headers are filled in. For lists, where copying them would show. */
export function tagged(request: IncomingHttpHeaders, answer: Answer & { headers: Record<string, string> }): Answer {
  const { headers, body } = answer;
  const tag = contentTag(body);
  headers.ETag = tag;
  if (!isSameContent(request, tag)) return answer;
  const { 'Content-Type': _, ...kept } = headers;
  return { status: 304, headers: kept, body: '' };
}
