/**
 * Path templates, and the parameters that belong to them.
 */
import type { Parameter } from '../../model/description.ts';
import { suggest } from '../../suggest.ts';
import type { DocumentNode } from '../document/library.ts';
import { placeOf, type Reading, report } from './reading.ts';

/** @example templateNames('/users/{id}/files/{name}.{ext}') // ['id', 'name', 'ext'] */
export function templateNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

/** Names in the template and declared path parameters must be the same. */
export function checkPathParameters(
  reading: Reading,
  path: string,
  entry: DocumentNode,
  shared: readonly Parameter[],
  drafts: readonly { readonly parameters: readonly Parameter[] }[],
): void {
  // Told with the path itself; what its braces mean, nobody knows.
  if (/[{}]/.test(path.replace(/\{[^{}]+\}/g, ''))) return;
  const names = templateNames(path);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    const message = `The template names "{${twice}}" twice.`;
    report(reading, 'path-parameter-mismatch', message, { at: placeOf(entry), hint: 'rename one of the two' });
  }
  const declared = [...shared, ...drafts.flatMap(({ parameters }) => parameters)].filter(
    ({ in: place }) => place === 'path',
  );
  const undeclared = names.filter((name) => !declared.some((parameter) => parameter.name === name));
  const strangers = declared.filter(({ name }) => !names.includes(name));
  for (const stranger of strangers) {
    const near = suggest(stranger.name, names) ?? (undeclared.length === 1 ? undeclared[0] : undefined);
    report(reading, 'path-parameter-mismatch', `"${path}" has no place for the path parameter "${stranger.name}".`, {
      at: stranger.at,
      hint: near ? `did you mean "${near}"?` : `add {${stranger.name}} to the path, or remove the parameter`,
    });
  }
  for (const name of strangers.length > 0 ? [] : undeclared) {
    report(
      reading,
      'path-parameter-mismatch',
      `The path parameter "{${name}}" is not declared; any text is accepted.`,
      {
        at: placeOf(entry),
        severity: 'warning',
        hint: `add { name: ${name}, in: path, required: true, schema: … } to its parameters`,
      },
    );
  }
}
