/** Kinds of variables of the environment. */
import type { Variable } from './environment.ts';

interface Fallback<T> {
  /** Holds where the variable is not set. Absent: it must be. */
  readonly fallback?: T;
}

export function text(name: string, { fallback }: Fallback<string> = {}): Variable<string> {
  return variable(name, 'a text', (given) => given, fallback);
}

/** An address that begins with one of the protocols: `mongodb:`. A secret, since a password may stand in it. */
export function address(name: string, protocols: readonly string[], { fallback }: Fallback<string> = {}) {
  const beginnings = protocols.map((protocol) => `${protocol}//`);
  const parse = (given: string) => (beginnings.some((beginning) => given.startsWith(beginning)) ? given : undefined);
  const expected = `an address that begins with ${beginnings.join(' or ')}`;
  return { ...variable(name, expected, parse, fallback), isSecret: true };
}

export function integer(
  name: string,
  { from, to, fallback }: Fallback<number> & { readonly from: number; readonly to: number },
): Variable<number> {
  const parse = (given: string) => {
    const value = Number(given);
    return /^\d+$/.test(given) && value >= from && value <= to ? value : undefined;
  };
  return variable(name, `a whole number from ${from} to ${to}`, parse, fallback);
}

export function flag(name: string, { fallback }: Fallback<boolean> = {}): Variable<boolean> {
  const meanings: ReadonlyMap<string, boolean> = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ]);
  return variable(name, 'true or false', (given) => meanings.get(given.toLowerCase()), fallback);
}

export function oneOf<const T extends string>(name: string, words: readonly T[], { fallback }: Fallback<T> = {}) {
  return variable(name, words.join(', '), (given) => words.find((word) => word === given), fallback);
}

/** `1mb`, `512kb`, or a number of bytes. */
export function byteCount(name: string, { fallback }: Fallback<number> = {}): Variable<number> {
  const parse = (given: string) => {
    const [, digits, unit = ''] = /^(\d+)(kb|mb|gb)?$/i.exec(given) ?? [];
    const bytes = Number(digits) * 1024 ** ['', 'kb', 'mb', 'gb'].indexOf(unit.toLowerCase());
    return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
  };
  return variable(name, 'a size such as 512kb or 10mb', parse, fallback);
}

/** The beginning of all paths, without a slash at its end: `/api/v1`. A `/` alone is none. */
export function pathPrefix(name: string, { fallback }: Fallback<string> = {}): Variable<string> {
  const parse = (given: string) => {
    const path = given.replace(/\/+$/, '');
    return /^(?:\/[\w.~!$&'()*+,;=:@%-]+)*$/.test(path) && !/\/\.{1,2}(?:\/|$)/.test(path) ? path : undefined;
  };
  return variable(name, 'the beginning of a path, such as /api', parse, fallback);
}

/** `*`: any origin. `none`: no other origin. Otherwise a list with commas: `https://shop.example,https://admin.example`. */
export function origins(name: string, { fallback }: Fallback<boolean | readonly string[]> = {}) {
  const parse = (given: string): boolean | readonly string[] | undefined => {
    if (given === '*') return true;
    if (given === 'none') return false;
    const list = given.split(',').map((origin) => origin.trim());
    return list.every(isOrigin) ? list : undefined;
  };
  return variable(name, '*, none, or origins such as https://shop.example', parse, fallback);
}

function isOrigin(given: string): boolean {
  return /^https?:\/\//.test(given) && URL.canParse(given) && new URL(given).origin === given;
}

function variable<T>(
  name: string,
  expected: string,
  parse: (text: string) => T | undefined,
  fallback: T | undefined,
): Variable<T> {
  return { name, expected, parse, isSecret: false, ...(fallback !== undefined && { fallback }) };
}
