import { readFileSync } from 'node:fs';
import type { Sources } from '../../emit/runtime.ts';

/**
 * Our own sources, of which emitted projects get copies: the files themselves in development, and the one file that
 * `scripts/build.ts` makes of them in the package.
 */
export function ownSources(here: string = import.meta.url): Sources {
  if (here.endsWith('.ts')) return (path) => textAt(new URL(`../../${path}`, here));
  const texts: unknown = JSON.parse(readFileSync(new URL('sources.json', here), 'utf8'));
  const known = new Map(Object.entries(typeof texts === 'object' && texts !== null ? texts : {}));
  return (path) => {
    const text: unknown = known.get(path);
    return typeof text === 'string' ? text : undefined;
  };
}

function textAt(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
