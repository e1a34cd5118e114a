/** Random documents and filters that meet each other: few values, many corner cases. */
import fc from 'fast-check';
import type { Field, Resource } from '../../src/model/types.ts';
import { typeOf } from '../../src/query/aggregate.ts';
import {
  type Aggregation,
  type AggregationRange,
  type Aggregations,
  calendarIntervals,
} from '../../src/query/aggregation.ts';
import type { Filter, Operand, Scalar, SortKey } from '../../src/query/types.ts';

/** Texts that are ordered, folded or cut differently by somebody: UTF-16, ASCII-only LIKE, C strings, wildcards. */
const texts = [
  '',
  ' ',
  'a',
  'A',
  'ab',
  'a%',
  'a_b',
  'a\\',
  'b',
  'é',
  'e\u0301',
  'É',
  'ß',
  'ﬁ',
  'K',
  '｡',
  '\uffff',
  '😀',
  '😀a',
  '\u{10ffff}',
  'a\u0000b',
  '5',
  'true',
  'null',
  'a b',
  'B, a; b-a!',
  'é b\u0000a',
  '日本語 a',
  'ab1 ﬁ b',
];
/** Found in those texts, or nearly. */
const phrases = [
  ['a'],
  ['b'],
  ['e'],
  ['ab'],
  ['ab1'],
  ['fi'],
  ['a', 'b'],
  ['b', 'a'],
  ['b', 'a', 'b'],
  ['本', '語'],
  ['5'],
];
const numbers = [0, -0, 1, -1, 2, 2.5, 1e-7, 1e21, 9007199254740991, -9007199254740991];
const dates = ['2015-01-05', '2015-01-06', '1999-12-31', '', 'x'];
const moments = [
  '2015-01-05T08:00:00Z',
  '2015-01-05T10:00:00+02:00',
  '2015-01-05t08:00:00.000z',
  '2015-01-05 08:00:00',
  '2015-01-05T08:00:00.5Z',
  '2015-01-05T08:00:00.4999999Z',
  '2015-01-05T08:00:00.9999Z',
  '2015-01-04T23:59:59-14:59',
  '2015-02-30T00:00:00Z',
  '2015-13-01T00:00:00Z',
  '2015-01-05T24:00:00Z',
  '2015-01-05T08:00:60Z',
  '2015-01-05T08:00:00+15:00',
  '2015-01-05T08:00:00.Z',
  '2015-01-05T08:00:00.1x',
  '2015-01-05T08:00:00Z+01:00',
  '0000-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01:00',
  '2015-01-05T08:00Z',
  '2015-01-05T08:00:00Z\u0000',
  'now',
  '12:00',
  '2456293.5',
  'Tue, 06 Jan 2015 08:00:00 GMT',
];

function values(type: Field['type']): fc.Arbitrary<Scalar> {
  switch (type) {
    case 'string':
      return fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 3 }));
    case 'integer':
      return fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(...numbers));
    case 'number':
      return fc.oneof(fc.constantFrom(...numbers), fc.double({ noNaN: true, min: -5, max: 5 }).filter(isReadExactly));
    case 'boolean':
      return fc.boolean();
    case 'date':
      return fc.constantFrom(...dates);
    case 'datetime':
      return fc.constantFrom(...moments);
  }
}

/** Mostly what is declared; sometimes what an older description, or no description, let in. */
function contents(field: Field): fc.Arbitrary<unknown> {
  const value = values(field.type);
  const odd = fc.constantFrom<unknown>(null, 'a', 1, true, [], {}, [null], ['a'], [[1]], { a: 1 }, [{ stars: 1 }]);
  return field.array
    ? fc.oneof(
        { weight: 6, arbitrary: fc.array(fc.oneof({ weight: 8, arbitrary: value }, odd), { maxLength: 3 }) },
        value,
        odd,
      )
    : fc.oneof({ weight: 6, arbitrary: value }, odd);
}

