import type { Parameter } from '../../model/description.ts';
import type { Binding, Field, Resource } from '../../model/types.ts';

/** The query parameters that a list takes beyond those that the description declares, as Parameter objects. */
export function listParameters(
  binding: Binding,
  resource: Resource,
  declared: readonly Pick<Parameter, 'name' | 'in'>[],
): readonly object[] {
  const { action } = binding;
  if (action.kind !== 'list' && action.kind !== 'update-many' && action.kind !== 'remove-many') return [];
  const taken = new Set(declared.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  const filters = resource.fields.filter((field) => !isSecret(resource, field)).map(filterParameter);
  const parameters = action.kind === 'list' ? [...controls, ...filters] : filters;
  return parameters.filter(({ name }) => !taken.has(name)).map((parameter) => ({ ...parameter, in: 'query' }));
}

const controls = [
  {
    name: '_limit',
    description: 'Size of a page; default 20.',
    schema: { type: 'integer', minimum: 0, maximum: 1000 },
  },
  { name: '_start', description: 'How many to skip.', schema: { type: 'integer', minimum: 0 } },
  { name: '_page', description: 'The number of a page, from 0.', schema: { type: 'integer', minimum: 0 } },
  {
    name: '_sort',
    description: 'Properties, separated by commas; descending with a leading -.',
    schema: { type: 'string' },
  },
  { name: '_fields', description: 'Properties to show, separated by commas.', schema: { type: 'string' } },
  { name: '_count', description: 'Answer only how many there are.', schema: true, allowEmptyValue: true },
];

function isSecret({ secrets }: Resource, { path }: Field): boolean {
  return secrets.some((secret) => path === secret || path.startsWith(`${secret}.`));
}

function filterParameter({ path }: Field): {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
} {
  return { name: path, description: `Only those with this ${path}.`, schema: { type: 'string' } };
}
