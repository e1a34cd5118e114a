import { curlArguments } from '../fake/curl.ts';
import type { ApiModel } from '../model/types.ts';
import { overviewOf } from '../runtime/self/overview.ts';
import type { ProjectFacts, ProjectOperation } from './facts.ts';

export interface FactsOptions
  extends Pick<ProjectFacts, 'name' | 'store' | 'port' | 'basePath' | 'descriptionFile' | 'cartouche'> {
  /** The files of `src/routes`, and which operations stand in each, by their ids. */
  readonly routers: readonly { readonly file: string; readonly operations: readonly string[] }[];
}

/** What the files around a project are made of, from its model. */
export function factsOf(model: ApiModel, { routers, ...options }: FactsOptions): ProjectFacts {
  const { title, version, description, format } = model;
  const operations = new Map(operationsOf(model, options).map((operation) => [operation.id, operation]));
  return {
    ...options,
    title,
    ...(version !== undefined && { version }),
    ...(description !== undefined && { description }),
    format,
    routers: routers.map(({ file, operations: ids }) => ({
      file,
      operations: ids.flatMap((id) => operations.get(id) ?? []),
    })),
  };
}

function operationsOf(
  model: ApiModel,
  { port, basePath }: Pick<ProjectFacts, 'port' | 'basePath'>,
): ProjectOperation[] {
  const overview = overviewOf(model);
  const known = [...overview.resources.flatMap((resource) => resource.operations), ...overview.others];
  const phrases = new Map(known.map(({ method, path, does }) => [`${method} ${path}`, does]));
  const summaries = new Map(model.paths.flatMap((path) => path.operations.map(({ id, summary }) => [id, summary])));
  return model.bindings.map((binding): ProjectOperation => {
    const method = binding.method.toUpperCase();
    const { operation: id, path } = binding;
    const does = summaries.get(id) || (phrases.get(`${method} ${path}`) ?? '');
    return { id, method, path, does, curl: curlArguments(model, binding, `http://localhost:${port}${basePath}`) ?? [] };
  });
}
