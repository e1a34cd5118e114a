import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { entityTag, isNotModified, lastModified, writeConditions } from '../../../src/runtime/request/conditions.ts';

const revision = fc.oneof(fc.maxSafeNat(), fc.nat(36 ** 5 * 3));

describe('an entity tag', () => {
  it('is the revision to base 36', () => {
    fc.assert(fc.property(revision, (given) => assert.equal(entityTag(given), `"${given.toString(36)}"`)));
  });

  for (const given of [0, 35, 36, 36 ** 5 - 1, 36 ** 5, 36 ** 5 + 1, 36 ** 6, 36 ** 10, Number.MAX_SAFE_INTEGER]) {
    it(`is the revision to base 36: ${given}`, () => assert.equal(entityTag(given), `"${given.toString(36)}"`));
  }

  it('is recognised when it comes back', () => {
    fc.assert(
      fc.property(revision, (given) => {
        assert.equal(isNotModified({ 'if-none-match': entityTag(given) }, given), true);
        assert.equal(isNotModified({ 'if-none-match': entityTag(given + 1) }, given), false);
        const { precondition } = writeConditions({ 'if-match': entityTag(given) });
        assert.deepEqual(precondition, { kind: 'revision', revisions: [given] });
      }),
    );
  });
});

describe('the date of a revision', () => {
  it('is its second, whichever were asked for before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300)), (seconds) => {
        for (const second of seconds) {
          const given = 1_790_000_000_000_000 + second * 1_000_000 + 999_999;
          assert.equal(lastModified(given), new Date(1_790_000_000_000 + second * 1000).toUTCString());
        }
      }),
    );
  });
});
