import type { Extension } from '../description.ts';

/**
 * The name that an extension has in OpenAPI: `x-…` as it is, RAML's annotation `(name)` as `x-name`.
 *
 * @example extensionName('(billing.tier)') // 'x-billing.tier'
 */
export function extensionName(name: string): string {
  const [, annotation] = /^\((.*)\)$/s.exec(name) ?? [];
  const plain = annotation ?? name;
  return plain.startsWith('x-') ? plain : `x-${plain}`;
}

/** Extensions as members of an OpenAPI object. */
export function openapiExtensions(extensions: readonly Extension[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(extensions.map(({ name, value }) => [extensionName(name), value]));
}
