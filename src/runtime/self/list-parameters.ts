import type { Operation, PathItem } from '../../model/description.ts';
import type { Definitions } from '../../model/schema.ts';
import type { Binding, Resource } from '../../model/types.ts';
import { searchedPath } from '../../query/search.ts';
import { documentProperties, selectablePaths } from '../../query/selectable.ts';
import { type KnownControl, type Subject, vocabularyOf } from '../../query/vocabulary.ts';
import { limitsOf } from '../operations/list.ts';

/** The operation that lists, and the definitions that its schemas refer to. */
export interface ListContext {
  readonly item: PathItem;
  readonly operation: Operation;
  readonly $defs: Definitions;
}

/**
 * The query parameters that a collection takes beyond those that its description declares, as Parameter objects: our
 * controls, and one filter for each field.
 */
export function listParameters(
  { action }: Binding,
  resource: Resource,
  { item, operation, $defs }: ListContext,
): readonly object[] {
  if (action.kind !== 'list' && action.kind !== 'update-many' && action.kind !== 'remove-many') return [];
  const vocabulary = vocabularyOf(resource, action.controls);
  const declared = [...item.parameters, ...operation.parameters];
  const searches = [...vocabulary.controls.values()].some(
    ({ whose, meaning }) => whose === 'declared' && meaning === 'search',
  );
  const taken = new Set(declared.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  const controls = [...vocabulary.controls.values()].filter(
    ({ whose, meaning }) =>
      whose === 'ours' &&
      (action.kind === 'list' || meaning.startsWith('search')) &&
      // One search is enough: a second one is refused.
      !(searches && meaning === 'search'),
  );
  const filters = [...vocabulary.subjects.values()];
  const properties = documentProperties(resource, $defs);
  const facts: Facts = {
    ...limitsOf({ item, operation, service: { model: { $defs } } }, action.controls),
    sortable: filters.filter(({ array }) => !array).map(({ name }) => name),
    shown: properties && [...selectablePaths(resource, properties).keys()],
    texts: filters.filter((subject) => searchedPath(subject) !== undefined).map(({ name }) => name),
  };
  const added = [...controls.map((control) => controlParameter(control, facts)), ...filters.map(filterParameter)]
    .filter(({ name }) => !taken.has(name))
    .map((parameter) => ({ ...parameter, in: 'query' }));
  const hasRange = declared.some((parameter) => parameter.in === 'header' && /^range$/i.test(parameter.name));
  return action.kind === 'list' && action.ranges && !hasRange ? [...added, rangeParameter(action.ranges)] : added;
}

function rangeParameter({ unit }: { readonly unit: string }): object {
  const schema = { ...text, pattern: `^${unit}=(\\d+-\\d*|-\\d+)$` };
  return { name: 'Range', in: 'header', description: 'A part of the list.', schema, example: `${unit}=0-9` };
}

interface Added {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
  readonly example?: string;
  /** Lists are separated by commas. */
  readonly explode?: false;
}

/** What values may be. */
interface Facts extends ReturnType<typeof limitsOf> {
  readonly sortable: readonly string[];
  /** `undefined`: any name. */
  readonly shown: readonly string[] | undefined;
  readonly texts: readonly string[];
}

const number = { type: 'integer', minimum: 0 };
const text = { type: 'string' };

function controlParameter({ parameter: name, meaning }: KnownControl, facts: Facts): Added {
  switch (meaning) {
    case 'limit':
      return {
        name,
        description: 'The size of a page.',
        schema: { ...number, default: facts.defaultLimit ?? 20, maximum: facts.maximumLimit ?? 1000 },
      };
    case 'offset':
      return { name, description: 'How many to skip.', schema: number };
    case 'page-from-zero':
      return { name, description: 'The number of the page, counted from 0.', schema: number };
    case 'sort': {
      const description = 'Properties, separated by commas; descending with a leading "-".';
      const schema = { ...namesSchema(facts.sortable.flatMap((key) => [key, `-${key}`])), maxItems: 10 };
      return { name, description, schema, explode: false };
    }
    case 'fields': {
      const description = 'Properties to show, separated by commas; all others are left out, required ones too.';
      return { name, description, schema: namesSchema(facts.shown), explode: false };
    }
    case 'count-only':
      return {
        name,
        description: 'Answer only how many there are, as `{"count": 3}`.',
        schema: { type: 'boolean' },
      };
    case 'cursor':
      return {
        name,
        description: 'Where the page begins: empty at first, then from the link "next".',
        schema: text,
        example: '',
      };
    case 'group': {
      const description = `${groupMeanings[name] ?? ''} of these conditions: a query string in itself.`;
      const [first = '_pk'] = facts.sortable;
      return { name, description, schema: text, example: `${encodeURIComponent(first)}__exists=true` };
    }
    case 'search':
      return {
        name,
        description: 'Words to look for; AND, OR, NOT, "phrases" and field:value are understood.',
        schema: text,
      };
    case 'search-fields': {
      const description = 'Properties to look for the words of the search in, separated by commas. Needs a search.';
      return { name, description, schema: namesSchema(facts.texts), explode: false };
    }
    case 'highlight': {
      const description = 'Properties to show the hits of a search in, or "true" for all: as HTML, in "_highlight".';
      return { name, description, schema: namesSchema(['true', ...facts.texts]), explode: false };
    }
    default:
      return { name, description: '', schema: text };
  }
}

const groupMeanings: Readonly<Record<string, string>> = { _or: 'Any', _and: 'All', _not: 'Not all' };

function namesSchema(names: readonly string[] | undefined): object {
  return { type: 'array', items: names && names.length > 0 ? { enum: names } : text, minItems: 1 };
}

function filterParameter({ name, type }: Subject): Added {
  const description = `Only those with this value. Also ${name}__ne, __gt, __gte, __lt, __lte, __between, __in, __nin and __exists.`;
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
