import type { ProjectFacts, ProjectStore } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import mongodb from './locks/mongodb.json' with { type: 'json' };
import searched from './locks/mongodb+elasticsearch.json' with { type: 'json' };
import sqlite from './locks/sqlite.json' with { type: 'json' };

const locks: Readonly<Record<ProjectStore, object & { readonly packages: Readonly<Record<string, object>> }>> = {
  sqlite,
  mongodb,
  'mongodb+elasticsearch': searched,
};

/**
 * `package-lock.json`, so that `npm ci` installs what was tested. It was made by npm when Cartouche was built, names no
 * registry, and differs from one project to the next by its name alone.
 */
export function packageLock({ name, store }: ProjectFacts): ProjectFile {
  const lock = locks[store];
  const packages = { ...lock.packages, '': { ...lock.packages[''], name } };
  const text = `${JSON.stringify({ ...lock, name, packages }, null, 2)}\n`;
  return { path: 'package-lock.json', class: 'merged', text };
}
