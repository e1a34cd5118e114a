/**
 * What the query parameters of a list mean: paging, order, projection, search, or a filter on a field.
 */
import { isSystem, looksNumeric, meaningOf } from './control-meanings.ts';
import type { Parameter } from './description.ts';
import { fieldNames } from './field-path.ts';
import { folded, singular, words } from './names.ts';
import { parameterOverrides } from './overrides.ts';
import { type Definitions, type Shape, shapeOf } from './schema.ts';
import { isSpread, type QueryName, queryNames } from './spread-parameters.ts';
import type { Control, Field } from './types.ts';

type Meaning = Control['meaning'];
type Operator = NonNullable<Control['operator']>;

const meanings: readonly Meaning[] = [
  'limit',
  'offset',
  'page',
  'page-from-zero',
  'cursor',
  'sort',
  'order',
  'fields',
  'search',
  'count',
  'filter',
  'filters',
  'none',
];
const operators: readonly Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'prefix', 'contains'];

/** Fields by their own name, and by their folded path, `authorid` for `authorId`; the first if several. */
export function fieldIndex(fields: readonly Field[]): ReadonlyMap<string, Field> {
  // A name that has nothing to fold away is not told from a folded one, which is of no account: both mean this field.
  const index = new Map(fields.map((field) => [fieldNames(field.path).join('.'), field]));
  for (const field of fields) {
    const key = folded(field.path);
    if (key !== '' && !index.has(key)) index.set(key, field);
  }
  return index;
}

/**
 * A control for each name of a query parameter, in order: an object that is spread over several names (`filter[status]`)
 * has several. `known`: the resource's fields, by `fieldIndex`; `nouns`: what the resource is called.
 */
export function controlsOf(
  parameters: readonly Parameter[],
  known: ReadonlyMap<string, Field>,
  idProperty: string | undefined,
  definitions: Definitions,
  nouns: readonly string[] = [],
): readonly Control[] {
  return parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter): readonly Control[] => {
      const said = overridden(parameter, known);
      const isWhole = !isSpread(parameter, definitions);
      if (said !== undefined && (isWhole || said.meaning !== 'filters')) return [said];
      const controls = queryNames(parameter, definitions).map((name): Control => {
        if (isSparseFieldset(name, nouns)) return { parameter: name.name, meaning: 'fields' };
        if (name.whole === undefined) return controlOf(name.parameter, known, idProperty, definitions);
        return partControl(name, name.whole, known, idProperty, definitions);
      });
      const holder = said ?? (holdsFreeFilters(parameter, definitions) ? freeFilters(parameter) : undefined);
      return isWhole || holder === undefined ? controls : [...controls, holder];
    });
}

/** Objects that hold filters and nothing else. */
const filterHolders = /^(?:filter|filters|where|criteria|conditions|match)$/;

function partControl(
  { name, parameter, members }: QueryName,
  whole: Parameter,
  fields: ReadonlyMap<string, Field>,
  idProperty: string | undefined,
  definitions: Definitions,
): Control {
  const [first = '', ...rest] = members;
  const within = first + rest.map((member) => `[${member}]`).join('');
  const none: Control = { parameter: name, meaning: 'none' };
  if (whole.style !== 'deepObject') return controlOf(parameter, fields, idProperty, definitions);
  if (filterHolders.test(folded(whole.name))) {
    const shape = shapeOf(parameter.schema, definitions);
    const exact = fields.get(within) ?? fields.get(folded(within));
    const found =
      exact === undefined ? filterBy(within, fields, idProperty, shape, definitions) : filter(name, exact, shape, 'eq');
    return found === undefined ? none : { ...found, parameter: name };
  }
  const byName = controlOf(parameter, fields, idProperty, definitions);
  // `page[number]`, but not `options[page]`: what stands in an object with another name is about that.
  if (
    byName.meaning === 'filter' ||
    byName.meaning === 'none' ||
    isSystem(byName.meaning) ||
    byName.meaning === 'cursor'
  )
    return byName;
  return none;
}

function holdsFreeFilters(parameter: Parameter, definitions: Definitions): boolean {
  const { properties, closed, schema } = shapeOf(parameter.schema, definitions);
  const isFree =
    schema.additionalProperties !== undefined ? schema.additionalProperties !== false : properties.size === 0;
  return parameter.style === 'deepObject' && filterHolders.test(folded(parameter.name)) && isFree && !closed;
}

function freeFilters({ name }: Parameter): Control {
  return { parameter: name, meaning: 'filters' };
}

/** JSON:API: `fields[books]=title,price`. */
function isSparseFieldset({ name }: QueryName, nouns: readonly string[]): boolean {
  const noun = /^fields\[(.+)\]$/.exec(name)?.[1];
  return noun !== undefined && nouns.some((known) => folded(known) === folded(noun));
}

function controlOf(
  parameter: Parameter,
  fields: ReadonlyMap<string, Field>,
  idProperty: string | undefined,
  definitions: Definitions,
): Control {
  const shape = shapeOf(parameter.schema, definitions);
  const { name } = parameter;
  const after = followsId(name, shape, idField(fields, idProperty));
  if (after !== undefined) return after;
  // A field of this very name is meant, even if it is called `page` or `count` — unless it is a number that pages.
  const exact = fields.get(name) ?? fields.get(folded(name));
  const meaning = meaningOf(name, parameter, shape);
  if (exact !== undefined && (meaning === undefined || !isSystem(meaning))) return filter(name, exact, shape, 'eq');
  if (meaning !== undefined) return { parameter: name, meaning };
  return filterBy(name, fields, idProperty, shape, definitions) ?? { parameter: name, meaning: 'none' };
}

