import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainArray } from '../../../src/model/envelope.ts';
import type { Action, Ancestor, Field, Resource } from '../../../src/model/types.ts';
import { compileDocumentPath } from '../../../src/runtime/present/location.ts';
import { binding, model, resource, stored } from './pieces.ts';

type ListAction = Extract<Action, { readonly kind: 'list' }>;

const field = (path: string): Field => ({
  path,
  type: 'string',
  array: false,
  unique: true,
  indexed: true,
  text: false,
});
const globalId = resource().id;
const { property: _property, ...anonymousId } = globalId;
const parentId = { ...globalId, scope: 'parent' } as const;

const users = resource({ name: 'users', path: '/users', itemPath: '/users/{username}' });
const stories = resource({
  name: 'stories',
  path: '/users/{username}/stories',
  itemPath: '/users/{username}/stories/{id}',
  links: [{ name: 'user', resource: 'users' }],
});
const owned = { ...stories, links: [{ name: 'user', resource: 'users', property: 'ownerId' }] };
const profile: Resource = {
  ...stories,
  name: 'profiles',
  kind: 'singleton',
  path: '/users/{username}/profile',
};
const { itemPath: _itemPath, ...profiles } = profile;
const repos = resource({
  name: 'repos',
  path: '/repos/{owner}',
  itemPath: '/repos/{owner}/{repo}',
  id: parentId,
  links: [{ name: 'owner', resource: 'owners' }],
});
const issues = resource({
  name: 'issues',
  path: '/repos/{owner}/{repo}/issues',
  itemPath: '/repos/{owner}/{repo}/issues/{number}',
  id: parentId,
  links: [{ name: 'repo', resource: 'repos' }],
});

const plain = (name: string, path: string): Resource => {
  const { itemPath: _, ...rest } = resource({ name, path, fields: [field('isbn')] });
  return rest;
};
const notes = plain('notes', '/notes');
const userNotes = { ...plain('user-notes', '/users/{username}/notes'), links: [{ name: 'user', resource: 'users' }] };
const unlisted = plain('unlisted', '/unlisted');
const sequel = plain('sequel', '/sequel');
const unnamed: Resource = { ...plain('unnamed', '/unnamed'), id: anonymousId };

const user: Ancestor = { parameter: 'username', resource: 'users', link: 'user' };
const owner: Ancestor = { parameter: 'owner', link: 'owner' };
const repo: Ancestor = { parameter: 'repo', resource: 'repos', link: 'repo' };

const bindings = (
  [
    [stories, [user]],
    [repos, [owner]],
    [issues, [owner, repo]],
  ] as const
).map(([{ name, itemPath = '' }, scope]) =>
  binding(itemPath, 'get', { kind: 'read', resource: name, scope, idParameter: 'id' }),
);
const listing = (path: string, of: Resource, parts: Partial<ListAction> = {}) =>
  binding(path, 'get', { kind: 'list', resource: of.name, scope: [], envelope: plainArray, controls: [], ...parts });
const shop = model({
  resources: [users, stories, repos, issues, notes, userNotes, unlisted, sequel, unnamed],
  bindings: [
    ...bindings,
    listing(notes.path, notes),
    listing(userNotes.path, userNotes, { scope: [user] }),
    // `?isbn=` asks for those behind it.
    listing(sequel.path, sequel, {
      controls: [{ parameter: 'isbn', meaning: 'filter', field: 'isbn', operator: 'gt' }],
    }),
    listing(unnamed.path, unnamed),
    binding(profiles.path, 'get', { kind: 'read-singleton', resource: 'profiles', scope: [user] }),
  ],
});

const cases: readonly [
  title: string,
  resource: Resource,
  requestPath: string,
  document: ReturnType<typeof stored>,
  parameters: Readonly<Record<string, string>>,
  path: string | undefined,
][] = [
  ['at the root', users, '/users', stored('joe', '{}'), {}, '/users/joe'],
  ['encoded', users, '/users', stored('a/b?#é', '{}'), {}, '/users/a%2Fb%3F%23%C3%A9'],
  [
    'nested, from the request',
    stories,
    '/users/{username}/stories',
    stored('7', '{}'),
    { username: 'j o' },
    '/users/j%20o/stories/7',
  ],
  ['nested, from the link', stories, '/stories', stored('7', '{}', { user: 'joe' }), {}, '/users/joe/stories/7'],
  ['nested, from a property', owned, '/stories', stored('7', '{"ownerId":3}'), {}, '/users/3/stories/7'],
  ['nested, an orphan', owned, '/stories', stored('7', '{"ownerId":null}'), {}, undefined],
  [
    'a parameter of the same name elsewhere means something else',
    stories,
    '/teams/{username}/stories',
    stored('7', '{}', { user: 'joe' }),
    { username: 'team' },
    '/users/joe/stories/7',
  ],
  [
    'a singleton',
    profiles,
    '/users/{username}/profile',
    stored('joe', '{}'),
    { username: 'joe' },
    '/users/joe/profile',
  ],
  [
    'an id that is unique under its parent',
    repos,
    '/repos/{owner}',
    stored('octo/a%2Fb%25', '{}'),
    { owner: 'octo' },
    '/repos/octo/a%2Fb%25',
  ],
  [
    'a parent that nobody stores',
    repos,
    '/all',
    stored('octo/hello', '{}', { owner: 'octo' }),
    {},
    '/repos/octo/hello',
  ],
  [
    'two levels, from the request',
    issues,
    '/repos/{owner}/{repo}/issues/{number}',
    stored('octo/hello/5', '{}', { repo: 'octo/hello' }),
    { owner: 'octo', repo: 'hello', number: '5' },
    '/repos/octo/hello/issues/5',
  ],
  ['without a path of its own', notes, '/notes', stored('a b', '{"isbn":"a b"}'), {}, '/notes?isbn=a%20b'],
  [
    'without a path of its own, under a parent',
    userNotes,
    '/users/{username}/notes',
    stored('7', '{}'),
    { username: 'joe' },
    '/users/joe/notes?isbn=7',
  ],
  ['without a path of its own or a list', unlisted, '/unlisted', stored('7', '{}'), {}, undefined],
  ['in a list that means something else by the name of the id', sequel, '/sequel', stored('7', '{}'), {}, undefined],
  ['without an id', unnamed, '/unnamed', stored('7', '{}'), {}, undefined],
  [
    'two levels, from elsewhere',
    issues,
    '/issues',
    stored('octo/hello/5', '{}', { repo: 'octo/hello' }),
    {},
    undefined,
  ],
];

describe('the path of a document', () => {
  for (const [title, of, requestPath, document, parameters, path] of cases) {
    test(title, () => assert.equal(compileDocumentPath(shop, of, requestPath)(document, parameters), path));
  }
});
