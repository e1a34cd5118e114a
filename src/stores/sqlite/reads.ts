import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import { pageFilter } from '../../query/position.ts';
import { hasWords } from '../../query/relevance.ts';
import type { Filter, Query } from '../../query/types.ts';
import { aggregateSql } from './aggregate.ts';
import type { Sql } from './compile.ts';
import type { Row, Statement } from './driver.ts';
import type { FullText } from './full-text.ts';
import { quote, rowNumber, type Table } from './layout.ts';
import { createPlanner, type Planner } from './planner.ts';
import { compileSearch } from './search-condition.ts';
import { measureOf } from './searched-page.ts';
import type { Sequence } from './sequence.ts';

export interface ReadsContext {
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  /** Absent: words are looked for text by text. */
  readonly fullText: Pick<FullText, 'index'> | undefined;
  readonly statement: (sql: string) => Statement;
  /** What a row consists of. */
  readonly selected: string;
}

/** A few milliseconds of work. */
const sampleSize = 1000;

/** Reads of many documents, on whichever connection and thread. Throws what SQLite throws. */
export class Reads {
  readonly #context: ReadsContext;
  readonly #planner: Planner;

  constructor(context: ReadsContext) {
    this.#context = context;
    this.#planner = createPlanner(context);
  }

  /** The rows of the page, and one more if there is one. */
  page(query: Query): readonly Row[] {
    const { resource } = this.#context;
    if (query.ranked) return this.#planner.page({ ...query, measure: this.measure(query) ?? 'share' });
    return this.#planner.page(query.after === undefined ? query : { ...query, filter: pageFilter(query, resource) });
  }

  /** By what a page is ordered now, if it is ordered by how well it answers. */
  measure(query: Query): string | undefined {
    return query.ranked && measureOf(query, this.#context.fullText?.index());
  }

  /** `most`: no further than to this number. */
  count(filter: Filter, most?: number): number {
    const { table, statement } = this.#context;
    const { sql, parameters } = this.#condition(filter);
    const from = `FROM ${quote(table.name)} WHERE ${sql}`;
    const row =
      most === undefined
        ? statement(`SELECT count(*) ${from}`).get(...parameters)
        : statement(`SELECT count(*) FROM (SELECT 1 ${from} LIMIT ?)`).get(...parameters, most);
    return Number(row?.[0]);
  }

  keys(filter: Filter): readonly string[] {
    const { table, statement } = this.#context;
    const { sql, parameters } = this.#condition(filter);
    return statement(`SELECT CAST("key" AS TEXT) FROM ${quote(table.name)} WHERE ${sql}`)
      .all(...parameters)
      .map(([key]) => String(key));
  }

  /** About how many match, by a sample of rows; `undefined` where row numbers lie too far apart for one. */
  estimate(filter: Filter): number | undefined {
    const { table, statement, sequence } = this.#context;
    const [name, number] = [quote(table.name), quote(rowNumber(table))];
    const [first = 0, last = 0] =
      statement(`SELECT min(${number}), max(${number}) FROM ${name}`).get()?.map(Number) ?? [];
    const numbers = Array.from(
      { length: sampleSize },
      (_, at) => first + Math.floor((at * (last - first)) / sampleSize),
    );
    const { sql, parameters } = this.#condition(filter);
    const [seen, matches] =
      statement(
        `SELECT count(*), sum((${sql}) IS TRUE) FROM ${name} WHERE ${number} IN (SELECT value FROM json_each(?))`,
      )
        .get(...parameters, JSON.stringify(numbers))
        ?.map(Number) ?? [];
    if (seen === undefined || matches === undefined || seen < sampleSize / 4) return undefined;
    return Math.round((sequence.rows * matches) / seen);
  }

  aggregate(filter: Filter, aggregations: Aggregations): AggregationResults {
    const { resource, table, statement } = this.#context;
    return aggregateSql(filter, aggregations, {
      resource,
      table,
      condition: (wanted) => this.#condition(wanted),
      all: ({ sql, parameters }) => statement(sql).all(...parameters),
    });
  }

  #condition(filter: Filter): Sql {
    const { resource, table, fullText } = this.#context;
    return compileSearch(filter, resource, table, hasWords(filter) ? fullText?.index() : undefined);
  }
}
