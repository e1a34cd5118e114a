import type { ApiModel } from '../model/types.ts';
import type { ProjectStore } from './facts.ts';
import type { ProjectFile } from './file.ts';
import { runtimeFilesFor, type Sources } from './runtime.ts';
import { serviceFiles } from './service/service.ts';

/** A file of the description as given; `path` is relative to the root file's folder, with `/`. */
export interface DescriptionText {
  readonly path: string;
  readonly text: string;
}

export interface ProjectOptions {
  /** `bookstore-api` */
  readonly name: string;
  readonly store: ProjectStore;
  readonly port: number;
  /** `''` or `/api` */
  readonly basePath: string;
  /** Our own sources, of which the project gets those that it uses. */
  readonly sources: Sources;
}

/**
 * All files of the project that serves a model. Pure: the same bytes on every machine.
 *
 * @param description its files, the root first
 */
export function emitProject(
  model: ApiModel,
  description: readonly DescriptionText[],
  options: ProjectOptions,
): readonly ProjectFile[] {
  const own = serviceFiles(model, description, options);
  return [...own, ...runtimeFilesFor(own, options.sources)].sort((one, other) => (one.path < other.path ? -1 : 1));
}
