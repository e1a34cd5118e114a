/** Emitted projects on the disk, with the packages of this repository. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownSources } from '../../src/commands/emit/sources.ts';
import type { ProjectStore } from '../../src/emit/facts.ts';
import type { ProjectFile } from '../../src/emit/file.ts';
import { emitProject } from '../../src/emit/project.ts';
import type { ApiModel } from '../../src/model/types.ts';
import { readSpec } from '../../src/spec/read.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const sources = ownSources(new URL('../../src/commands/emit/sources.ts', import.meta.url).href);

export interface Read {
  readonly model: ApiModel;
  readonly texts: readonly { readonly path: string; readonly text: string }[];
}

export async function read(file: string): Promise<Read> {
  const { model, files, diagnostics } = await readSpec(file);
  if (!model) throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  const texts = files.map(({ path }) => ({ path, text: readFileSync(resolve(dirname(file), path), 'utf8') }));
  return { model, texts };
}

export function emitted({ model, texts }: Read, store: ProjectStore = 'sqlite'): readonly ProjectFile[] {
  return emitProject(model, texts, { name: 'golden', store, port: 3000, basePath: '', sources });
}

/** Writes a project into a new folder, with what the compiler needs. */
export function written(files: readonly ProjectFile[]): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'cartouche-project-'));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const settings: { compilerOptions: object } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const compilerOptions = {
    ...settings.compilerOptions,
    noEmit: false,
    rewriteRelativeImportExtensions: true,
    rootDir: 'src',
    outDir: 'dist',
  };
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
