import type { ProjectStore } from '../facts.ts';

/** Versions of packages, as package.json says them. */
export type Packages = Readonly<Record<string, string>>;

/** The oldest Node that an emitted project runs on: `node:sqlite` without a flag. */
export const oldestNode = '22.13';

/**
 * What a project needs to run. None has an install script. The lock files of this folder hold what they stand for:
 * `scripts/locks.ts` makes them.
 */
export function runtimePackages(store: ProjectStore): Packages {
  return {
    ...(store === 'mongodb+elasticsearch' && { '@elastic/elasticsearch': '~8.19.2' }),
    ajv: '^8.20.0',
    'ajv-formats': '^3.0.1',
    express: '^5.3.0',
    ...(store !== 'sqlite' && { mongoose: '^9.12.1' }),
  };
}

/** What it needs to be built, checked and tested. TypeScript 7 has no API for tools yet, so the version is pinned. */
export const developmentPackages: Packages = {
  '@biomejs/biome': '2.6.8',
  '@types/express': '^5.0.6',
  '@types/node': '^22.20.0',
  typescript: '~6.0.3',
};
