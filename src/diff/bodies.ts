import type { MediaType, Operation, Position } from '../model/description.ts';
import type { Finding } from './change.ts';
import type { Comparison } from './diff.ts';
import type { Direction } from './properties.ts';

/** What clients send. */
export function compareBodies(before: Operation, after: Operation, comparison: Comparison): readonly Finding[] {
  const [was, is] = [before.requestBody, after.requestBody];
  const subject = 'request body';
  if (!was && !is) return [];
  if (!was) {
    const code = is?.required ? 'request-body-added-required' : 'request-body-added-optional';
    return [{ code, subject, message: 'is new', before: before.at, ...(is && { after: is.at }) }];
  }
  if (!is) return [{ code: 'request-body-removed', subject, message: 'is gone', before: was.at, after: after.at }];
  const places = { subject, before: was.at, after: is.at };
  return [
    ...(is.required && !was.required
      ? [{ code: 'request-body-became-required' as const, message: 'is required', ...places }]
      : []),
    ...(was.required && !is.required
      ? [{ code: 'request-body-became-optional' as const, message: 'is optional', ...places }]
      : []),
    ...compareContent(
      { content: was.content, at: was.at },
      { content: is.content, at: is.at },
      subject,
      'request',
      comparison,
    ),
  ];
}

interface Content {
  readonly content: readonly MediaType[];
  readonly at: Position;
}

/** Each media type by itself: another one may have another schema. */
export function compareContent(
  was: Content,
  is: Content,
  label: string,
  direction: Direction,
  { before, after, schemas }: Comparison,
): readonly Finding[] {
  const now = new Map(is.content.map((media) => [essenceOf(media), media]));
  const old = new Map(was.content.map((media) => [essenceOf(media), media]));
  const findings: Finding[] = [];
  for (const [name, media] of old) {
    const twin = now.get(name);
    if (!twin) {
      const message = `${media.mediaType} is gone`;
      findings.push({
        code: `${direction}-media-type-removed`,
        subject: label,
        message,
        before: media.at,
        after: is.at,
      });
    } else {
      const one = { schema: media.schema ?? true, at: media.at, source: before, label };
      findings.push(...schemas(one, { schema: twin.schema ?? true, at: twin.at, source: after, label }, direction));
    }
  }
  for (const [name, media] of now) {
    if (old.has(name)) continue;
    const message = `${media.mediaType} is new`;
    findings.push({ code: `${direction}-media-type-added`, subject: label, message, before: was.at, after: media.at });
  }
  return findings;
}

/** The way in which a charset is written does not count. */
function essenceOf({ mediaType }: MediaType): string {
  return mediaType
    .toLowerCase()
    .replace(/;\s*charset=["']?utf-8["']?/, '')
    .replace(/\s+/g, '');
}
