/** What the driver throws, as what clients are told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import mongoose from 'mongoose';
import { StoreError } from '../../../src/stores/contract.ts';
import { storeErrorOf } from '../../../src/stores/mongo/failures.ts';

const { MongoBulkWriteError, MongoNetworkError, MongoServerError } = mongoose.mongo;
const cut = new MongoNetworkError('read ECONNRESET');
const system = (code: string): Error => Object.assign(new Error('This socket has been ended'), { code });
const server = (code: number): Error => new MongoServerError({ message: 'no', code });
// Its constructor looks at nothing of the result.
const bulk = (error: Error): Error => Reflect.construct(MongoBulkWriteError, [error, {}]);

for (const [name, thrown, kind] of [
  ['a connection that was cut', cut, 'unavailable'],
  ['a connection that was cut in a bulk', bulk(cut), 'unavailable'],
  ['a socket that was ended', system('EPIPE'), 'unavailable'],
  ['a socket that was ended in a bulk', bulk(system('EPIPE')), 'unavailable'],
  ['a time limit', server(50), 'timeout'],
  ['a time limit in a bulk', bulk(server(50)), 'timeout'],
  ['no permission', server(13), 'unavailable'],
  ['a document that is too large', server(10334), 'full'],
  ['a refusal that is none of these', server(2), undefined],
  ['a defect', new TypeError('undefined is not a function'), undefined],
] as const satisfies readonly (readonly [string, Error, StoreError['kind'] | undefined])[]) {
  test(`${name}: ${kind ?? 'stays what it is'}`, () => {
    const error = storeErrorOf(thrown);
    if (kind === undefined) return assert.equal(error, thrown);
    assert.ok(error instanceof StoreError);
    assert.equal(error.kind, kind);
    assert.equal(error.cause, thrown);
  });
}
