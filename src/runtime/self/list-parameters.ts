import type { Parameter } from '../../model/description.ts';
import type { Binding, Resource } from '../../model/types.ts';
import { type KnownControl, type Subject, vocabularyOf } from '../../query/vocabulary.ts';

/**
 * The query parameters that a collection takes beyond those that its description declares, as Parameter objects: our
 * controls, and one filter for each field.
 */
export function listParameters(
  { action }: Binding,
  resource: Resource,
  declared: readonly Pick<Parameter, 'name' | 'in'>[],
): readonly object[] {
  if (action.kind !== 'list' && action.kind !== 'update-many' && action.kind !== 'remove-many') return [];
  const vocabulary = vocabularyOf(resource, action.controls);
  const taken = new Set(declared.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  const controls = [...vocabulary.controls.values()].filter(
    ({ whose, meaning }) => whose === 'ours' && (action.kind === 'list' || meaning.startsWith('search')),
  );
  const filters = [...vocabulary.subjects.values()];
  return [...controls.map(controlParameter), ...filters.map(filterParameter)]
    .filter(({ name }) => !taken.has(name))
    .map((parameter) => ({ ...parameter, in: 'query' }));
}

interface Added {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
}

const number = { type: 'integer', minimum: 0 };
const text = { type: 'string' };

function controlParameter({ parameter: name, meaning }: KnownControl): Added {
  switch (meaning) {
    case 'limit':
      return { name, description: 'The size of a page.', schema: { ...number, default: 20, maximum: 1000 } };
    case 'offset':
      return { name, description: 'How many to skip.', schema: number };
    case 'page-from-zero':
      return { name, description: 'The number of the page, counted from 0.', schema: number };
    case 'sort':
      return { name, description: 'Properties, separated by commas; descending with a leading "-".', schema: text };
    case 'fields':
      return { name, description: 'Properties to show, separated by commas.', schema: text };
    case 'count-only':
      return { name, description: 'Answer only how many there are.', schema: { type: 'boolean' } };
    case 'search':
      return { name, description: 'Words to look for.', schema: text };
    case 'search-fields':
      return { name, description: 'Properties to look for the words in, separated by commas.', schema: text };
    default:
      return { name, description: '', schema: text };
  }
}

function filterParameter({ name, type }: Subject): Added {
  const description = `Only those with this value. Also ${name}__ne, __gt, __gte, __lt, __lte, __in and __exists.`;
  return { name, description, schema: schemaOf(type) };
}

function schemaOf(type: Subject['type']): object {
  switch (type) {
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    default:
      return { type };
  }
}
