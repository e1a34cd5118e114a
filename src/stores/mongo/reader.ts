import type { Resource } from '../../model/types.ts';
import type { AggregationResults, Aggregations } from '../../query/aggregation.ts';
import { pageFilter } from '../../query/position.ts';
import type { Filter, Query } from '../../query/types.ts';
import { type Page, type StoredDocument, StoreError } from '../contract.ts';
import { aggregateMatching } from './aggregate.ts';
import { type Compiler, type Condition, createCompiler } from './compile.ts';
import type { Place } from './place.ts';
import { contentProjection, isLive, storedOf } from './rows.ts';
import type { Row } from './schema.ts';

/** Reads the documents of one resource. */
export class Reader {
  readonly #resource: Resource;
  readonly #compiler: Compiler;
  /** Milliseconds that the server may take for one query. */
  readonly #timeLimit: number;

  constructor(resource: Resource, timeLimit: number) {
    this.#resource = resource;
    this.#compiler = createCompiler(resource);
    this.#timeLimit = timeLimit;
  }

  /** Nothing but the key in the filter: that is what every server looks up at once. */
  async get(key: string, { model }: Place): Promise<StoredDocument | undefined> {
    const row = await model.findOne({ _id: key }, contentProjection).maxTimeMS(this.#timeLimit).lean<Row | null>();
    return isLive(row) ? storedOf(row) : undefined;
  }

  async list(query: Query, place: Place): Promise<Page> {
    if (query.ranked === true) {
      throw new StoreError(
        'unsupported',
        'An order by relevance needs an index beside MongoDB: serve with --search and the address of Elasticsearch.',
      );
    }
    const { limit, offset } = query;
    const rows = await place.model
      .find(this.#condition(pageFilter(query, this.#resource)), contentProjection)
      .sort(this.#compiler.sort(query.sort))
      .skip(offset)
      .limit(limit + 1)
      .maxTimeMS(this.#timeLimit)
      .lean<Row[]>();
    const documents = rows.slice(0, limit).map(storedOf);
    const more = rows.length > limit;
    if (query.count === 'none') return { documents, more };
    if (query.count === 'estimated' && query.filter.kind === 'all') {
      // Counts removed documents, too, until they are forgotten.
      const total = await place.model.estimatedDocumentCount({ maxTimeMS: this.#timeLimit });
      return { documents, total, estimated: true, more };
    }
    return { documents, total: await this.count(query.filter, place), more };
  }

  async count(filter: Filter, { model }: Place): Promise<number> {
    return model.countDocuments(this.#condition(filter), { maxTimeMS: this.#timeLimit });
  }

  aggregate(filter: Filter, aggregations: Aggregations, place: Place): Promise<AggregationResults> {
    const limits = { resource: this.#resource, timeLimit: this.#timeLimit };
    return aggregateMatching(this.#condition(filter), aggregations, limits, place);
  }

  /** The rows that match, in the order of ids. */
  async matching(filter: Filter, { model }: Place): Promise<readonly Row[]> {
    return model.find(this.#condition(filter)).sort(this.#compiler.sort([])).lean<Row[]>();
  }

  /** Keys and revisions of what matches. */
  async marks(
    filter: Filter,
    { model }: Place,
    keys?: readonly string[],
  ): Promise<readonly Pick<Row, '_id' | '_rev' | '_iv'>[]> {
    const condition = this.#condition(filter);
    const within = keys === undefined ? condition : { $and: [{ _id: { $in: keys } }, condition] };
    return model.find(within, { _rev: 1, _iv: 1 }).lean<Row[]>();
  }

  #condition(filter: Filter): Condition {
    const condition = this.#compiler.filter(filter);
    const live = { _del: { $exists: false } };
    return filter.kind === 'all' ? live : { $and: [live, condition] };
  }
}
