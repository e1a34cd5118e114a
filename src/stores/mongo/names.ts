/**
 * Names of properties as MongoDB takes them. It reads a `$` in front as an operator and a dot as a step, has no name that
 * is empty or holds NUL, and its driver takes an object with `_bsontype` for one of its own. Those names are written with
 * percent signs, and with them every name that has a percent sign already; all others stay as they are.
 */

/** @example storedName('a.b') // 'a%2Eb'; storedName('price') is `price` */
export function storedName(name: string): string {
  if (name === '') return '%';
  if (name === '_bsontype') return '%5Fbsontype';
  if (!name.startsWith('$') && !special.test(name)) return name;
  return name.replace(/^\$|[.%\0]/g, percent);
}

/** The inverse of `storedName`. */
export function nameOf(stored: string): string {
  if (!stored.includes('%')) return stored;
  if (stored === '%') return '';
  return stored.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const special = /[.%\0]/;

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
