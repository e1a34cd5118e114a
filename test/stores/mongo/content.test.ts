import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contentOf, textOf } from '../../../src/stores/mongo/content.ts';
import { shownAddress } from '../../../src/stores/mongo/driver.ts';
import { nameOf, storedName } from '../../../src/stores/mongo/names.ts';

/** Documents, and what of them is kept beside the text. */
const contents: readonly (readonly [text: string, kept: 'doc' | 'both' | 'text'])[] = [
  ['{"title":"x","pages":[1,2.5,null,true]}', 'doc'],
  ['{"$set":{"a.b":1},"":2,"%":3,"_bsontype":"ObjectId","__proto__":{"$ref":"x"},"a\\u0000b":1}', 'doc'],
  ['{"title": "x"}', 'both'],
  ['{"pages":1.0}', 'both'],
  ['{"big":9007199254740993}', 'both'],
  ['{"a":1,"a":2}', 'both'],
  ['{"b":1,"1":2}', 'both'],
  ['{"half":"\\ud83d"}', 'both'],
  ['{"zero":-0}', 'both'],
  [`${'['.repeat(200)}${']'.repeat(200)}`, 'text'],
];

for (const [text, kept] of contents) {
  test(`keeps ${kept}: ${text.slice(0, 80)}`, () => {
    const content = contentOf(text, JSON.parse(text));
    assert.equal(textOf(content), text);
    const isKept = [content.doc !== undefined, content.text !== undefined];
    assert.deepEqual(isKept, { doc: [true, false], both: [true, true], text: [false, true] }[kept]);
  });
}

test('names that MongoDB forbids are written otherwise, and read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '.', '%', '\0', 'a', '2', 'E', '_') }), (name) => {
      const stored = storedName(name);
      assert.equal(nameOf(stored), name);
      assert.doesNotMatch(stored, /^\$|\.|\0|^$/);
    }),
  );
});

test('an address is shown without what is secret', () => {
  assert.equal(shownAddress('mongodb://me:s%40cret@db1:27017,db2/shop?authSource=admin'), 'db1:27017,db2/shop');
  assert.equal(shownAddress('mongodb+srv://me:secret@cluster.example'), 'cluster.example/cartouche');
});
