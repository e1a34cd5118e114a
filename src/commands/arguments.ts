import { InvalidArgumentError } from 'commander';

/** `--port`: 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** A whole number from `least` to `most`. */
export function parseWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
    }
    return number;
  };
}

const UNITS = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 } as const;

/**
 * `--body-limit`: bytes, or with a unit of 1,024.
 *
 * @example parseBytes('512kb') // 524288
 */
export function parseBytes(text: string): number {
  const [, digits, unit = 'b'] = /^(\d+(?:\.\d+)?)(b|kb|mb|gb)?$/i.exec(text.trim()) ?? [];
  const factor = Object.entries(UNITS).find(([name]) => name === unit.toLowerCase())?.[1];
  const bytes = Math.round(Number(digits) * (factor ?? Number.NaN));
  if (!Number.isSafeInteger(bytes) || bytes < 1) {
    throw new InvalidArgumentError('A size is a number of bytes, or has a unit: 512kb, 10mb.');
  }
  return bytes;
}

/** `--base-path`: `/api`, `api/` and `/api/` are the same; `/` is the root. */
export function parseBasePath(text: string): string {
  const path = `/${text.replace(/^\/+|\/+$/g, '')}`;
  if (path === '/') return '';
  if (/[?#{}\s\\]/.test(path) || /\/\.{0,2}(?:\/|$)/.test(path)) {
    throw new InvalidArgumentError('A base path is the beginning of a URL’s path, such as /api/v1.');
  }
  return path;
}

/** `--cors`: an origin as browsers send it, or several after each other. */
export function parseOrigin(text: string, before: readonly string[] | boolean = []): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new InvalidArgumentError('An origin is a scheme, a host and perhaps a port: https://shop.example.');
  }
  return [...(Array.isArray(before) ? before : []), url.origin];
}
