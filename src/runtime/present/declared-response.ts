import type { MediaType, Operation, Response } from '../../model/description.ts';
import { isJson } from '../../model/representation.ts';

export { isJson };

/** What an operation declares for a status: the status itself, else its class (`4XX`), else `default`. */
export function declaredResponse(operation: Operation, status: number): Response | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  for (const key of keys) {
    const found = operation.responses.find((response) => response.status === key);
    if (found) return found;
  }
  return undefined;
}

/** `application/json; charset=utf-8` to `application/json`. */
export function essenceOf(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** A media type that can be sent: a range stands for JSON. */
export function concreteMediaType(mediaType: string): string {
  return essenceOf(mediaType).includes('*') ? 'application/json' : mediaType;
}

/** The declared content with this media type, else JSON, else the first. */
export function chooseContent(content: readonly MediaType[], wanted?: string): MediaType | undefined {
  return (
    content.find(({ mediaType }) => mediaType === wanted) ??
    content.find(({ mediaType }) => wanted !== undefined && essenceOf(mediaType) === essenceOf(wanted)) ??
    content.find(({ mediaType }) => isJson(mediaType)) ??
    content[0]
  );
}
