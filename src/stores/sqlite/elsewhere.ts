import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import type { Filter, Query } from '../../query/types.ts';
import { storedPart } from '../stored-part.ts';
import type { Row } from './driver.ts';
import type { FullText } from './full-text.ts';
import type { Table } from './layout.ts';
import { createLongWork, type LongWork } from './long-work.ts';
import type { Reader, ReadingResult, ReadingTask } from './reader.ts';
import type { Reads } from './reads.ts';
import type { Sequence } from './sequence.ts';

export interface ElsewhereContext {
  readonly resource: Resource;
  readonly table: Table;
  readonly sequence: Sequence;
  readonly fullText: FullText | undefined;
  /** Absent: nothing is read elsewhere. */
  readonly reader: Reader | undefined;
  readonly reads: Reads;
  readonly failure: (error: unknown) => unknown;
}

/** A collection's reads in the other thread: which of them belong there, and how they are asked for. */
export class Elsewhere {
  readonly #context: ElsewhereContext;
  readonly #longWork: LongWork;
  readonly #resource: Resource;

  constructor(context: ElsewhereContext) {
    this.#context = context;
    this.#resource = storedPart(context.resource);
    this.#longWork = createLongWork({
      ...context,
      rows: () => context.sequence.rows,
      // What an index lacks is looked for text by text.
      findsWords: () =>
        context.fullText?.index() !== undefined && context.fullText.missing(context.sequence.rows) <= mostLate,
      countUpTo: (filter, most) => context.reads.count(filter, most),
    });
  }

  isLongPage(query: Query): boolean {
    return this.#context.reader !== undefined && this.#longWork.page(query);
  }

  isLongCount(filter: Filter): boolean {
    return this.#context.reader !== undefined && this.#longWork.count(filter);
  }

  isLongAggregation(): boolean {
    return this.#context.reader !== undefined && this.#longWork.aggregation();
  }

  async page(query: Query): Promise<{
    readonly rows: readonly Row[];
    readonly total: number | undefined;
    readonly measure: string | undefined;
  }> {
    const counted = query.count !== 'none';
    // Without a filter it is known how many there are.
    const known = query.filter.kind === 'all' ? this.#context.sequence.rows : undefined;
    const asked: Query = counted && known !== undefined ? { ...query, count: 'none' } : query;
    const { rows = [], count, measure } = await this.#read({ kind: 'page', query: asked });
    return { rows, total: counted ? (known ?? count) : undefined, measure };
  }

  async count(filter: Filter): Promise<number> {
    const { count = 0 } = await this.#read({ kind: 'count', filter });
    return count;
  }

  async keys(filter: Filter): Promise<readonly string[]> {
    const { keys = [] } = await this.#read({ kind: 'keys', filter });
    return keys;
  }

  async aggregate(filter: Filter, aggregations: Aggregations): Promise<AggregationResults> {
    const { aggregations: results = {} } = await this.#read({ kind: 'aggregate', filter, aggregations });
    return results;
  }

  async #read(task: ReadingTask): Promise<ReadingResult> {
    const { reader, table, sequence, failure } = this.#context;
    if (reader === undefined) throw new TypeError('There is no other thread to read in.');
    try {
      return await reader.read({ task, resource: this.#resource, table, rows: sequence.rows });
    } catch (error) {
      throw failure(error);
    }
  }
}

/** So many documents are looked through in a few milliseconds, or indexed while a client hardly notices. */
export const mostLate = 1000;
