/** The goals, as data. Each is a ratio of two facts of one run, or a plain amount of memory or disk. */
import type { Facts } from './facts.ts';
import type { CellName } from './options.ts';
import type { Operation } from './requests.ts';

export interface Goal {
  readonly cell: CellName;
  readonly claim: string;
  readonly value: (facts: Facts) => number | undefined;
  readonly bound: 'at least' | 'at most';
  readonly target: number;
  readonly unit: '×' | 'MB';
}

export interface Verdict {
  readonly goal: Goal;
  readonly value: number;
  readonly met: boolean;
  /** Not even 80 % of the goal. */
  readonly far: boolean;
}

/** Goals that were not measured in this run are left out. */
export function judge(facts: Facts): Verdict[] {
  return goals.flatMap((goal) => {
    const value = goal.value(facts);
    if (value === undefined) return [];
    const share = goal.bound === 'at least' ? value / goal.target : goal.target / value;
    return [{ goal, value, met: share >= 1, far: share < 0.8 }];
  });
}

const big = 100_000;
const many = 32;

export const goals: readonly Goal[] = [
  cheaper(3.5, 'get', big, many, 'express'),
  cheaper(0.38, 'get', big, many, 'bare'),
  cheaper(3, 'list', big, many, 'express'),
  cheaper(15, 'filter', big, many, 'express'),
  cheaper(2.5, 'post', big, many, 'express'),
  faster(2, 'post', big, many, 'express'),
  cheaper(2, 'patch', big, many, 'express'),
  cheaper(3, 'mix', big, many, 'express'),
  ...(['get', 'list', 'filter'] as const).flatMap((operation) => [
    cheaper(1.3, operation, big, 1, 'express'),
    faster(1.3, operation, big, 1, 'express'),
  ]),
  faster(1.2, 'post', big, 1, 'express-full'),
  cheaper(1.2, 'post', big, 1, 'express-full'),
  ...[1000, big].flatMap((rows) =>
    (['get', 'list', 'filter', 'patch', 'mix', 'post'] as const).flatMap((operation) => [
      cheaper(1, operation, rows, many, 'fastify'),
      // One connection cannot share its fsync with anybody: the same durability on both sides.
      cheaper(1, operation, rows, 1, operation === 'post' || operation === 'patch' ? 'fastify-full' : 'fastify'),
    ]),
  ),
  ...[0.001, 0.01, 0.05, 0.2, 0.5].map(nearBetterPlan),
  atMost(
    1.3,
    '×',
    'queries',
    'a filtered and sorted page, of 100,000 to of 1,000',
    `queries/${big}/page`,
    'queries/1000/page',
  ),
  atMost(
    1.5,
    '×',
    'queries',
    'the last page by cursor to the first',
    `queries/${big}/cursor last`,
    `queries/${big}/cursor 1`,
  ),
  atMost(3, '×', 'queries', 'p99 of items during a scan to idle', `queries/${big}/scan`, `queries/${big}/idle`),
  atMost(1.1, '×', 'routing', 'a request among 500 resources, to one alone (CPU)', 'routing/500', 'routing/1'),
  atMost(3, '×', 'start', '500 resources, cold, to a small OpenAPI, cold', 'start/500 cold', 'start/small cold'),
  atMost(1, '×', 'start', 'small OpenAPI, cold, to E', 'start/small cold', 'start/express'),
  atMost(0.8, '×', 'start', 'small OpenAPI, second start, to E', 'start/small second', 'start/express'),
  atMost(0.8, '×', 'start', 'ramses-example, second start, to E', 'start/ramses second', 'start/express'),
  atMost(0.8, '×', 'start', '500 resources, second start, to E', 'start/500 second', 'start/express'),
  atMost(
    1.4,
    '×',
    'start',
    'ramses-example, cold, to its parser alone',
    'start/ramses cold',
    'start/raml parser alone',
  ),
  atMost(
    1.3,
    '×',
    'start',
    'the GitHub API in RAML, cold, to its parser alone',
    'start/github cold',
    'start/raml parser alone, github',
  ),
  atMost(80, 'MB', 'memory', 'RSS idle', 'memory/idle'),
  atMost(160, 'MB', 'memory', 'RSS, highest over all read cells', 'memory/peak'),
  atMost(45, 'MB', 'size', "default install beyond the RAML parser's own", 'size/beyond parser'),
];

function cheaper(target: number, cell: Operation, rows: number, connections: number, than: string): Goal {
  return ratioGoal(target, cell, rows, connections, than, 'cpu');
}

function faster(target: number, cell: Operation, rows: number, connections: number, than: string): Goal {
  return ratioGoal(target, cell, rows, connections, than, 'rate');
}

function ratioGoal(
  target: number,
  cell: Operation,
  rows: number,
  connections: number,
  than: string,
  metric: 'cpu' | 'rate',
): Goal {
  const ours = `${cell}/${rows}/${connections}/cartouche/${metric}`;
  const theirs = `${cell}/${rows}/${connections}/${than}/${metric}`;
  return {
    cell,
    claim: `${cell}, ${rows} rows, ${connections} conn., ${metric === 'cpu' ? 'CPU' : 'req/s'} vs ${than}`,
    // Less CPU is better, more requests are better: both ratios read "how many times better ours is".
    value: (facts) => (metric === 'cpu' ? facts.ratio(theirs, ours) : facts.ratio(ours, theirs)),
    bound: 'at least',
    target,
    unit: '×',
  };
}

function nearBetterPlan(share: number): Goal {
  const name = `ranges/${share * 100} %`;
  return {
    cell: 'ranges',
    claim: `range of ${share * 100} % sorted otherwise, to the better of both forced plans`,
    value: (facts) => {
      const sorting = facts.ratio(`${name}/store`, `${name}/range then sort`);
      const walking = facts.ratio(`${name}/store`, `${name}/walk the sort`);
      return sorting === undefined || walking === undefined ? undefined : Math.max(sorting, walking);
    },
    bound: 'at most',
    target: 1.5,
    unit: '×',
  };
}

function atMost(
  target: number,
  unit: '×' | 'MB',
  cell: CellName,
  claim: string,
  fact: string,
  reference?: string,
): Goal {
  return {
    cell,
    claim,
    value: (facts) => (reference === undefined ? facts.get(fact)?.median : facts.ratio(fact, reference)),
    bound: 'at most',
    target,
    unit,
  };
}