/** A document with some of the fields, which may lie in objects and arrays of objects. */
export function documents(resource: Resource): fc.Arbitrary<string> {
  const tops = [...new Set(resource.fields.map(({ path }) => path.split('.')[0] ?? ''))];
  const members = Object.fromEntries(tops.map((top) => [top, member(top, resource.fields)]));
  return fc.record(members, { requiredKeys: [] }).map((document) => JSON.stringify(document));
}

function member(top: string, fields: readonly Field[]): fc.Arbitrary<unknown> {
  const own = fields.find(({ path }) => path === top);
  if (own !== undefined) return contents(own);
  const below = fields.filter(({ path }) => path.startsWith(`${top}.`));
  const parts = Object.fromEntries(below.map((field) => [field.path.slice(top.length + 1), contents(field)]));
  const object = fc.record(parts, { requiredKeys: [] });
  const odd = fc.constantFrom<unknown>(null, 'text', 5, [], [[{}]]);
  return fc.oneof({ weight: 4, arbitrary: object }, { weight: 4, arbitrary: fc.array(object, { maxLength: 3 }) }, odd);
}

interface Target {
  readonly operand: Operand;
  readonly value: fc.Arbitrary<Scalar>;
}

function targets(resource: Resource, keys: readonly string[]): readonly Target[] {
  const ofFields = resource.fields.map(
    ({ path, type }): Target => ({ operand: { kind: 'field', path }, value: values(type) }),
  );
  const id = resource.id.type === 'integer' ? fc.integer({ min: -2, max: 30 }) : fc.constantFrom(...keys, 'x');
  const ofLinks = resource.links.map(
    ({ name }): Target => ({ operand: { kind: 'link', name }, value: fc.constantFrom('s', 't', '') }),
  );
  return [...ofFields, { operand: { kind: 'id' }, value: id }, ...ofLinks];
}

/** Words in some texts of the resource. */
export function words(resource: Resource): fc.Arbitrary<Filter> {
  const paths = resource.fields.filter(({ type }) => type === 'string').map(({ path }) => path);
  if (paths.length === 0) return fc.constant<Filter>({ kind: 'all' });
  const fields = fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...phrases), fc.boolean(), fields).map(
    ([found, prefix, searched]): Filter => ({
      kind: 'words',
      words: prefix ? found.slice(0, 1) : found,
      prefix,
      fields: searched.map((path) => ({ path, weight: 1 })),
    }),
  );
}

/** Nested filters over everything that the resource has. */
export function filters(resource: Resource, keys: readonly string[]): fc.Arbitrary<Filter> {
  const predicate = fc.constantFrom(...targets(resource, keys)).chain(predicates);
  return fc.letrec<{ filter: Filter; list: Filter[] }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 4, arbitrary: predicate },
      { weight: 1, arbitrary: words(resource) },
      { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'all' }) },
      { weight: 2, arbitrary: tie('list').map((list): Filter => ({ kind: 'and', filters: list })) },
      { weight: 2, arbitrary: tie('list').map((list): Filter => ({ kind: 'or', filters: list })) },
      { weight: 2, arbitrary: tie('filter').map((filter): Filter => ({ kind: 'not', filter })) },
    ),
    list: fc.array(tie('filter'), { maxLength: 3 }),
  })).filter;
}

function predicates({ operand, value }: Target): fc.Arbitrary<Filter> {
  // Now and then a value of another type, which matches nothing.
  const any = fc.oneof({ weight: 9, arbitrary: value }, fc.constantFrom<Scalar>('a', 1, true));
  const bound = fc.option(fc.record({ value: any, inclusive: fc.boolean() }), { nil: undefined });
  const operator = fc.constantFrom(
    'eq' as const,
    'ne' as const,
    'gt' as const,
    'gte' as const,
    'lt' as const,
    'lte' as const,
  );
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('compare' as const),
        operand: fc.constant(operand),
        operator,
        value: any,
      }),
    },
    fc.array(any, { maxLength: 4 }).map((list): Filter => ({ kind: 'in', operand, values: list })),
    fc
      .tuple(bound, bound)
      .map(([from, to]): Filter => ({ kind: 'range', operand, ...(from && { from }), ...(to && { to }) })),
    fc.constant<Filter>({ kind: 'exists', operand }),
    fc
      .tuple(fc.constantFrom('prefix' as const, 'contains' as const), fc.constantFrom(...texts), fc.boolean())
      .map(([kind, text, ignoreCase]): Filter => ({ kind, operand, value: text, ignoreCase })),
  );
}

