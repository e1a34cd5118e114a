import { shellQuoted } from '../../shell-quoted.ts';
import type { ProjectFacts, ProjectStore } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { developmentPackages, oldestNode, runtimePackages } from './packages.ts';

/** `package.json`. */
export function packageJson({ name, title, cartouche, descriptionFile, store }: ProjectFacts): ProjectFile {
  const emit = `npx --yes cartouche@${cartouche} emit ${shellQuoted(`api/${descriptionFile}`)} --out .`;
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    description: title,
    type: 'module',
    engines: { node: `>=${oldestNode}` },
    scripts: {
      // Node strips the types by itself; the flag is for versions before 22.18, and means nothing to later ones.
      dev: 'node --experimental-strip-types --disable-warning=ExperimentalWarning --watch --env-file-if-exists=.env src/main.ts',
      build:
        "tsc -p tsconfig.build.json && node -e \"fs.cpSync('src/validators', 'dist/validators', { recursive: true })\"",
      start: 'node --enable-source-maps --env-file-if-exists=.env dist/main.js',
      test: 'node --experimental-strip-types --disable-warning=ExperimentalWarning --test "test/**/*.test.ts"',
      typecheck: 'tsc --noEmit',
      lint: 'biome check --error-on-warnings .',
      format: 'biome check --write .',
      emit,
      'emit:check': `${emit} --check`,
    },
    dependencies: runtimePackages(store),
    devDependencies: developmentPackages,
  };
  return { path: 'package.json', class: 'merged', text: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** The part of package.json that a lock file repeats. */
export function lockedManifest(store: ProjectStore): object {
  return {
    name: 'project',
    version: '0.1.0',
    dependencies: runtimePackages(store),
    devDependencies: developmentPackages,
    engines: { node: `>=${oldestNode}` },
  };
}
