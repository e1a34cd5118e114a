/**
 * Mistakes that people make in RAML 0.8, one at a time, in a description that is right otherwise: each must be found at
 * its line and column, be told once, and say what to do.
 */
import { type Mistake, testMistakes } from './mistakes.ts';

const GOOD = `#%RAML 0.8
title: Shop
version: v1
baseUri: https://shop.example/{version}
mediaType: application/json
schemas:
  - Book: !include schemas/book.json
  - Author: !include schemas/author.json
securitySchemes:
  - token:
      type: OAuth 2.0
      settings:
        authorizationUri: https://shop.example/auth
        accessTokenUri: https://shop.example/token
        authorizationGrants: [code]
traits:
  - paged:
      queryParameters:
        limit:
          type: integer
          minimum: 1
          maximum: 100
  - searchable:
      queryParameters:
        q:
          description: Find <<what>>.
resourceTypes:
  - collection:
      get:
        responses:
          200:
            body:
              application/json:
                schema: <<schema>>
/books:
  type:
    collection: { schema: Book }
  securedBy: [token]
  get:
    is: [paged, searchable: { what: books }]
  post:
    body:
      application/json:
        schema: Book
        example: |
          { "title": "Petals of Blood", "pages": 432 }
  /{id}:
    uriParameters:
      id:
        type: string
    get:
      responses:
        200:
          body:
            application/json:
              schema: Book
    delete:
/authors:
  get:
    responses:
      200:
        body:
          application/json:
            schema: Author
`;

const BESIDE = {
  'schemas/book.json': `{
  "type": "object",
  "title": "Book",
  "$schema": "http://json-schema.org/draft-04/schema",
  "required": ["title"],
  "properties": {
    "title": {
      "type": ["string"],
      "_db_settings": { "type": "string", "required": true, "primary_key": true }
    },
    "pages": {
      "type": ["integer", "null"],
      "_db_settings": { "type": "integer" }
    }
  }
}
`,
  'schemas/author.json': `{
  "type": "object",
  "title": "Author",
  "$schema": "http://json-schema.org/draft-04/schema",
  "properties": {
    "id": {
      "type": ["string", "null"],
      "_db_settings": { "type": "id_field", "required": true, "primary_key": true }
    },
    "books": {
      "_db_settings": {
        "type": "relationship",
        "document": "Book",
        "backref_name": "author"
      }
    }
  }
}
`,
};

