/**
 * Words for media types that are none, and for bodies that have none.
 */
import type { Position } from '../../../model/description.ts';
import { suggest } from '../../../suggest.ts';
import { type Heard, keyAt, type Wording } from './heard.ts';

export function mediaType({ finding, excerpts }: Heard): Wording {
  const line = excerpts.line(finding.at);
  const key = keyAt(finding, excerpts);
  const value = key === 'mediaType' ? /mediaType\s*:\s*["']?([^\s"'#]+)/.exec(line)?.[1] : undefined;
  // Below `body` in a description without media types, a key is taken for one.
  if (value === undefined && BODY_KEYS.includes(key)) {
    return mediaTypeMissing(excerpts.ownerOf(finding.at));
  }
  const near = value === undefined ? suggest(key, BODY_KEYS) : undefined;
  if (near !== undefined) {
    return {
      code: 'unknown-key',
      message: `"${key}" is neither a key of a body nor a media type.`,
      hint: `did you mean "${near}"?`,
    };
  }
  const hint = line.includes(`${key}::`) ? 'take the second colon away' : 'e.g. application/json';
  return { code: 'invalid-media-type', message: `"${value ?? shown(key, line)}" is no media type.`, hint };
}

function shown(key: string, line: string): string {
  return line.includes(`${key}::`) ? `${key}:` : key;
}

/** The same words for each body, so that they are one finding with many places. */
export function mediaTypeMissing(at: Position | undefined): Wording {
  return {
    code: 'missing-key',
    message: MEDIA_TYPE_IS_MISSING,
    hint: 'put its content under application/json, or declare "mediaType" at the top of the description',
    at,
  };
}

export const MEDIA_TYPE_IS_MISSING = 'This body has no media type, and no "mediaType" is declared.';

const BODY_KEYS = ['type', 'schema', 'example', 'examples', 'properties', 'description', 'items', 'displayName'];
