import type { ProjectFacts } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { ciFiles } from './ci-files.ts';
import { composeFile } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { kubernetesFiles } from './kubernetes/files.ts';
import { packageJson } from './package-json.ts';
import { packageLock } from './package-lock.ts';
import { readmeFiles } from './readme.ts';
import { settingsFiles } from './settings-files.ts';
import { sourceFiles } from './source-files.ts';

/**
 * Everything of a project around its application: how it is built, checked, configured, started, explained and placed.
 * `src/app.ts` has to export `model` and `createService(store, options)`.
 */
export function surroundingsOf(facts: ProjectFacts): readonly ProjectFile[] {
  return [
    packageJson(facts),
    packageLock(facts),
    ...settingsFiles(facts),
    ...sourceFiles(facts),
    dockerfile(facts),
    composeFile(facts),
    ...ciFiles(facts),
    ...kubernetesFiles(facts),
    ...readmeFiles(facts),
  ];
}
