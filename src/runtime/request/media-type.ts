/** A media type as it is compared: without parameters, lower case. */
export interface ParsedMediaType {
  /** `application/json` */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Parses a `Content-Type` (RFC 9110 section 8.3); `undefined` when it is not one.
 *
 * @example parseMediaType('text/plain; charset="UTF-8"')?.parameters.get('charset') // 'UTF-8'
 */
export function parseMediaType(text: string): ParsedMediaType | undefined {
  const [type = '', ...rest] = text.split(';');
  const essence = type.trim().toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/.test(essence)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals === -1) continue;
    const value = part.slice(equals + 1).trim();
    parameters.set(part.slice(0, equals).trim().toLowerCase(), value.replace(/^"(.*)"$/, '$1'));
  }
  return { essence, parameters };
}

/** `application/json` and everything that ends in `+json`. */
export function isJsonType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

/** Whether a declared type or range (`application/*`, parameters allowed) covers a concrete one. */
export function covers(declared: string, essence: string): boolean {
  const range = (declared.split(';')[0] ?? '').trim().toLowerCase();
  if (range === '*/*' || range === essence) return true;
  return range.endsWith('/*') && essence.startsWith(range.slice(0, -1));
}