export function sorts(resource: Resource): fc.Arbitrary<readonly SortKey[]> {
  const operands = targets(resource, ['x'])
    .map(({ operand }) => operand)
    .filter(
      (operand) =>
        operand.kind !== 'field' || !resource.fields.some(({ path, array }) => array && path === operand.path),
    );
  const direction = fc.constantFrom('ascending' as const, 'descending' as const);
  return fc.array(fc.record({ operand: fc.constantFrom(...operands), direction }), { maxLength: 2 });
}

/** Aggregations over everything that the resource has, some of them within others; only such as a URL can ask for. */
export function aggregations(resource: Resource): fc.Arbitrary<Aggregations> {
  const operands = targets(resource, ['x']).map(({ operand }) => operand);
  const ofType = (...types: readonly Field['type'][]): readonly Operand[] =>
    operands.filter((operand) => types.includes(typeOf(operand, resource)));
  return fc.letrec<{ all: Aggregations; each: Aggregation }>((tie) => {
    const within = fc.oneof(
      { maxDepth: 2, depthIdentifier: 'aggregations' },
      fc.constant<Aggregations>({}),
      tie('all'),
    );
    const interval = fc.constantFrom(0.1, 0.5, 1, 2, 10);
    const period = fc.constantFrom(...calendarIntervals);
    const ranges = fc.array(aggregationRanges, { minLength: 1, maxLength: 3 });
    const terms = fc.tuple(fc.constantFrom(1, 2, 3, 100), fc.constantFrom(...orders));
    const of = <Options>(
      fitting: readonly Operand[],
      options: fc.Arbitrary<Options>,
      make: (options: Options, common: { operand: Operand; within: Aggregations }) => Aggregation,
    ): readonly fc.Arbitrary<Aggregation>[] =>
      fitting.length === 0
        ? []
        : [
            fc
              .tuple(options, fc.constantFrom(...fitting), within)
              .map(([chosen, operand, inner]) => make(chosen, { operand, within: inner })),
          ];
    const numbers = ofType('integer', 'number');
    const dates = ofType('date', 'datetime');
    return {
      all: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('each'), {
        minKeys: 1,
        maxKeys: 2,
        noNullPrototype: true,
      }),
      each: fc.oneof(
        ...of(operands, fc.constantFrom(...metrics), (kind, { operand }) => ({ kind, operand })),
        ...of(operands, terms, ([size, order], common) => ({ kind: 'terms', ...common, size, order })),
        ...of(numbers, interval, (chosen, common) => ({ kind: 'histogram', ...common, interval: chosen })),
        ...of(dates, period, (chosen, common) => ({ kind: 'date_histogram', ...common, interval: chosen })),
        ...of([...numbers, ...dates], ranges, (chosen, common) => ({ kind: 'range', ...common, ranges: chosen })),
      ),
    };
  }).all;
}

const metrics = ['count', 'cardinality', 'sum', 'avg', 'min', 'max'] as const;
const orders = ['count', 'key', 'key-descending'] as const;

const aggregationBound = fc.option(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Date.UTC(2015, 0, 5), Date.UTC(2015, 0, 5, 8), Date.UTC(2015, 0, 6)),
  ),
  { nil: undefined },
);

const aggregationRanges = fc.tuple(aggregationBound, aggregationBound).map(
  ([from, to]): AggregationRange => ({
    key: `${from}-${to}`,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }),
);

/**
 * SQLite 3.51, which Node 22 has, reads decimals in JSON that are nearer to 0 than 1e-80 (or farther than 1e110) wrongly in
 * their last bit; 3.53 does not. Columns are filled without this, values in lists are not.
 */
function isReadExactly(value: number): boolean {
  return value === 0 || Math.abs(value) > 1e-70;
}
