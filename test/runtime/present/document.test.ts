import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Binding, Resource } from '../../../src/model/types.ts';
import { compileDocumentPresenter } from '../../../src/runtime/present/document.ts';
import { binding, model, resource, stored } from './pieces.ts';

const list: Binding['action'] = {
  kind: 'read',
  resource: 'books',
  scope: [],
  idParameter: 'isbn',
};
const text = '{"isbn":"1","title":"Petals","price":14.50}';
const url = 'http://localhost:3000/api';

interface Case {
  readonly text?: string;
  readonly key?: string;
  readonly resource?: Partial<Resource>;
  readonly dialect?: 'plain' | 'ramses';
  readonly fields?: readonly string[];
  readonly sent: string;
}

const cases: Record<string, Case> = {
  'as stored': { sent: text },
  selected: { fields: ['price', 'isbn'], sent: '{"isbn":"1","price":14.50}' },
  'a selection of nothing': { fields: [], sent: '{}' },
  'secrets are hidden': {
    text: '{"isbn":"1","token":"x","owner":{"password":"y","name":"z"}}',
    resource: { secrets: ['token', 'owner.password'] },
    sent: '{"isbn":"1","owner":{"name":"z"}}',
  },
  'asking for a secret gives nothing': {
    text: '{"isbn":"1","owner":{"password":"y"}}',
    resource: { secrets: ['owner.password'] },
    fields: ['owner.password', 'isbn'],
    sent: '{"isbn":"1","owner":{}}',
  },
  Ramses: {
    dialect: 'ramses',
    sent: `${text.slice(0, -1)},"_type":"Book","_pk":"1","_self":"http://localhost:3000/api/books/1"}`,
  },
  'Ramses, an empty document': {
    dialect: 'ramses',
    text: '{ }',
    sent: '{ "_type":"Book","_pk":"1","_self":"http://localhost:3000/api/books/1"}',
  },
  'Ramses, no object': { dialect: 'ramses', text: '[1]', sent: '[1]' },
  'Ramses, a selection keeps the type': {
    dialect: 'ramses',
    fields: ['title'],
    sent: '{"title":"Petals","_type":"Book"}',
  },
  'Ramses, an unknown selection': { dialect: 'ramses', fields: ['nosuch'], sent: '{"_type":"Book"}' },
  'Ramses, asking for _pk brings _self': {
    dialect: 'ramses',
    fields: ['_pk'],
    sent: '{"_type":"Book","_pk":"1","_self":"http://localhost:3000/api/books/1"}',
  },
  'Ramses, names that the document has itself': {
    dialect: 'ramses',
    text: '{"_pk":7,"_version":2}',
    sent: '{"_version":2,"_type":"Book","_pk":"1","_self":"http://localhost:3000/api/books/1"}',
  },
  'Ramses, an id that needs encoding': {
    dialect: 'ramses',
    text: '{}',
    key: 'a/b "c"\ud800',
    sent: '{"_type":"Book","_pk":"a/b \\"c\\"\\ud800","_self":"http://localhost:3000/api/books/a%2Fb%20%22c%22%EF%BF%BD"}',
  },
};

describe('a stored document as it is sent', () => {
  for (const [title, { key = '1', dialect = 'plain', fields, sent, ...given }] of Object.entries(cases)) {
    test(title, () => {
      const books = resource(given.resource);
      const read = binding('/books/{isbn}', 'get', list, { dialect });
      const present = compileDocumentPresenter(model({ resources: [books], bindings: [read] }), books, read);
      const document = stored(key, given.text ?? text);
      assert.equal(present(document, { url, parameters: {}, fields }), sent);
      assert.equal(present(document, { url, parameters: {}, fields }), sent, 'the second time');
    });
  }
});
