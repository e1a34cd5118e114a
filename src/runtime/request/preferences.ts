/** What a client prefers (RFC 7240). */
export interface Preferences {
  readonly return?: 'minimal' | 'representation';
  readonly count?: 'exact' | 'estimated' | 'none';
  /** Name of a declared example, as mock servers understand it. */
  readonly example?: string;
}

const nothing: Preferences = {};

/** @example parsePreferences('respond-async, return=minimal') // { return: 'minimal' } */
export function parsePreferences(header: string | readonly string[] | undefined): Preferences {
  if (header === undefined) return nothing;
  const values = new Map<string, string>();
  for (const part of String(header).split(',')) {
    const [, name, value = ''] = /^\s*([\w-]+)\s*(?:=\s*"?([^";]*)"?)?/.exec(part) ?? [];
    // Of a repeated preference the first one counts.
    if (name !== undefined && !values.has(name.toLowerCase())) values.set(name.toLowerCase(), value.trim());
  }
  const returning = values.get('return');
  const count = values.get('count');
  const example = values.get('example');
  return {
    ...((returning === 'minimal' || returning === 'representation') && { return: returning }),
    ...((count === 'exact' || count === 'estimated' || count === 'none') && { count }),
    ...(example !== undefined && { example }),
  };
}