const mistakes: Readonly<Record<string, Mistake>> = {
  'a key of the root misspelt': {
    from: 'mediaType:',
    to: 'mediatype:',
    found: ['error unknown-key api.raml:5:1 RAML does not know the key "mediatype" here. (did you mean "mediaType"?)'],
  },
  'a key of a method misspelt': {
    from: '    body:\n      application/json:\n        schema: Book\n        example',
    to: '    bdoy:\n      application/json:\n        schema: Book\n        example',
    found: ['error unknown-key api.raml:42:5 RAML does not know the key "bdoy" here. (did you mean "body"?)'],
  },
  '"types", as in RAML 1.0': {
    from: 'schemas:\n  - Book',
    to: 'types:\n  - Book',
    found: [
      'error unknown-key api.raml:6:1 RAML does not know the key "types" here. (RAML 0.8 has "schemas"; if the file means RAML 1.0, begin it with "#%RAML 1.0")',
    ],
  },
  'a schema misspelt': {
    from: '              schema: Book\n    delete',
    to: '              schema: Bok\n    delete',
    found: ['error unknown-type api.raml:56:15 There is no schema "Bok". (did you mean "Book"?)'],
  },
  'a trait misspelt': {
    from: 'is: [paged',
    to: 'is: [page',
    found: ['error unknown-trait api.raml:40:10 There is no trait "page". (did you mean "paged"?)'],
  },
  'a resource type misspelt': {
    from: '    collection: { schema: Book }',
    to: '    collecton: { schema: Book }',
    found: [
      'error unknown-resource-type api.raml:37:5 There is no resource type "collecton". (did you mean "collection"?)',
    ],
  },
  'a parameter of a resource type misspelt': {
    from: '    collection: { schema: Book }',
    to: '    collection: { shema: Book }',
    found: [
      'error missing-argument api.raml:37:19 "collection" needs a value for its parameter "schema". (did you mean "schema" where "shema" stands?)',
    ],
  },
  'a schema misspelt in a parameter of a resource type': {
    from: '    collection: { schema: Book }',
    to: '    collection: { schema: Bok }',
    found: ['error unknown-type api.raml:37:19 There is no schema "Bok". (did you mean "Book"?)'],
  },
  'a security scheme misspelt': {
    from: 'securedBy: [token]',
    to: 'securedBy: [tokn]',
    found: ['error unknown-security-scheme api.raml:38:15 There is no security scheme "tokn". (did you mean "token"?)'],
  },
  'a trait without its parameter': {
    from: 'searchable: { what: books }',
    to: 'searchable',
    found: [
      'error missing-argument api.raml:40:17 "searchable" needs a value for its parameter "what". (write searchable: { what: … })',
    ],
  },
  'a type of another language': {
    from: 'type: integer\n          minimum',
    to: 'type: int\n          minimum',
    found: [
      'error unknown-type api.raml:20:11 There is no type "int" of parameters in RAML 0.8. (write type: integer)',
    ],
  },
  'a minimum above the maximum': {
    from: 'minimum: 1\n',
    to: 'minimum: 1000\n',
    found: [
      'warning impossible-range api.raml:21:11 No value fits: "minimum" is 1000, and "maximum" is 100. (swap the two)',
    ],
  },
  'a list that goes on as an object': {
    from: '  - paged:\n      query',
    to: '  paged:\n      query',
    found: [
      'error syntax-error api.raml:23:3 An entry of a list ("- ") stands among the keys of an object. (begin all of them with "- ", or none)',
    ],
  },
  'an example that does not fit its schema': {
    from: '"pages": 432',
    to: '"pages": "many"',
    found: [
      'warning example-mismatch api.raml:45:9 The example does not fit its schema: "/pages" must be integer or null. (change the example or the schema)',
    ],
  },
  'an empty schema': {
    file: 'schemas/book.json',
    from: BESIDE['schemas/book.json'],
    to: '',
    found: ['error schema-invalid schemas/book.json:1:1 A schema is an object, not nothing.'],
  },
  'an example that is no JSON': {
    from: '"pages": 432',
    to: '"pages": 432,',
    found: [
      'warning example-mismatch api.raml:46:55 The example is not valid JSON: A key in double quotes was expected. (remove the comma before "}")',
    ],
  },
  'a comma missing in a schema': {
    file: 'schemas/book.json',
    from: '"title": "Book",',
    to: '"title": "Book"',
    found: ['error syntax-error schemas/book.json:4:3 A comma or a closing brace was expected.'],
  },
  'a type misspelt in a schema': {
    file: 'schemas/book.json',
    from: '["string"]',
    to: '["strng"]',
    found: ['error unknown-type schemas/book.json:8:16 "strng" is no type of JSON Schema. (did you mean "string"?)'],
  },
  'a $ref to nowhere': {
    file: 'schemas/book.json',
    from: '"type": ["string"],',
    to: '"$ref": "#/definitions/title",',
    found: [
      'error unresolved-reference schemas/book.json:8:15 The reference "#/definitions/title" leads nowhere: there is no "definitions".',
    ],
  },
  'an unknown type of Ramses': {
    file: 'schemas/book.json',
    from: '"_db_settings": { "type": "integer" }',
    to: '"_db_settings": { "type": "interger" }',
    found: [
      'warning ramses-settings schemas/book.json:13:33 "interger" is no type of Ramses. (did you mean "integer"?)',
    ],
  },
  'a setting of Ramses misspelt': {
    file: 'schemas/book.json',
    from: '"primary_key": true',
    to: '"primarykey": true',
    found: [
      'warning ramses-settings schemas/book.json:9:61 Ramses does not know the setting "primarykey". (did you mean "primary_key"?)',
    ],
  },
  'a relationship to an unknown document': {
    file: 'schemas/author.json',
    from: '"document": "Book"',
    to: '"document": "Bok"',
    found: [
      'warning ramses-settings schemas/author.json:13:21 The relationship leads to "Bok", and there is no such schema. (did you mean "Book"?)',
    ],
  },
  'a relationship to nothing': {
    file: 'schemas/author.json',
    from: '        "document": "Book",\n',
    to: '',
    found: [
      'warning ramses-settings schemas/author.json:12:17 A field of type relationship needs "document". (add "document")',
    ],
  },
  'an include misspelt': {
    from: 'schemas/author.json',
    to: 'schemas/autor.json',
    found: [
      'warning file-not-found api.raml:8:5 The file "schemas/autor.json" does not exist. (did you mean "author.json"?)',
    ],
  },
  'an include in other letters': {
    from: 'schemas/author.json',
    to: 'Schemas/author.json',
    found: [
      'warning file-not-found api.raml:8:5 The file "Schemas/author.json" does not exist. (did you mean "schemas/author.json"?)',
    ],
  },
  'letters in a status code': {
    from: '        200:\n          body:\n            application/json:\n              schema: Book',
    to: '        2OO:\n          body:\n            application/json:\n              schema: Book',
    found: [
      'error invalid-status api.raml:53:9 "2OO" is no status code. (three digits, such as 200; RAML has no ranges)',
    ],
  },
  'a URI parameter misspelt': {
    from: '      id:\n        type',
    to: '      ident:\n        type',
    found: [
      'warning path-parameter-mismatch api.raml:49:7 The path has no place for the parameter "ident". (did you mean "id"?)',
    ],
  },
  'a resource twice': {
    from: '/authors:',
    to: '/books:',
    found: [
      'error ambiguous-path api.raml:58:1 The resource "/books" is declared twice; the first stands on line 35. (bring the two together)',
    ],
  },
  'a method twice': {
    from: '    delete:\n',
    to: '    get:\n',
    found: [
      'error duplicate-key api.raml:57:5 There are two methods "get" here; the first stands on line 51. (remove or rename one of the two)',
    ],
  },
  'indentation that fits nowhere': {
    from: '    uriParameters:\n      id:',
    to: '   uriParameters:\n      id:',
    found: [
      'error syntax-error api.raml:51:1 This line is indented otherwise than the lines that it belongs to. (check the indentation and the closing brackets)',
    ],
  },
  'a tab': {
    from: '  securedBy',
    to: '\tsecuredBy',
    found: ['error syntax-error api.raml:38:1 A line is indented with a tab. (indent with spaces)'],
  },
  'a schema twice': {
    from: '- Author:',
    to: '- Book:',
    found: [
      'error duplicate-key api.raml:8:5 The name "Book" is declared twice here; the first stands on line 7. (remove or rename one of the two)',
      'error unknown-type api.raml:64:13 There is no schema "Author". (declare it under "schemas" at the top of the description)',
    ],
  },
  'the version missing that the base URI names': {
    from: 'version: v1\n',
    to: '',
    found: [
      'warning missing-key api.raml:3:1 The base URI has a place for {version}, and there is no "version". (add "version")',
    ],
  },
  'schemas as an object, as in RAML 1.0': {
    from: 'schemas:\n  - Book: !include schemas/book.json\n  - Author: !include schemas/author.json',
    to: 'schemas:\n  Book: !include schemas/book.json\n  Author: !include schemas/author.json',
    found: ['error invalid-value api.raml:6:1 "schemas" must be a list in RAML 0.8. (begin each entry with "- ")'],
  },
  'type in a body, as in RAML 1.0': {
    from: '              schema: Book',
    to: '              type: Book',
    found: [
      'error unknown-key api.raml:56:15 RAML does not know the key "type" here. (in a body, RAML 0.8 says "schema")',
    ],
  },
};

testMistakes('RAML 0.8', { 'api.raml': GOOD, ...BESIDE }, mistakes);
