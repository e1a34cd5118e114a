/** Keywords that say something about instances, as opposed to annotations. */
export function isStructural(keyword: string): boolean {
  return !annotations.has(keyword) && !keyword.startsWith('x-') && !keyword.startsWith('_') && !keyword.startsWith('$');
}

const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'externalDocs',
  'xml',
  'discriminator',
  'definitions',
]);
