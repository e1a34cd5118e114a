import type { Resource } from '../model/types.ts';
import { suggest } from '../suggest.ts';
import type { QueryPair } from './decode.ts';
import { selectablePaths } from './selectable.ts';
import { isSecret } from './vocabulary.ts';

interface SelectionContext {
  readonly resource: Resource;
  readonly dialect: 'plain' | 'ramses';
  readonly properties?: readonly string[];
}

/** Members that Ramses' documents have besides their properties. */
const ramsesMembers = new Set(['_type', '_pk', '_self', '_score']);

/**
 * The properties to show, as dotted paths: all parameters together, each a comma-separated list. `undefined`: all.
 * A name that no document can have is reported; so is a secret, in the same words.
 */
export function selectionOf(
  given: readonly QueryPair[],
  { resource, dialect, properties }: SelectionContext,
  report: (parameter: string, message: string) => void,
): readonly string[] | undefined {
  if (given.length === 0) return undefined;
  const known = properties === undefined ? undefined : selectablePaths(resource, properties);
  const selection = new Set<string>();
  for (const [parameter, value] of given) {
    for (const name of value.split(',').map((part) => part.trim())) {
      if (name === '') report(parameter, 'must be a list of properties, such as "title,price"');
      else if (dialect === 'ramses' && ramsesMembers.has(name)) selection.add(name);
      else if (known !== undefined && !isKnown(name, known)) report(parameter, unknownProperty(name, known.keys()));
      // Where any name may be a property, a secret is one that no document happens to have.
      else if (!isSecret(known?.get(name) ?? name, resource)) selection.add(known?.get(name) ?? name);
    }
  }
  return [...selection];
}

/** Below a property that is no declared scalar, anything may be. Secrets are not among the known paths. */
function isKnown(name: string, known: ReadonlyMap<string, string>): boolean {
  const [top = ''] = name.split('.');
  if (known.has(name)) return true;
  const declaresBelow = [...known.keys()].some((path) => path.startsWith(`${top}.`));
  return known.has(top) && name !== top && !declaresBelow;
}

function unknownProperty(name: string, known: Iterable<string>): string {
  const near = suggest(name, known);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return `"${name.slice(0, 100)}" is no property${hint}`;
}
