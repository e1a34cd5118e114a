/** What is concluded from which description: one row, one question. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel } from '../../src/model/build.ts';
import type { Format, JsonSchema } from '../../src/model/description.ts';
import { describe, listOf, object, type PathLiteral, ref } from './describe.ts';
import { showBindings, showResource } from './show.ts';

interface Case {
  readonly paths: Readonly<Record<string, PathLiteral>>;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly format?: Format;
  readonly resources: readonly string[];
  readonly bindings?: readonly string[];
}

const text = { type: 'string' };
const integer = { type: 'integer' };
const Book = object({ id: text, title: text, authorId: text, pages: integer });
const User = object({
  id: text,
  name: text,
  tags: { type: 'array', items: text },
  settings: object({ dark: { type: 'boolean' } }),
});
const $defs = {
  Book,
  User,
  Order: object({ id: integer, total: { type: 'number' } }),
  Settings: object({ theme: text, size: integer }),
};
const crud = (name: string): Pick<PathLiteral, 'get' | 'put' | 'delete'> => ({
  get: { answers: { 200: ref(name) } },
  put: { body: ref(name), answers: { 200: ref(name) } },
  delete: { answers: { 204: null } },
});
const listing = (name: string): Pick<PathLiteral, 'get' | 'post'> => ({
  get: { answers: { 200: listOf(name) } },
  post: { body: ref(name), answers: { 201: ref(name) } },
});

const cases: Readonly<Record<string, Case>> = {
  'prefixes and extensions are no resources': {
    paths: { '/api/v1/books.json': listing('Book'), '/api/v1/books/{id}.json': crud('Book') },
    resources: ['books Book collection id:string uuid|client'],
  },
  'a body with the id says which document a path without one is about': {
    paths: {
      '/pet': {
        ...listing('Book'),
        put: { body: ref('Book'), answers: { 200: ref('Book') } },
        patch: { body: ref('Book') },
        delete: { body: object({ id: text }), answers: { 204: null } },
      },
      '/pet/{petId}': { get: { answers: { 200: ref('Book') } } },
    },
    resources: ['pets Pet collection id:string uuid|client'],
    bindings: [
      'GET /pet 200 list pets',
      'POST /pet 201 create pets',
      'PUT /pet 200 replace pets by the body',
      'PATCH /pet 200 update pets by the body',
      'DELETE /pet 204 remove pets by the body',
      'GET /pet/{petId} 200 read pets by petId',
    ],
  },
  'it may create, where 201 is declared, and is a sample where no id is declared': {
    paths: {
      '/pet': { ...listing('Book'), put: { body: ref('Book'), answers: { 200: ref('Book'), 201: ref('Book') } } },
      '/cat': { ...listing('Settings'), put: { body: ref('Settings'), answers: { 200: ref('Settings') } } },
      '/cat/{catId}': { get: { answers: { 200: ref('Settings') } } },
    },
    resources: ['pets Pet collection id:string uuid|client', 'cats Cat collection id:string uuid|client'],
    bindings: [
      'GET /pet 200 list pets',
      'POST /pet 201 create pets',
      'PUT /pet 200 upsert pets by the body',
      'GET /cat 200 list cats',
      'POST /cat 201 create cats',
      'PUT /cat 200 sample',
      'GET /cat/{catId} 200 read cats by catId',
    ],
  },
  'Ramses’ PUT and PATCH change all that match, whatever their body has': {
    format: 'raml-0.8',
    paths: {
      '/books': { get: {}, post: { body: ref('Book') }, patch: { body: ref('Book') }, put: { body: ref('Book') } },
    },
    resources: ['books Book collection id:string uuid|client'],
    bindings: [
      'GET /books 200 list books',
      'POST /books 201 create books',
      'PUT /books 200 update-many books',
      'PATCH /books 200 update-many books',
    ],
  },
  'a POST to one document that takes properties of it, and answers nothing, changes them': {
    paths: {
      '/pet': { post: { body: ref('Book') } },
      '/pet/{id}': {
        get: { answers: { 200: ref('Book') } },
        post: { query: { title: text, pages: integer }, answers: { 400: null } },
      },
      '/user': listing('User'),
      '/user/{id}': { post: { body: object({ name: text, tags: { type: 'array', items: text } }) } },
      '/order': listing('Order'),
      '/order/{id}': { post: { query: { total: { type: 'number' }, notify: { type: 'boolean' } } } },
    },
    resources: [
      'pets Pet collection id:string uuid|client',
      'users User collection id:string uuid|client',
      'orders Order collection id:integer sequence|client',
    ],
    bindings: [
      'POST /pet 201 create pets',
      'GET /pet/{id} 200 read pets by id',
      'POST /pet/{id} 200 update pets by id with title pages',
      'GET /user 200 list users',
      'POST /user 201 create users',
      'POST /user/{id} 200 update users by id',
      'GET /order 200 list orders',
      'POST /order 201 create orders',
      'POST /order/{id} 200 sample',
    ],
  },
  'a list of documents below their collection creates them all': {
    paths: {
      '/user': listing('User'),
      '/user/createWithList': { post: { body: listOf('User'), answers: { 200: ref('User') } } },
      '/user/bulk': { post: { body: listOf('User'), answers: { 200: listOf('User') } } },
      '/user/several': { post: { body: listOf('User'), answers: { 201: listOf('User') } } },
      '/user/validate': { post: { body: listOf('User'), answers: { 200: listOf('User') } } },
      '/user/delete': { post: { body: listOf('User'), answers: { 200: null } } },
      '/user/orders': { post: { body: listOf('Order'), answers: { 200: listOf('Order') } } },
    },
    resources: ['users User collection id:string uuid|client'],
    bindings: [
      'GET /user 200 list users',
      'POST /user 201 create users',
      'POST /user/createWithList 200 create users',
      'POST /user/bulk 200 create users',
      'POST /user/several 201 create users',
      'POST /user/validate 200 sample',
      'POST /user/delete 200 sample',
      'POST /user/orders 200 sample',
    ],
  },
  'RAML {mediaTypeExtension}': {
    paths: { '/books{mediaTypeExtension}': listing('Book'), '/books/{id}{mediaTypeExtension}': crud('Book') },
    resources: ['books Book collection id:string uuid|client'],
  },
  'a singular path is a collection too, if a parameter follows': {
    paths: { '/pet': { post: { body: ref('Book') } }, '/pet/{petId}': crud('Book') },
    resources: ['pets Pet collection id:string uuid|client'],
    bindings: [
      'POST /pet 201 create pets',
      'GET /pet/{petId} 200 read pets by petId',
      'PUT /pet/{petId} 200 replace pets by petId',
      'DELETE /pet/{petId} 204 remove pets by petId',
    ],
  },
  'a list under another light is a list of the same documents': {
    paths: {
      '/books': listing('Book'),
      '/books/{id}': { get: { answers: { 200: ref('Book') } } },
      '/books/newest': { get: { answers: { 200: listOf('Book') } } },
      '/search/books': { get: { answers: { 200: listOf('Book') } } },
    },
    resources: ['books Book collection id:string uuid|client'],
    bindings: [
      'GET /books 200 list books',
      'POST /books 201 create books',
      'GET /books/{id} 200 read books by id',
      'GET /books/newest 200 list books',
      'GET /search/books 200 list books',
    ],
  },
  'a nested collection of the same type joins by name, a differently named one stays apart': {
    paths: {
      '/books': listing('Book'),
      '/users': listing('User'),
      '/users/{userId}': { get: { answers: { 200: ref('User') } } },
      '/users/{userId}/books': listing('Book'),
      '/users/{userId}/favourites': listing('Book'),
    },
    resources: [
      'books Book collection id:string uuid|client ^user',
      'users User collection id:string uuid|client',
      'favourites Favourite collection id:string uuid|client parent ^user',
    ],
  },
  'a nested list that nothing can ever appear in is a sample': {
    paths: {
      '/users': listing('User'),
      '/users/{userId}': { get: { answers: { 200: ref('User') } } },
      '/users/{userId}/followers': { get: { answers: { 200: listOf('User') } } },
    },
    resources: ['users User collection id:string uuid|client'],
    bindings: [
      'GET /users 200 list users',
      'POST /users 201 create users',
      'GET /users/{userId} 200 read users by userId',
      'GET /users/{userId}/followers 200 sample',
    ],
  },
  'a nested list joins if a property names the parent': {
    paths: {
      '/books': listing('Book'),
      '/authors': listing('User'),
      '/authors/{id}': { get: { answers: { 200: ref('User') } } },
      '/authors/{id}/books': { get: { answers: { 200: listOf('Book') } } },
    },
    resources: [
      'books Book collection id:string uuid|client ^author=authorId',
      'authors Author collection id:string uuid|client',
    ],
  },
  'four levels deep': {
    paths: {
      '/kegs': listing('Book'),
      '/kegs/{a}': crud('Book'),
      '/kegs/{a}/bees': listing('User'),
      '/kegs/{a}/bees/{b}': crud('User'),
      '/kegs/{a}/bees/{b}/cees': listing('Order'),
      '/kegs/{a}/bees/{b}/cees/{c}': { get: { answers: { 200: ref('Order') } } },
    },
    resources: [
      'kegs Keg collection id:string uuid|client',
      'bees Bee collection id:string uuid|client parent ^keg',
      'cees Cee collection id:integer sequence|client parent ^bee',
    ],
  },
  'a summary of it at another path is the same resource': {
    paths: {
      '/books': listing('Book'),
      '/admin/books': { get: { answers: { 200: listOf('BookSummary') } }, post: { body: ref('BookSummary') } },
    },
    $defs: { BookSummary: object({ id: text, title: text }) },
    resources: ['books Book collection id:string uuid|client'],
  },
  'a parent that only examples show is remembered, not looked for': {
    paths: {
      '/orgs': { get: { answers: { 200: listOf('User') }, example: [{ id: 'a' }] } },
      '/orgs/{org}': { get: { answers: { 200: ref('User') } } },
      '/orgs/{org}/teams': listing('Book'),
    },
    resources: [
      'orgs Org collection id:string uuid|client seeds 1',
      'teams Team collection id:string uuid|client parent ^org',
    ],
    bindings: [
      'GET /orgs 200 list orgs',
      'GET /orgs/{org} 200 read orgs by org',
      'GET /orgs/{org}/teams 200 list teams under org:?',
      'POST /orgs/{org}/teams 201 create teams under org:?',
    ],
  },
  'Ramses: one related document is a singleton, whatever else is known of it': {
    format: 'raml-0.8',
    paths: {
      '/users': { get: {}, post: { body: ref('WithCards') } },
      '/users/{id}': { get: {} },
      '/users/{id}/cards': { get: {}, post: {} },
    },
    $defs: { WithCards: object({ id: text, cards: { _db_settings: { type: 'relationship', uselist: false } } }) },
    resources: ['users User collection id:string uuid|client', 'cards Card singleton -:string uuid ^user'],
  },
  'parameters in a row narrow; nobody stores the first': {
    paths: {
      '/repos/{owner}/{repo}': crud('Book'),
      '/repos/{owner}/{repo}/issues': listing('Order'),
      '/repos/{owner}/{repo}/issues/{number}': { get: { answers: { 200: ref('Order') } } },
    },
    resources: [
      'repos Repo collection id:string client parent ^owner',
      'issues Issue collection id:integer sequence|client parent ^repo',
    ],
    bindings: [
      'GET /repos/{owner}/{repo} 200 read repos by repo under owner:?',
      'PUT /repos/{owner}/{repo} 200 upsert repos by repo under owner:?',
      'DELETE /repos/{owner}/{repo} 204 remove repos by repo under owner:?',
      'GET /repos/{owner}/{repo}/issues 200 list issues under owner:? repo:repos',
      'POST /repos/{owner}/{repo}/issues 201 create issues under owner:? repo:repos',
      'GET /repos/{owner}/{repo}/issues/{number} 200 read issues by number under owner:? repo:repos',
    ],
  },
  'ancestors that nobody can create are remembered only': {
    paths: {
      '/repos/{owner}/{repo}': { get: { answers: { 200: ref('Book') } } },
      '/repos/{owner}/{repo}/issues': listing('Order'),
    },
    resources: ['issues Issue collection id:integer sequence|client parent ^owner ^repo'],
    bindings: [
      'GET /repos/{owner}/{repo} 200 sample',
      'GET /repos/{owner}/{repo}/issues 200 list issues under owner:? repo:?',
      'POST /repos/{owner}/{repo}/issues 201 create issues under owner:? repo:?',
    ],
  },
  'singletons, at the root and under an item': {
    paths: {
      '/settings': crud('Settings'),
      '/users': listing('User'),
      '/users/{id}': { get: { answers: { 200: ref('User') } } },
      '/users/{id}/profile': {
        get: { answers: { 200: ref('Settings') } },
        patch: { body: ref('Settings') },
        put: { body: ref('Settings') },
      },
    },
    resources: [
      'settings Setting singleton -:string uuid',
      'users User collection id:string uuid|client',
      'profile Profile singleton -:string uuid ^user',
    ],
  },
  'a property with a path of its own': {
    paths: {
      '/users': listing('User'),
      '/users/{id}': { get: { answers: { 200: ref('User') } } },
      '/users/{id}/tags': {
        get: { answers: { 200: { type: 'array', items: text } } },
        put: { body: { type: 'array', items: text } },
      },
      '/users/{id}/name': { get: { answers: { 200: text } }, put: { body: text } },
    },
    resources: ['users User collection id:string uuid|client'],
    bindings: [
      'GET /users 200 list users',
      'POST /users 201 create users',
      'GET /users/{id} 200 read users by id',
      'GET /users/{id}/tags 200 read-attribute users.tags by id',
      'PUT /users/{id}/tags 200 replace-attribute users.tags by id',
      'GET /users/{id}/name 200 read-attribute users.name by id',
      'PUT /users/{id}/name 200 replace-attribute users.name by id',
    ],
  },
  'what is no CRUD action is a sample': {
    paths: {
      '/orders': listing('Order'),
      '/orders/{id}': { ...crud('Order'), post: { answers: { 200: object({ ok: text }) } } },
      '/orders/{id}/cancel': { post: { answers: { 200: ref('Order') } } },
      '/stats': { get: { answers: { 200: object({ orders: integer }) } } },
      '/login': { post: { body: object({ user: text }), answers: { 200: object({ token: text }) } } },
      '/streams': {
        post: { body: object({ url: text }), answers: { 201: object({ key: text }, { required: ['key'] }) } },
      },
    },
    resources: ['orders Order collection id:integer sequence|client'],
    bindings: [
      'GET /orders 200 list orders',
      'POST /orders 201 create orders',
      'GET /orders/{id} 200 read orders by id',
      'POST /orders/{id} 200 sample',
      'PUT /orders/{id} 200 replace orders by id',
      'DELETE /orders/{id} 204 remove orders by id',
      'POST /orders/{id}/cancel 200 sample',
      'GET /stats 200 sample',
      'POST /login 200 sample',
      'POST /streams 201 sample',
    ],
  },
  'POST to an item updates where neither PUT nor PATCH does': {
    paths: {
      '/charges': listing('Order'),
      '/charges/{ID}': {
        get: { answers: { 200: ref('Order') } },
        post: { body: object({ note: text }), answers: { 200: ref('Order') } },
      },
    },
    resources: ['charges Charge collection id:integer sequence|client'],
    bindings: [
      'GET /charges 200 list charges',
      'POST /charges 201 create charges',
      'GET /charges/{ID} 200 read charges by ID',
      'POST /charges/{ID} 200 update charges by ID',
    ],
  },
  'examples are the documents where nobody can create any': {
    paths: {
      '/books': { get: { answers: { 200: listOf('Book') }, example: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] } },
    },
    resources: ['books Book collection id:string uuid|client seeds 2'],
  },
  'an object with a list in it that PUT takes whole is one document': {
    paths: { '/policy': { get: { answers: { 200: ref('Policy') } }, put: { body: ref('Policy') } } },
    $defs: { Policy: object({ rules: { type: 'array', items: object({ name: text }) } }) },
    resources: ['policy Policy singleton -:string uuid'],
  },
  'a property that cannot hold a parent’s id is no link; one without a type is': {
    paths: {
      '/users': listing('User'),
      '/users/{id}': crud('User'),
      '/users/{id}/cards': { get: { answers: { 200: listOf('Card') } }, post: { body: object({ number: text }) } },
      '/users/{id}/notes': { get: { answers: { 200: listOf('Note') } }, post: { body: object({ body: text }) } },
    },
    $defs: {
      Card: object({ id: text, number: text, user: { type: 'null' } }),
      Note: object({ id: text, body: text, user: {} }),
    },
    resources: [
      'users User collection id:string uuid|client',
      'cards Card collection id:string uuid ^user',
      'notes Note collection id:string uuid ^user=user',
    ],
  },
  'a parameter that is a collection itself is a parent of what it lists': {
    paths: {
      '/{index}/{type}': listing('Order'),
      '/{index}/{type}/{id}': crud('Order'),
    },
    resources: ['types Type collection id:integer sequence|client parent ^index ^type'],
    bindings: [
      'GET /{index}/{type} 200 list types under index:? type:?',
      'POST /{index}/{type} 201 create types under index:? type:?',
      'GET /{index}/{type}/{id} 200 read types by id under index:? type:?',
      'PUT /{index}/{type}/{id} 200 replace types by id under index:? type:?',
      'DELETE /{index}/{type}/{id} 204 remove types by id under index:? type:?',
    ],
  },
  'bulk creation, bulk change and bulk removal': {
    paths: {
      '/books': {
        post: { body: listOf('Book'), answers: { 201: listOf('Book') } },
        get: { answers: { 200: listOf('Book') } },
        patch: { body: object({ title: text }) },
        put: { body: listOf('Book') },
        delete: {},
      },
      '/orders': { ...listing('Order'), patch: { query: { total: { type: 'number' } }, body: ref('Order') } },
    },
    resources: ['books Book collection id:string uuid|client', 'orders Order collection id:integer sequence|client'],
    bindings: [
      'GET /books 200 list books',
      'POST /books 201 create books',
      'PUT /books 200 sample',
      'PATCH /books 200 update-many books',
      'DELETE /books 204 remove-many books',
      'GET /orders 200 list orders',
      'POST /orders 201 create orders',
      'PATCH /orders 200 update-many orders',
    ],
  },
  'Ramses: no answers described, attributes and a singular relationship by _db_settings': {
    format: 'raml-0.8',
    paths: {
      '/users': { get: {}, post: { body: ref('RamsesUser') }, patch: {}, put: {}, delete: {} },
      '/users/{username}': { get: {}, put: {}, patch: {}, delete: {} },
      '/users/{username}/groups': { get: {}, post: {} },
      '/users/{username}/profile': { get: {}, post: { body: object({ id: integer }) }, patch: {} },
      '/users/{username}/stories': { get: {}, post: {} },
      '/stories': { get: {}, post: { body: ref('RamsesStory') } },
      '/stories/{id}': { get: {} },
    },
    $defs: {
      RamsesUser: object({
        username: { ...text, _db_settings: { type: 'string', primary_key: true } },
        groups: { type: 'array', items: text, _db_settings: { type: 'list', item_type: 'string' } },
        profile: { _db_settings: { type: 'relationship', document: 'Profile', uselist: false } },
        stories: { type: 'array', _db_settings: { type: 'relationship', document: 'Story', backref_name: 'owner' } },
      }),
      RamsesStory: object({
        id: { type: ['integer', 'string'], _db_settings: { type: 'id_field', primary_key: true } },
        owner: text,
      }),
    },
    resources: [
      'users User collection username:string client',
      'profile Profile singleton id:integer sequence|client ^user',
      'stories Story collection id:integer sequence|client ^user=owner',
    ],
    bindings: [
      'GET /users 200 list users',
      'POST /users 201 create users',
      'PUT /users 200 update-many users',
      'PATCH /users 200 update-many users',
      'DELETE /users 200 remove-many users',
      'GET /users/{username} 200 read users by username',
      'PUT /users/{username} 200 replace users by username',
      'PATCH /users/{username} 200 update users by username',
      'DELETE /users/{username} 200 remove users by username',
      'GET /users/{username}/groups 200 read-attribute users.groups by username',
      'POST /users/{username}/groups 201 write-attribute users.groups by username',
      'GET /users/{username}/profile 200 read-singleton profile under username:users(user)',
      'POST /users/{username}/profile 201 write-singleton profile under username:users(user)',
      'PATCH /users/{username}/profile 200 update-singleton profile under username:users(user)',
      'GET /users/{username}/stories 200 list stories under username:users(user)',
      'POST /users/{username}/stories 201 create stories under username:users(user)',
      'GET /stories 200 list stories',
      'POST /stories 201 create stories',
      'GET /stories/{id} 200 read stories by id',
    ],
  },
  'hostile names are names': {
    paths: {
      '/__proto__': listing('Book'),
      '/__proto__/{constructor}': crud('Book'),
      '/../x': listing('Book'),
      '/a"book/': listing('Order'),
      '//': { get: {} },
      '/{}': { get: {} },
    },
    resources: [
      'protos Proto collection id:string uuid|client',
      'xes X collection id:string uuid|client',
      'a-books ABook collection id:integer sequence|client',
    ],
  },
  'clashing names take the parent’s name in front, then numbers': {
    paths: {
      '/orders': listing('Order'),
      '/orders/{id}': crud('Order'),
      '/orders/{id}/items': listing('Book'),
      '/carts': listing('Settings'),
      '/carts/{id}': crud('Settings'),
      '/carts/{id}/items': listing('User'),
    },
    resources: [
      'orders Order collection id:integer sequence|client',
      'items Item collection id:string uuid|client parent ^order',
      'carts Cart collection id:string uuid|client',
      'cart-items CartItem collection id:string uuid|client parent ^cart',
    ],
  },
};

for (const [name, { paths, $defs: more, format, resources, bindings }] of Object.entries(cases)) {
  test(name, () => {
    const model = buildModel(describe(paths, { ...$defs, ...more }, format));
    assert.deepEqual(model.resources.map(showResource), resources);
    if (bindings !== undefined) assert.deepEqual(showBindings(model), bindings);
    for (const { fields, links, name } of model.resources) {
      const paths = new Set(fields.map(({ path }) => path));
      for (const { property } of links) assert.ok(property === undefined || paths.has(property), `${name}.${property}`);
    }
    assert.deepEqual(JSON.parse(JSON.stringify(model)), JSON.parse(JSON.stringify({ ...model })), 'plain data');
  });
}