/**
 * `starting_after=<id>` continues a list behind a document (`since=<number>` where ids are numbers): lists are in the
 * order of ids unless sorted otherwise.
 */
function followsId(parameter: string, shape: Shape, id: Field | undefined): Control | undefined {
  if (id === undefined) return undefined;
  const text = folded(parameter);
  const isNumber = id.type === 'integer' && shape.type === 'integer';
  const after = /^(?:startingafter|startafter|afterid|sinceid)$/.test(text) || (text === 'since' && isNumber);
  const before = /^(?:endingbefore|beforeid|maxid)$/.test(text);
  if (!after && !before) return undefined;
  return { parameter, meaning: 'filter', field: id.path, operator: after ? 'gt' : 'lt' };
}

function idField(fields: ReadonlyMap<string, Field>, idProperty: string | undefined): Field | undefined {
  return idProperty === undefined ? undefined : fields.get(folded(idProperty));
}

function overridden(parameter: Parameter, fields: ReadonlyMap<string, Field>): Control | undefined {
  const said = parameterOverrides(parameter.extensions);
  const operator = operators.find((known) => known === said.operator) ?? 'eq';
  if (said.filter !== undefined) {
    const field = (fields.get(said.filter) ?? fields.get(folded(said.filter)))?.path ?? said.filter;
    return { parameter: parameter.name, meaning: 'filter', field, operator };
  }
  const meaning = meanings.find((known) => known === said.control);
  return meaning === undefined ? undefined : { parameter: parameter.name, meaning };
}

const prefixes: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:min|minimum|from|since|start|after|gte|starting)$/, 'gte'],
  [/^(?:max|maximum|to|until|end|before|lte|ending|till)$/, 'lte'],
  [/^(?:gt|above|over)$/, 'gt'],
  [/^(?:lt|below|under)$/, 'lt'],
  [/^(?:ne|not|exclude)$/, 'ne'],
  [/^(?:in)$/, 'in'],
  [/^(?:eq|by|filter)$/, 'eq'],
  [/^(?:like|contains)$/, 'contains'],
  [/^(?:prefix|startswith)$/, 'prefix'],
];

/** Words that mean a moment strictly later or earlier when they follow the name: `created_after`. */
const suffixes: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:after)$/, 'gt'],
  [/^(?:before)$/, 'lt'],
  [/^(?:contains|like)$/, 'contains'],
  ...prefixes,
];

function filterBy(
  name: string,
  fields: ReadonlyMap<string, Field>,
  idProperty: string | undefined,
  shape: Shape,
  definitions: Definitions,
): Control | undefined {
  const parts = words(name);
  const plain = fieldNamed(parts, fields, idProperty);
  const byName = plain?.type === 'integer' && takesText(shape, definitions) ? nameFor(parts, fields) : undefined;
  if (plain !== undefined) return filter(name, byName ?? plain, shape, 'eq');
  const [first = '', ...afterFirst] = parts;
  const last = parts.at(-1) ?? '';
  for (const [table, word, rest] of [
    [prefixes, first, afterFirst],
    [suffixes, last, parts.slice(0, -1)],
  ] as const) {
    const operator = table.find(([pattern]) => pattern.test(word))?.[1];
    const field =
      operator === undefined || rest.length === 0 ? undefined : fieldNamed(rest, fields, idProperty, operator);
    if (operator !== undefined && field !== undefined) return filter(name, field, shape, operator);
  }
  return undefined;
}

/** The field that words name: exactly, in the singular (`tags` ~ `tag`), `author` ~ `authorId`, `created` ~ `createdAt`. */
function fieldNamed(
  parts: readonly string[],
  fields: ReadonlyMap<string, Field>,
  idProperty: string | undefined,
  operator: Operator = 'eq',
): Field | undefined {
  const text = parts.join('');
  const one = singular(parts.join('-')).replaceAll('-', '');
  const moments = operator === 'eq' ? [] : ['at', 'on', 'date', 'time'];
  for (const wanted of [text, one, `${one}s`, `${text}id`, `${one}id`, ...moments.map((word) => text + word)]) {
    const field = fields.get(wanted);
    if (field !== undefined) return field;
  }
  return text === 'ids' || text === 'id' ? idField(fields, idProperty) : undefined;
}

/** `tags=red` of tags with an integer `id` and a `name` are told by the name. */
function nameFor(parts: readonly string[], fields: ReadonlyMap<string, Field>): Field | undefined {
  const one = singular(parts.join('-')).replaceAll('-', '');
  return fields.get(`${parts.join('')}name`) ?? fields.get(`${one}name`);
}

function takesText(shape: Shape, definitions: Definitions): boolean {
  const value = shape.type === 'array' ? shapeOf(shape.items, definitions) : shape;
  return value.type === 'string' && !looksNumeric(value);
}

function filter(parameter: string, field: Field, shape: Shape, operator: Operator): Control {
  const several = shape.type === 'array' && operator === 'eq';
  return { parameter, meaning: 'filter', field: field.path, operator: several ? 'in' : operator };
}
