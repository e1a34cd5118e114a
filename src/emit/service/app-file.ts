import type { ProjectFile } from '../file.ts';
import { literal } from '../typescript/literal.ts';
import { generated, importLine } from './header.ts';
import type { Outline } from './outline.ts';

/**
 * `src/app.ts`: joins routes, schemas and what is stored into one Express application.
 *
 * @param description the description's files, the root first: what they are called, and where they are below `api/`
 */
export function appFile(
  { resources, routers }: Outline,
  description: readonly { readonly path: string; readonly file: string }[],
): ProjectFile {
  const imports: readonly (readonly [names: readonly string[], from: string])[] = [
    [['api', 'paths'], './api.ts'],
    [['apiModel'], './cartouche/definition/model.ts'],
    [['type ApiModel'], './cartouche/model/types.ts'],
    [['type AppOptions', 'createApp'], './cartouche/runtime/app.ts'],
    [['type Store'], './cartouche/stores/contract.ts'],
    ...routers.map(({ constant, file }) => [[`${constant}Routes`], `./routes/${file}.ts`] as const),
    [['schemas'], './schemas.ts'],
    ...resources.map(({ constant, file }) => [[constant], `./stores/${file}.ts`] as const),
  ];
  const sorted = imports.toSorted(([, one], [, other]) => (naturalKey(one) < naturalKey(other) ? -1 : 1));
  const text = `${generated}import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
${sorted.map(([names, from]) => importLine(names, from)).join('')}
/** What the service is: its paths, what each operation does, and what is stored. */
export const model: ApiModel = apiModel({
  api,
  paths,
  schemas,
  resources: ${listOf(resources.map(({ constant }) => constant))},
  routes: ${listOf(routers.map(({ constant }) => `...${constant}Routes`))},
});

/** The description, as it was given: served at \`/description\`. */
const description = ${literal(description, '', 20, 24)}.map(({ path, file }) => ({
  path,
  text: readFileSync(join(import.meta.dirname, '../api', file), 'utf8'),
}));

/** An Express application that serves what is described from an open store. Put middleware of your own into \`use\`. */
export function createService(store: Store, options: Omit<AppOptions, 'store'> = {}): Express {
  return createApp(model, { description, ...options, store });
}
`;
  return { path: 'src/app.ts', class: 'generated', text };
}

function listOf(items: readonly string[]): string {
  const line = `[${items.join(', ')}]`;
  return line.length + 14 <= 120 ? line : `[\n${items.map((item) => `    ${item},\n`).join('')}  ]`;
}

function naturalKey(path: string): string {
  return path.replace(/\.ts$/, '').toLowerCase();
}
