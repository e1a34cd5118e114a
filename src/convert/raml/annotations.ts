/**
 * Extensions as annotations, which RAML 1.0 wants declared ("Declaring Annotation Types").
 */
import type { Extension } from '../../model/description.ts';

/** What has a type of its own; everything else is `any`. */
const knownTypes: ReadonlyMap<string, string> = new Map([
  ['operationId', 'string'],
  ['tags', 'string[]'],
  ['deprecated', 'boolean'],
]);

export interface Annotations {
  /** `(name)`: the key for an extension `x-name`, `(name)` or `_name`. Remembers it for `types`. */
  key(name: string): string;
  /** `annotationTypes`: a declaration for every key that was given out. */
  types(): Readonly<Record<string, string>>;
}

export function newAnnotations(): Annotations {
  const used = new Set<string>();
  return {
    key: (extension) => {
      const name = annotationName(extension);
      used.add(name);
      return `(${name})`;
    },
    types: () => Object.fromEntries([...used].map((name) => [name, knownTypes.get(name) ?? 'any'])),
  };
}

/** @example annotated([{ name: 'x-tier', value: 1 }], annotations) // { '(tier)': 1 } */
export function annotated(extensions: readonly Extension[], annotations: Annotations): object {
  return Object.fromEntries(extensions.map(({ name, value }) => [annotations.key(name), value]));
}

/** A dot would lead into a library, and parentheses end a name. */
function annotationName(extension: string): string {
  const bare = /^\((.*)\)$/s.exec(extension)?.[1] ?? extension.replace(/^x-/i, '');
  const name = bare.replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return name === '' ? 'extension' : name;
}
