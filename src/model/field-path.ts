/**
 * Dotted paths to properties, `address.city`. A dot or backslash within a name has a backslash before it, so that the
 * property `../x` is not taken for steps, and a hidden property stays hidden whatever it is called.
 */

/** @example fieldPath(['address', 'city']) // 'address.city'; fieldPath(['a.b']) is `a\.b` */
export function fieldPath(names: readonly string[]): string {
  return names.map((name) => (/[.\\]/.test(name) ? name.replace(/[.\\]/g, '\\$&') : name)).join('.');
}

/** The names that a path leads through: the inverse of `fieldPath`. */
export function fieldNames(path: string): readonly string[] {
  if (!path.includes('\\')) return path.split('.');
  const names = [''];
  for (const [part] of path.matchAll(/\\?[\s\S]/g)) {
    if (part === '.') names.push('');
    else names[names.length - 1] += part.length > 1 ? part.slice(1) : part;
  }
  return names;
}
