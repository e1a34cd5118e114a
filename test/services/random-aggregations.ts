/** Random aggregations over everything that a resource has. */
import fc from 'fast-check';
import type { Field, Resource } from '../../src/model/types.ts';
import {
  type Aggregation,
  type AggregationRange,
  type Aggregations,
  calendarIntervals,
} from '../../src/query/aggregation.ts';
import type { Operand } from '../../src/query/types.ts';

export function aggregations(resource: Resource, depth = 0): fc.Arbitrary<Aggregations> {
  const names = fc.constantFrom('by', 'a[b]>c', '', 'toString');
  return fc.dictionary(names, one(resource, depth), { minKeys: 1, maxKeys: 2, noNullPrototype: true });
}

function one(resource: Resource, depth: number): fc.Arbitrary<Aggregation> {
  const within =
    depth < 2 ? fc.oneof(fc.constant<Aggregations>({}), aggregations(resource, depth + 1)) : fc.constant({});
  const operands = [
    ...resource.fields.map(({ path, type }) => ({ operand: { kind: 'field', path } satisfies Operand, type })),
    { operand: { kind: 'id' } satisfies Operand, type: resource.id.type },
    ...resource.links.map(({ name }) => ({
      operand: { kind: 'link', name } satisfies Operand,
      type: 'string' as const,
    })),
  ];
  const metric = fc.record({
    kind: fc.constantFrom('count', 'cardinality', 'sum', 'avg', 'min', 'max'),
    operand: fc.constantFrom(...operands.map(({ operand }) => operand)),
  });
  return fc.oneof(
    metric,
    fc.constantFrom(...operands).chain(({ operand, type }) => bucketing(operand, type, within)),
  );
}

function bucketing(
  operand: Operand,
  type: Field['type'],
  within: fc.Arbitrary<Aggregations>,
): fc.Arbitrary<Aggregation> {
  const common = { operand: fc.constant(operand), within };
  const terms = fc.record({
    ...common,
    kind: fc.constant('terms' as const),
    size: fc.integer({ min: 1, max: 5 }),
    order: fc.constantFrom('count', 'key', 'key-descending'),
  });
  const isNumber = type === 'integer' || type === 'number';
  const isDate = type === 'date' || type === 'datetime';
  const bound = isNumber ? fc.integer({ min: -5, max: 5 }) : fc.integer({ min: 1420000000000, max: 1421000000000 });
  const maybe = fc.option(bound, { nil: undefined });
  const oneRange = fc.tuple(fc.constantFrom('low', 'high'), maybe, maybe).map(
    ([key, from, to]): AggregationRange => ({
      key,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    }),
  );
  const range = fc.record({
    ...common,
    kind: fc.constant('range' as const),
    ranges: fc.array(oneRange, { minLength: 1, maxLength: 3 }),
  });
  const histogram = fc.record({
    ...common,
    kind: fc.constant('histogram' as const),
    interval: fc.constantFrom(0.5, 1, 3, 1e15),
  });
  const calendar = fc.record({
    ...common,
    kind: fc.constant('date_histogram' as const),
    interval: fc.constantFrom(...calendarIntervals),
  });
  if (isNumber) return fc.oneof(terms, range, histogram);
  return isDate ? fc.oneof(terms, range, calendar) : terms;
}
