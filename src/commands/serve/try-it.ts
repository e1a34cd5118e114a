import { curlArguments } from '../../fake/curl.ts';
import type { ApiModel } from '../../model/types.ts';
import { shellQuoted } from '../../shell-quoted.ts';

/**
 * One command to copy that works at once: a create with a valid body where the model has one, else a list, else any
 * GET without path parameters. `undefined` where the description has nothing of the kind.
 *
 * @example curl -X POST http://127.0.0.1:3000/books -H 'Content-Type: application/json' -d '{"title":"…"}'
 */
export function tryIt(model: ApiModel, url: string, options: { readonly readOnly: boolean }): string | undefined {
  const rootBindings = model.bindings.filter((binding) => !binding.path.includes('{'));
  const creating = options.readOnly ? undefined : rootBindings.find(({ action }) => action.kind === 'create');
  const listing = rootBindings.find(({ action, method }) => action.kind === 'list' && method === 'get');
  const binding = creating ?? listing ?? rootBindings.find(({ method }) => method === 'get');
  const words = binding && curlArguments(model, binding, url);
  return words && ['curl', ...words].map(shellQuoted).join(' ');
}
