import { remembering } from '../remember.ts';
import { covers } from './media-type.ts';

/**
 * Picks the offered media type that an `Accept` header likes best (RFC 9110 section 12.5.1); of equals the first one
 * offered. `undefined` when none is acceptable. A header that cannot be parsed accepts everything.
 *
 * @example negotiate('text/html, application/*;q=0.5', ['application/json']) // 'application/json'
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (accept === undefined || accept === '*/*') return offered[0];
  const ranges = accept
    .split(',')
    .map(parseRange)
    .filter((range) => range !== undefined);
  if (ranges.length === 0) return offered[0];
  let best: string | undefined;
  let bestQuality = 0;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > bestQuality) {
      best = type;
      bestQuality = quality;
    }
  }
  return best;
}

/** `negotiate` for one operation. */
export function compileNegotiation(offered: readonly string[]): (accept: string | undefined) => string | undefined {
  const choose = remembering((accept: string) => negotiate(accept, offered));
  return (accept) => (accept === undefined || accept === '*/*' ? offered[0] : choose(accept));
}

interface Range {
  readonly range: string;
  readonly quality: number;
  /** `type/subtype` beats a `+json` suffix beats `type/*` beats the star. */
  readonly exactness: number;
}

function parseRange(text: string): Range | undefined {
  const [type = '', ...parameters] = text.split(';');
  const range = type.trim().toLowerCase();
  if (!range.includes('/')) return undefined;
  const quality = parameters
    .map((part) => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(part)?.[1])
    .find((value) => value !== undefined);
  const exactness = range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
  return { range, quality: quality === undefined ? 1 : Math.min(1, Number(quality) || 0), exactness };
}

/** The most exact range that covers the type decides, even if it says 0. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const essence = (type.split(';')[0] ?? '').trim().toLowerCase();
  let decisive: Range | undefined;
  for (const range of ranges) {
    if (covers(range.range, essence) && (!decisive || range.exactness > decisive.exactness)) decisive = range;
  }
  return decisive?.quality ?? 0;
}
