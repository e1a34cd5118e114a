import type { ApiModel } from '../../model/types.ts';
import type { ProjectFile } from '../file.ts';
import type { DescriptionText, ProjectOptions } from '../project.ts';
import { appFile } from './app-file.ts';
import { apiFile, operationsFile, resourceFile, schemasFile } from './data-files.ts';
import { mainFiles } from './main-files.ts';
import { outlineOf } from './outline.ts';
import { routesFile } from './routes-file.ts';
import { typesFiles } from './types-file.ts';

/** `api/` and `src/` of a project, but for the runtime. */
export function serviceFiles(
  model: ApiModel,
  description: readonly DescriptionText[],
  { name, store, port, basePath }: Pick<ProjectOptions, 'name' | 'store' | 'port' | 'basePath'>,
): readonly ProjectFile[] {
  const outline = outlineOf(model);
  const given = withinApi(description);
  return [
    ...given.map(({ path, text }): ProjectFile => ({ path: `api/${path}`, class: 'generated', text })),
    ...mainFiles({ store, port, basePath, dataName: name }),
    appFile(
      outline,
      given.map(({ path }, at) => ({ path: description[at]?.path ?? path, file: path })),
    ),
    apiFile(outline),
    schemasFile(outline),
    ...outline.routers.flatMap((router) => [routesFile(router, outline), operationsFile(router)]),
    ...outline.resources.map(resourceFile),
    ...typesFiles(outline),
  ];
}

/** The description's files below one folder: those beside its own folder (`../shared/…`) need one above it. */
function withinApi(description: readonly DescriptionText[]): readonly DescriptionText[] {
  const up = Math.max(0, ...description.map(({ path }) => path.split('/').filter((part) => part === '..').length));
  return description.map(({ path, text }) => {
    const parts: string[] = Array.from({ length: up }, () => 'description');
    for (const part of path.split('/')) {
      if (part === '..') parts.pop();
      else parts.push(part);
    }
    return { path: parts.join('/'), text };
  });
}
