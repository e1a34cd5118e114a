/** Which documents an index has yet to learn of: `_ix` in the document itself says it. */
import type { mongo } from 'mongoose';
import type { ChangeLog, IndexableState } from '../changes.ts';
import { batchesOf, type Place, type Visit } from './place.ts';
import { forgetRemoved } from './removals.ts';
import { indexRevision, isLive, storedOf } from './rows.ts';
import type { Row } from './schema.ts';

/** `visitOf`: the way to a resource's documents. Throws `StoreError` `unknown-resource`. */
export function createChangeLog(visitOf: (resource: string) => Visit, visitAny: Visit): ChangeLog {
  const each = async (
    { rows, batchSize }: Place,
    states: readonly Pick<IndexableState, 'key' | 'revision'>[],
    update: mongo.UpdateFilter<Row>,
  ): Promise<void> => {
    const updates = states.map(({ key, revision }) => ({
      // A document that was written again since has another revision, and keeps its mark.
      updateOne: {
        filter: { _id: key, $or: [{ _rev: revision, _iv: { $exists: false } }, { _iv: revision }] },
        update,
      },
    }));
    for (const batch of batchesOf(updates, batchSize)) await rows.bulkWrite(batch, { ordered: false });
  };
  return {
    pending: (resource, limit, before) =>
      visitOf(resource)(async ({ rows }) => {
        const found = await rows
          .find({ '_ix.at': { $lte: before }, '_ix.err': { $exists: false } }, { projection: { _id: 1 } })
          .sort({ '_ix.at': 1 })
          .limit(limit)
          .toArray();
        return found.map(({ _id }) => _id);
      }),
    read: (resource, keys) =>
      visitOf(resource)(async ({ model }) => {
        const found = await model.find({ _id: { $in: keys } }).lean<Row[]>();
        return found.map(stateOf);
      }),
    confirm: (resource, states) => visitOf(resource)((place) => each(place, states, { $unset: { _ix: 1 } })),
    fail: (resource, states, { kind, reason }) =>
      visitOf(resource)((place) => {
        const tried = { $inc: { '_ix.n': 1 }, $set: { '_ix.at': new Date() } };
        return each(place, states, kind === 'again' ? tried : { ...tried, $set: { '_ix.err': reason } });
      }),
    mark: (resource, keys) =>
      visitOf(resource)(async ({ rows }) => {
        const which: mongo.Filter<Row> = keys === 'all' ? {} : { _id: { $in: keys } };
        // What waits already keeps its place, unless it was refused: then it is tried again.
        await rows.updateMany(
          { $and: [which, { $or: [{ _ix: { $exists: false } }, { '_ix.err': { $exists: true } }] }] },
          { $set: { _ix: { at: new Date(), n: 0 } } },
        );
      }),
    scan: (resource, after, limit) =>
      visitOf(resource)(async ({ model }) => {
        const behind = after === undefined ? {} : { _id: { $gt: after } };
        const found = await model.find(behind).sort({ _id: 1 }).limit(limit).lean<Row[]>();
        return found.map(stateOf);
      }),
    forget: (resource, before) => visitOf(resource)((place) => forgetRemoved(place, before)),
    count: (resource) =>
      visitOf(resource)(async ({ rows }) => {
        const pending = await rows.countDocuments({ '_ix.at': { $exists: true }, '_ix.err': { $exists: false } });
        const refused = await rows
          .find({ '_ix.err': { $exists: true } }, { projection: { _ix: 1 } })
          .limit(100)
          .toArray();
        return {
          pending,
          refused: refused.map(({ _id, _ix }) => ({ resource, key: _id, reason: _ix?.err ?? '' })),
        };
      }),
    readControl: (name) => visitAny(({ control }) => control.read(`index ${name}`)),
    writeControl: (name, version, value) => visitAny(({ control }) => control.write(`index ${name}`, version, value)),
  };
}

function stateOf(row: Row): IndexableState {
  const { _id: key } = row;
  const revision = indexRevision(row);
  return isLive(row) ? { key, revision, removed: false, document: storedOf(row) } : { key, revision, removed: true };
}
