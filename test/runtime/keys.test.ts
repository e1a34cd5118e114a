import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { documentId, documentKey } from '../../src/runtime/keys.ts';
import { resource } from './present/pieces.ts';

const { id } = resource();
const users = resource({ name: 'users' });
const repos = resource({ name: 'repos', id: { ...id, scope: 'parent' } });

/** Resource, id, the key of its parent, its own key. */
const keys: readonly (readonly [typeof users, string, string | undefined, string])[] = [
  [users, 'a', undefined, 'a'],
  [users, 'a/b%2F', 'parent', 'a/b%2F'],
  [repos, 'hello', 'octocat', 'octocat/hello'],
  [repos, 'a/b%', 'octocat', 'octocat/a%2Fb%25'],
  [repos, 'a%2Fb', 'one/two', 'one/two/a%252Fb'],
];

describe('the key of a document, and its id', () => {
  for (const [of, text, parent, key] of keys) {
    test(`${text} of ${of.name} under ${parent}: ${key}`, () => {
      assert.equal(documentKey(of, text, parent), key);
      assert.equal(documentId(of, { key }), text);
    });
  }
});
