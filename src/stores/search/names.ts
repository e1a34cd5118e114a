/** What things are called in a search server. */
import { createHash } from 'node:crypto';
import type { Resource } from '../../model/types.ts';

/** The names of the indexes of one resource. */
export interface IndexNames {
  /** The alias that searches read. */
  readonly read: string;
  /** A pattern that finds at least all its indexes. */
  readonly pattern: string;
  readonly isIndex: (name: string) => boolean;
  /** `<prefix>-<resource>-<time>-<schema hash>`: later ones come later in the order of texts. */
  readonly index: (time: Date, hash: string) => string;
}

export function indexNames(prefix: string, { name }: Pick<Resource, 'name'>): IndexNames {
  const start = `${prefix}-${/^[a-z0-9][a-z0-9-]{0,99}$/.test(name) ? name : `_${hashOf(name)}`}`;
  return {
    read: `${start}@R`,
    pattern: `${start}-*`,
    isIndex: (index) => index.startsWith(start) && /^-\d{17}-[0-9a-f]{12}$/.test(index.slice(start.length)),
    index: (time, hash) => `${start}-${time.toISOString().replace(/\D/g, '')}-${hash}`,
  };
}

/**
 * The alias that an index is written by. Its upper-case letter makes it illegal as the name of an index: a removal with
 * a version creates the index that it is sent to, whatever `require_alias` says, with no mapping of ours.
 */
export function writeAlias(index: string): string {
  return `${index}@W`;
}

/**
 * A name for a property in an index: the path with `/` for its dots, which would make objects of it there (and then
 * `author` and `author.name` could not both be indexed); what might mean something there has a stand-in.
 */
export function propertyName(path: string): string {
  if (path.length <= 100 && /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/.test(path)) return path.replaceAll('.', '/');
  return `#${hashOf(path)}`;
}

/** The name of a document in its index: at most 512 bytes, and not empty. */
export function documentName(key: string): string {
  return Buffer.byteLength(key) < 500 ? `k${key}` : `h${hashOf(key, 64)}`;
}

export function hashOf(text: string, length = 12): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
