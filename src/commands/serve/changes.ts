import type { ApiModel, Binding, Resource } from '../../model/types.ts';

/**
 * What a reload changed, one line each, for somebody who has saved a description and wants to see it understood:
 * `+ POST /books`, `- DELETE /books/{isbn}`, `books: + subtitle, - pages`. Empty when nothing that is served changed.
 */
export function changesBetween(before: ApiModel, after: ApiModel): readonly string[] {
  return [...operationChanges(before, after), ...resourceChanges(before, after)];
}

function operationChanges(before: ApiModel, after: ApiModel): readonly string[] {
  const old = new Map(before.bindings.map((binding) => [lineOf(binding), binding]));
  const now = new Map(after.bindings.map((binding) => [lineOf(binding), binding]));
  const contracts = { before: contractsOf(before), after: contractsOf(after) };
  return [
    ...[...now.keys()].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
    ...[...old.keys()].filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...[...now.entries()].flatMap(([line, binding]) => {
      const was = old.get(line);
      if (!was) return [];
      if (was.action.kind !== binding.action.kind) {
        return [`~ ${line}: ${was.action.kind} is now ${binding.action.kind}`];
      }
      const same = contracts.before.get(line) === contracts.after.get(line) && was.success === binding.success;
      return same ? [] : [`~ ${line}`];
    }),
  ];
}

function resourceChanges(before: ApiModel, after: ApiModel): readonly string[] {
  const old = new Map(before.resources.map((resource) => [resource.name, resource]));
  return after.resources.flatMap((resource) => {
    const was = old.get(resource.name);
    if (!was) return [];
    const changes = fieldChanges(was, resource);
    return changes.length > 0 ? [`${resource.name}: ${changes.join(', ')}`] : [];
  });
}

function fieldChanges(before: Resource, after: Resource): readonly string[] {
  const old = new Map(before.fields.map((field) => [field.path, field]));
  const now = new Map(after.fields.map((field) => [field.path, field]));
  return [
    ...[...now.keys()].filter((path) => !old.has(path)).map((path) => `+ ${path}`),
    ...[...old.keys()].filter((path) => !now.has(path)).map((path) => `- ${path}`),
    ...[...now.entries()].flatMap(([path, field]) => {
      const was = old.get(path);
      return was && was.type !== field.type ? [`${path} is now ${field.type}`] : [];
    }),
  ];
}

/** What each operation asks and answers, as text to compare; places are left out, since any edit moves them. */
function contractsOf(model: ApiModel): ReadonlyMap<string, string> {
  return new Map(
    model.paths.flatMap((path) =>
      path.operations.map((operation): [string, string] => [
        `${operation.method.toUpperCase()} ${path.path}`,
        JSON.stringify([path.parameters, operation], (key, value: unknown) => (key === 'at' ? undefined : value)),
      ]),
    ),
  );
}

function lineOf(binding: Binding): string {
  return `${binding.method.toUpperCase()} ${binding.path}`;
}
