/**
 * Mistakes that people make in RAML 1.0, one at a time, in a description that is right otherwise: each must be found at
 * its line and column, be told once, and say what to do.
 */
import { type Mistake, testMistakes } from './mistakes.ts';

const GOOD = `#%RAML 1.0
title: Shop
version: v1
baseUri: https://shop.example/{stage}
baseUriParameters:
  stage:
    enum: [live, test]
mediaType: application/json
uses:
  common: common.raml
securitySchemes:
  token:
    type: OAuth 2.0
    settings:
      authorizationUri: https://shop.example/auth
      accessTokenUri: https://shop.example/token
      authorizationGrants: [authorization_code]
      scopes: [read, write]
annotationTypes:
  owner: string
traits:
  paged:
    queryParameters:
      limit:
        type: integer
        minimum: 1
        maximum: 100
        default: 20
  searchable:
    queryParameters:
      q:
        description: Find <<what>>.
resourceTypes:
  collection:
    get:
      responses:
        200:
          body: <<item>>[]
    post:
      body: <<item>>
types:
  Thing:
    type: object
    properties:
      id: string
  Book:
    type: Thing
    properties:
      title:
        type: string
        minLength: 1
        pattern: ^[A-Z].*$
      pages?:
        type: integer
        minimum: 1
        maximum: 9999
      binding?:
        enum: [soft, hard]
        default: soft
      author?: Author
      price?: common.Money
    example:
      id: b1
      title: Petals of Blood
      pages: 432
  Author:
    properties:
      name: string
  Invoice: !include schemas/invoice.json
/books:
  (owner): ada
  type:
    collection: { item: Book }
  securedBy: [token]
  get:
    is: [paged, searchable: { what: books }]
  /{isbn}:
    uriParameters:
      isbn:
        type: string
    get:
      responses:
        200:
          body:
            application/json:
              type: Book
        404:
          description: None.
    delete:
      responses:
        204:
          description: Gone.
/invoices:
  get:
    responses:
      200:
        body:
          type: Invoice
          example: !include examples/invoice.json
`;

const BESIDE = {
  'units.raml': `#%RAML 1.0 Library
types:
  Amount: number
`,
  'common.raml': `#%RAML 1.0 Library
types:
  Money:
    properties:
      amount: number
      currency: string
`,
  'schemas/invoice.json': `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "required": ["number"],
  "properties": {
    "number": { "type": "integer", "minimum": 1 },
    "lines": {
      "type": "array",
      "items": { "$ref": "#/definitions/line" }
    }
  },
  "definitions": {
    "line": { "type": "object", "properties": { "text": { "type": "string" } } }
  }
}
`,
  'examples/invoice.json': `{
  "number": 7,
  "lines": [{ "text": "A book" }]
}
`,
};

const mistakes: Readonly<Record<string, Mistake>> = {
  'a key of the root misspelt': {
    from: 'mediaType:',
    to: 'mediatype:',
    found: ['error unknown-key api.raml:8:1 RAML does not know the key "mediatype" here. (did you mean "mediaType"?)'],
  },
  '"types" misspelt: the types are not missing': {
    from: '\ntypes:',
    to: '\ntype:',
    found: ['error unknown-key api.raml:41:1 RAML does not know the key "type" here. (did you mean "types"?)'],
  },
  'a key of a resource misspelt': {
    from: '  securedBy:',
    to: '  secureBy:',
    found: ['error unknown-key api.raml:74:3 RAML does not know the key "secureBy" here. (did you mean "securedBy"?)'],
  },
  'a method misspelt': {
    from: '    get:\n      responses:\n        200:\n          body:\n            app',
    to: '    gett:\n      responses:\n        200:\n          body:\n            app',
    found: ['error unknown-key api.raml:81:5 RAML does not know the key "gett" here. (did you mean "get"?)'],
  },
  'a method in capitals': {
    from: '    delete:',
    to: '    DELETE:',
    found: ['error unknown-key api.raml:89:5 RAML does not know the key "DELETE" here. (did you mean "delete"?)'],
  },
  'a key of a method misspelt': {
    from: '    delete:\n      responses',
    to: '    delete:\n      response',
    found: ['error unknown-key api.raml:90:7 RAML does not know the key "response" here. (did you mean "responses"?)'],
  },
  'a key of a response misspelt': {
    from: '          description: Gone',
    to: '          descripton: Gone',
    found: [
      'error unknown-key api.raml:92:11 RAML does not know the key "descripton" here. (did you mean "description"?)',
    ],
  },
  'a key of a body misspelt': {
    from: '          example: !include',
    to: '          exampel: !include',
    found: [
      'error unknown-key api.raml:99:11 "exampel" is neither a key of a body nor a media type. (did you mean "example"?)',
    ],
  },
  'a key of a type misspelt': {
    from: '  Author:\n    properties',
    to: '  Author:\n    propertys',
    found: [
      'error unknown-key api.raml:67:5 RAML does not know the facet "propertys" here. (did you mean "properties"?)',
    ],
  },
  'a facet misspelt': {
    from: 'minLength',
    to: 'minLenght',
    found: [
      'error unknown-key api.raml:51:9 RAML does not know the facet "minLenght" here. (did you mean "minLength"?)',
    ],
  },
  'a facet of another type': {
    from: 'minLength: 1',
    to: 'minimum: 1',
    found: [
      'error unknown-key api.raml:51:9 "minimum" can only stand in types of numbers, and this type is string. (did you mean "minLength"?)',
    ],
  },
  'a key of a trait by another name': {
    from: '  paged:\n    queryParameters',
    to: '  paged:\n    queryParams',
    found: [
      'error unknown-key api.raml:23:5 RAML does not know the key "queryParams" here. (did you mean "queryParameters"?)',
    ],
  },
  'a key of a resource type misspelt': {
    from: '    post:\n      body: <<',
    to: '    post:\n      bodi: <<',
    found: ['error unknown-key api.raml:40:7 RAML does not know the key "bodi" here. (did you mean "body"?)'],
  },
  'a key of a security scheme misspelt': {
    from: '    settings:',
    to: '    setting:',
    found: ['error unknown-key api.raml:14:5 RAML does not know the key "setting" here. (did you mean "settings"?)'],
  },
  'a setting of a security scheme misspelt': {
    from: 'accessTokenUri',
    to: 'accessTokenUrl',
    found: [
      'error unknown-key api.raml:16:7 RAML does not know the key "accessTokenUrl" here, and "accessTokenUri" is missing. (did you mean "accessTokenUri"?)',
    ],
  },
  'a type of security scheme misspelt': {
    from: 'type: OAuth 2.0',
    to: 'type: OAuth2',
    found: ['error invalid-value api.raml:13:5 "OAuth2" is no type of security scheme. (did you mean "OAuth 2.0"?)'],
  },
  'a line too deep': {
    from: '      id: string',
    to: '       id: string\n      x: string',
    found: [
      'error syntax-error api.raml:46:1 This line is indented otherwise than the lines that it belongs to. (check the indentation and the closing brackets)',
    ],
  },
  'a line not deep enough': {
    from: '    properties:\n      id: string',
    to: '    properties:\n    id: string',
    found: [
      'error unknown-key api.raml:45:5 RAML does not know the facet "id" here. (indent it deeper if it belongs to "properties")',
    ],
  },
  'indentation that fits nowhere': {
    from: '  securedBy: [token]',
    to: ' securedBy: [token]',
    found: [
      'error syntax-error api.raml:74:1 This line is indented otherwise than the lines that it belongs to. (check the indentation and the closing brackets)',
    ],
  },
  'a tab': {
    from: '  securedBy: [token]',
    to: '\tsecuredBy: [token]',
    found: ['error syntax-error api.raml:74:1 A line is indented with a tab. (indent with spaces)'],
  },
  'a colon missing': {
    from: '    delete:\n',
    to: '    delete\n',
    found: [
      'error syntax-error api.raml:89:5 A colon is missing behind the key. (write "key: value", with a space behind the colon)',
    ],
  },
  'a space missing behind a colon': {
    from: 'version: v1',
    to: 'version:v1',
    found: [
      'error syntax-error api.raml:3:1 A colon is missing behind the key. (write "key: value", with a space behind the colon)',
    ],
  },
  'title missing': {
    from: 'title: Shop\n',
    to: '',
    found: ['error missing-key api.raml:2:1 "title" is missing. (add "title")'],
  },
  'a regular expression that is none': {
    from: '^[A-Z].*$',
    to: '"^[A-Z.*$"',
    found: [
      'error invalid-pattern api.raml:52:9 This pattern is no regular expression: unterminated character class. (a character that means something in patterns, such as "[", "(" or "*", stands for itself behind a "\\")',
    ],
  },
  'an example without a required property': {
    from: '      title: Petals of Blood\n',
    to: '',
    found: ['warning example-mismatch api.raml:62:5 The property "title" is missing. (add "title")'],
  },
  'an example of another type': {
    from: 'pages: 432',
    to: 'pages: many',
    found: ['warning example-mismatch api.raml:65:7 "pages" should be an integer.'],
  },
  'an example with a misspelt property': {
    from: 'pages: 432',
    to: 'pages: 432\n      pagse: 1',
    found: ['warning example-mismatch api.raml:66:7 The type has no property "pagse". (did you mean "pages"?)'],
  },
  'an example outside of an enum': {
    from: 'pages: 432',
    to: 'binding: paper',
    found: ['warning example-mismatch api.raml:65:7 "binding" should be one of "soft", "hard".'],
  },
  'an example above a maximum': {
    from: 'pages: 432',
    to: 'pages: 43200',
    found: ['warning example-mismatch api.raml:65:7 "pages" should not be more than 9999.'],
  },
  'an example that does not match': {
    from: 'title: Petals of Blood',
    to: 'title: petals',
    found: ['warning example-mismatch api.raml:64:7 "title" should match the pattern ^[A-Z].*$.'],
  },
  'an example that is no JSON': {
    file: 'examples/invoice.json',
    from: '"number": 7,',
    to: '"number": 7',
    found: [
      'warning example-mismatch examples/invoice.json:3:3 The example is not valid JSON: A comma or a closing brace was expected. (fix the JSON, or write the example as YAML)',
    ],
  },
  'a resource twice': {
    from: '/invoices:\n',
    to: '/books:\n',
    found: [
      'error ambiguous-path api.raml:93:1 The resource "/books" is declared twice; the first stands on line 70. (bring the two together)',
    ],
  },
  'two templates for the same requests': {
    from: '/invoices:\n',
    to: '/books/{id}:\n    get:\n/invoices:\n',
    found: [
      'warning ambiguous-path api.raml:93:1 "/books/{id}" and "/books/{isbn}" (line 77) match the same requests. (merge the two, or make the paths differ)',
    ],
  },
  'a resource nested and flat': {
    from: '/invoices:\n',
    to: '/books/{isbn}:\n    get:\n/invoices:\n',
    found: [
      'error ambiguous-path api.raml:93:1 Two resources have the path that "/books/" leads to; the first stands on line 77. (bring the two together, or rename one)',
    ],
  },
  'a response twice': {
    from: '        404:',
    to: '        200:',
    found: [
      'error duplicate-key api.raml:87:9 There are two responses "200" here; the first stands on line 83. (remove or rename one of the two)',
    ],
  },
  'a method twice': {
    from: '    delete:\n',
    to: '    get:\n',
    found: [
      'error duplicate-key api.raml:89:5 There are two methods "get" here; the first stands on line 81. (remove or rename one of the two)',
    ],
  },
  'a type twice': {
    from: '  Author:',
    to: '  Book:',
    found: [
      'error duplicate-key api.raml:66:3 There are two types "Book" here; the first stands on line 46. (remove or rename one of the two)',
      'error unknown-type api.raml:60:7 There is no type "Author". (declare it under "types" at the top of the description)',
    ],
  },
  'a key twice': {
    from: 'version: v1',
    to: 'version: v1\nversion: v2',
    found: [
      'error duplicate-key api.raml:4:1 The key "version" stands here twice; the first stands on line 3. (remove or rename one of the two)',
    ],
  },
  'a type misspelt in a body': {
    from: '              type: Book',
    to: '              type: Bok',
    found: ['error unknown-type api.raml:86:15 There is no type "Bok". (did you mean "Book"?)'],
  },
  'a type misspelt in a property': {
    from: 'author?: Author',
    to: 'author?: Autor',
    found: ['error unknown-type api.raml:60:7 There is no type "Autor". (did you mean "Author"?)'],
  },
  'a parent type misspelt': {
    from: '    type: Thing',
    to: '    type: Ting',
    found: ['error unknown-type api.raml:47:5 There is no type "Ting". (did you mean "Thing"?)'],
  },
  'a type of another language': {
    from: '    type: integer\n        minimum: 1\n        maximum: 9999',
    to: '    type: int\n        minimum: 1\n        maximum: 9999',
    found: ['error unknown-type api.raml:54:9 There is no type "int". (write type: integer)'],
  },
  'a type of a library misspelt': {
    from: 'common.Money',
    to: 'common.Mony',
    found: ['error unknown-type api.raml:61:7 There is no type "common.Mony". (did you mean "common.Money"?)'],
  },
  'a library misspelt': {
    from: 'common.Money',
    to: 'comon.Money',
    found: ['error unknown-library api.raml:61:7 There is no library "comon". (did you mean "common"?)'],
  },
  'a trait misspelt': {
    from: 'is: [paged',
    to: 'is: [page',
    found: ['error unknown-trait api.raml:76:10 There is no trait "page". (did you mean "paged"?)'],
  },
  'a resource type misspelt': {
    from: '    collection: { item: Book }',
    to: '    collecton: { item: Book }',
    found: [
      'error unknown-resource-type api.raml:73:5 There is no resource type "collecton". (did you mean "collection"?)',
    ],
  },
  'a security scheme misspelt': {
    from: 'securedBy: [token]',
    to: 'securedBy: [tokn]',
    found: ['error unknown-security-scheme api.raml:74:15 There is no security scheme "tokn". (did you mean "token"?)'],
  },
  'a letter in a status code': {
    from: '        404:',
    to: '        4O4:',
    found: [
      'error invalid-status api.raml:87:9 "4O4" is no status code. (three digits, such as 200; RAML has no ranges)',
    ],
  },
  'a status code of four digits': {
    from: '        404:',
    to: '        4040:',
    found: [
      'error invalid-status api.raml:87:9 "4040" is no status code. (three digits, such as 200; RAML has no ranges)',
    ],
  },
  'a range of status codes': {
    from: '        404:',
    to: '        4XX:',
    found: [
      'error invalid-status api.raml:87:9 "4XX" is no status code. (three digits, such as 200; RAML has no ranges)',
    ],
  },
  'a parameter of a type that has no minimum': {
    from: 'type: integer\n        minimum: 1\n        maximum: 100',
    to: 'type: number[]\n        minimum: 1\n        maximum: 100',
    found: [
      'error unknown-key api.raml:26:9 "minimum" can only stand in types of numbers, and this type is number[]. (put it on the items)',
      'error unknown-key api.raml:27:9 "maximum" can only stand in types of numbers, and this type is number[]. (put it on the items)',
      'warning value-mismatch api.raml:28:9 "default" should be of type array, not number.',
    ],
  },
  'a type misspelt in a parameter': {
    from: 'type: integer\n        minimum: 1\n        maximum: 100',
    to: 'type: nubmer\n        minimum: 1\n        maximum: 100',
    found: ['error unknown-type api.raml:25:9 There is no type "nubmer". (did you mean "number"?)'],
  },
  'an annotation misspelt': {
    from: '(owner)',
    to: '(ower)',
    found: ['warning unknown-annotation api.raml:71:3 There is no annotation type "ower". (did you mean "owner"?)'],
  },
  'an annotation of another type': {
    from: '(owner): ada',
    to: '(owner): [1]',
    found: ['warning value-mismatch api.raml:71:3 "(owner)" should be of type string, not array.'],
  },
  'an include misspelt': {
    from: 'schemas/invoice.json',
    to: 'schemas/invoise.json',
    found: [
      'warning file-not-found api.raml:69:3 The file "schemas/invoise.json" does not exist. (did you mean "invoice.json"?)',
    ],
  },
  'the folder of an include misspelt': {
    from: 'schemas/invoice.json',
    to: 'schema/invoice.json',
    found: [
      'warning file-not-found api.raml:69:3 The file "schema/invoice.json" does not exist. (did you mean "schemas/invoice.json"?)',
    ],
  },
  'the folder of an include from the root file’s folder misspelt': {
    from: 'schemas/invoice.json',
    to: '/schema/invoice.json',
    found: [
      'warning file-not-found api.raml:69:3 The file "/schema/invoice.json" does not exist. (did you mean "schemas/invoice.json"?)',
    ],
  },
  'an include from the folder of the disk': {
    from: 'schemas/invoice.json',
    to: '/etc/passwd',
    found: [
      'error file-outside-root api.raml:69:3 "/etc/passwd" is not below the folder that the description may read: RAML counts a leading "/" from the folder of the root file. (write the path relative to the file that refers to it)',
    ],
  },
  'an include in other letters': {
    from: 'schemas/invoice.json',
    to: 'schemas/Invoice.json',
    found: [
      'warning file-not-found api.raml:69:3 The file "schemas/Invoice.json" does not exist. (did you mean "invoice.json"?)',
    ],
  },
  'the first line of a library misspelt': {
    file: 'common.raml',
    from: 'Library',
    to: 'Libary',
    found: [
      'error wrong-fragment api.raml:10:3 The file "common.raml" is used as a library and is none. (its first line should be "#%RAML 1.0 Library")',
    ],
  },
  'a library that says it is a type': {
    file: 'common.raml',
    from: 'Library',
    to: 'DataType',
    found: [
      'error wrong-fragment api.raml:10:3 The file "common.raml" is used as a library and is none. (its first line should be "#%RAML 1.0 Library")',
    ],
  },
  'a library without its first line': {
    file: 'common.raml',
    from: '#%RAML 1.0 Library\n',
    to: '',
    found: [
      'error wrong-fragment api.raml:10:3 The file "common.raml" is used as a library and is none. (its first line should be "#%RAML 1.0 Library")',
    ],
  },
  'a library that does not exist': {
    from: 'common: common.raml',
    to: 'common: comon.raml',
    found: ['error file-not-found api.raml:10:3 The file "comon.raml" does not exist. (did you mean "common.raml"?)'],
  },
  'a URI parameter misspelt': {
    from: '    uriParameters:\n      isbn',
    to: '    uriParameters:\n      ibsn',
    found: [
      'warning path-parameter-mismatch api.raml:79:7 The path has no place for the parameter "ibsn". (did you mean "isbn"?)',
    ],
  },
  'a parameter of the base URI misspelt': {
    from: '  stage:',
    to: '  stag:',
    found: [
      'warning path-parameter-mismatch api.raml:6:3 The base URI has no place for the parameter "stag". (did you mean "stage"?)',
    ],
  },
  'a trait without its parameter': {
    from: 'searchable: { what: books }',
    to: 'searchable',
    found: [
      'error missing-argument api.raml:76:17 "searchable" needs a value for its parameter "what". (write searchable: { what: … })',
    ],
  },
  'a parameter of a trait misspelt': {
    from: 'searchable: { what: books }',
    to: 'searchable: { waht: books }',
    found: [
      'error missing-argument api.raml:76:31 "searchable" needs a value for its parameter "what". (did you mean "what" where "waht" stands?)',
    ],
  },
  'a resource type without its parameter': {
    from: '    collection: { item: Book }',
    to: '    collection:',
    found: [
      'error missing-argument api.raml:73:5 "collection" needs a value for its parameter "item". (write collection: { item: … })',
    ],
  },
  'types that inherit from each other': {
    from: '  Thing:\n    type: object',
    to: '  Thing:\n    type: Book',
    found: [
      'error circular-type api.raml:42:3 The type "Thing" is made of itself: Thing → Book → Thing. (refer to it from a property or from items instead)',
    ],
  },
  'a type that inherits from itself': {
    from: '  Thing:\n    type: object',
    to: '  Thing:\n    type: Thing',
    found: [
      'error circular-type api.raml:42:3 The type "Thing" is made of itself. (refer to it from a property or from items instead)',
    ],
  },
  'an enum of another type': {
    from: 'enum: [soft, hard]',
    to: 'type: integer\n        enum: [soft, hard]',
    found: ['warning value-mismatch api.raml:59:9 A value of "enum" should be an integer.'],
  },
  'a default outside of an enum': {
    from: 'default: soft',
    to: 'default: softt',
    found: ['warning value-mismatch api.raml:59:9 "default" should be one of "soft", "hard". (did you mean "soft"?)'],
  },
  'a default of another type': {
    from: 'default: 20',
    to: 'default: many',
    found: ['warning value-mismatch api.raml:28:9 "default" should be an integer.'],
  },
  'a minimum above the maximum': {
    from: 'minimum: 1\n        maximum: 9999',
    to: 'minimum: 10000\n        maximum: 9999',
    found: [
      'error impossible-range api.raml:55:9 No value fits: "minimum" is 10000, and "maximum" is 9999. (swap the two)',
    ],
  },
  'a minLength above the maxLength': {
    from: 'minLength: 1',
    to: 'minLength: 9\n        maxLength: 3',
    found: [
      'error impossible-range api.raml:51:9 No value fits: "minLength" is 9, and "maxLength" is 3. (swap the two)',
    ],
  },
  'a negative length': {
    from: 'minLength: 1',
    to: 'minLength: -1',
    found: ['error invalid-value api.raml:51:9 "minLength" must be at least 0.'],
  },
  'a length in words': {
    from: 'minLength: 1',
    to: 'minLength: one',
    found: ['error invalid-value api.raml:51:9 "minLength" must be a number.'],
  },
  'a flag that is none': {
    from: '        minLength: 1',
    to: '        required: yes please\n        minLength: 1',
    found: ['error invalid-value api.raml:51:9 "required" must be true or false.'],
  },
  'a comma missing in a JSON Schema': {
    file: 'schemas/invoice.json',
    from: '"type": "object",',
    to: '"type": "object"',
    found: ['error syntax-error schemas/invoice.json:4:3 A comma or a closing brace was expected.'],
  },
  'a type misspelt in a JSON Schema': {
    file: 'schemas/invoice.json',
    from: '"type": "integer"',
    to: '"type": "interger"',
    found: [
      'error unknown-type schemas/invoice.json:6:25 "interger" is no type of JSON Schema. (did you mean "integer"?)',
    ],
  },
  'a keyword misspelt in a JSON Schema': {
    file: 'schemas/invoice.json',
    from: '"minimum"',
    to: '"minumum"',
    found: [
      'warning unknown-key schemas/invoice.json:6:36 "minumum" is no keyword of JSON Schema and has no effect. (did you mean "minimum"?)',
    ],
  },
  'a draft that does not exist': {
    file: 'schemas/invoice.json',
    from: 'draft-07',
    to: 'draft-77',
    found: [
      'warning unknown-draft schemas/invoice.json:2:14 "http://json-schema.org/draft-77/schema#" is no version of JSON Schema. (e.g. "http://json-schema.org/draft-07/schema#")',
    ],
  },
  'a $ref misspelt': {
    file: 'schemas/invoice.json',
    from: '#/definitions/line',
    to: '#/definitions/lin',
    found: [
      'error unresolved-reference schemas/invoice.json:9:26 The reference "#/definitions/lin" leads nowhere: there is no "lin". (did you mean "#/definitions/line"?)',
    ],
  },
  'a $ref to a file that does not exist': {
    file: 'schemas/invoice.json',
    from: '#/definitions/line',
    to: 'line.json',
    found: ['error file-not-found schemas/invoice.json:9:26 The file "line.json" does not exist.'],
  },
  'a required property misspelt': {
    file: 'schemas/invoice.json',
    from: '["number"]',
    to: '["nubmer"]',
    found: [
      'warning undeclared-property schemas/invoice.json:4:16 "nubmer" is required, and there is no such property. (did you mean "number"?)',
    ],
  },
  'a minimum above the maximum in a JSON Schema': {
    file: 'schemas/invoice.json',
    from: '"minimum": 1',
    to: '"minimum": 10, "maximum": 3',
    found: [
      'warning impossible-range schemas/invoice.json:6:36 No value fits: "minimum" is 10, and "maximum" is 3. (swap the two)',
    ],
  },
  'a scope misspelt': {
    from: 'securedBy: [token]',
    to: 'securedBy: [token: { scopes: [reed] }]',
    found: [
      'warning unknown-scope api.raml:74:33 The security scheme "token" has no scope "reed". (did you mean "read"?)',
    ],
  },
  'an unknown protocol': {
    from: 'mediaType: application/json',
    to: 'mediaType: application/json\nprotocols: [FTP]',
    found: ['error invalid-value api.raml:9:13 "FTP" is none of the values that may stand here. (one of HTTP, HTTPS)'],
  },
  'a media type that is none': {
    from: 'mediaType: application/json',
    to: 'mediaType: json',
    found: ['error invalid-media-type api.raml:8:1 "json" is no media type. (e.g. application/json)'],
  },
  'a discriminator that is no property': {
    from: '  Thing:\n    type: object',
    to: '  Thing:\n    type: object\n    discriminator: kind',
    found: [
      'warning undeclared-property api.raml:44:5 The discriminator "kind" is no property of the type. (declare "kind" under "properties")',
    ],
  },
  'a bracket that is not closed': {
    from: 'author?: Author',
    to: 'author?: Author[',
    found: ['error unknown-type api.raml:60:7 There is no type "Author[". (did you mean "Author"?)'],
  },
  'an unknown option of a union': {
    from: 'author?: Author',
    to: 'author?: Author | Persn',
    found: [
      'error unknown-type api.raml:60:7 There is no type "Persn". (declare it under "types" at the top of the description)',
    ],
  },
  'an unknown type of items': {
    from: 'author?: Author',
    to: 'author?: Autor[]',
    found: ['error unknown-type api.raml:60:7 There is no type "Autor". (did you mean "Author"?)'],
  },
  'a regular expression that takes for ever': {
    from: '^[A-Z].*$',
    to: '^([A-Za-z ]+)+$',
    found: [
      'warning slow-pattern api.raml:52:9 This pattern may take for ever: it repeats a group that holds a repetition or a choice. (write it without a repetition inside of another; requests are checked against it for 100 ms at most)',
    ],
  },
  'properties as a list': {
    from: '  Author:\n    properties:\n      name: string',
    to: '  Author:\n    properties:\n      - name: string',
    found: ['error invalid-value api.raml:67:5 "properties" must be an object. (write "name: type" without a dash)'],
  },
  'a trait that is not in a list': {
    from: 'is: [paged, searchable: { what: books }]',
    to: 'is: paged',
    found: ['error invalid-value api.raml:76:5 "is" must be a list. (write is: [name])'],
  },
  'a type misspelt in a parameter of a resource type': {
    from: '{ item: Book }',
    to: '{ item: Bok }',
    found: ['error unknown-type api.raml:73:25 There is no type "Bok". (did you mean "Book"?)'],
  },
  'queryString beside queryParameters': {
    from: '    is: [paged',
    to: '    queryString: string\n    queryParameters:\n      x: string\n    is: [paged',
    found: [
      'error raml-invalid api.raml:76:5 "queryString" and "queryParameters" exclude each other. (make the parameters properties of the type of "queryString", or take "queryString" away)',
    ],
  },
  'no default media type: a body relies on it': {
    from: 'mediaType: application/json\n',
    to: '',
    found: [
      'error missing-key api.raml:37:11 This body has no media type, and no "mediaType" is declared. (put its content under application/json, or declare "mediaType" at the top of the description)',
      'error missing-key api.raml:39:7 This body has no media type, and no "mediaType" is declared. (put its content under application/json, or declare "mediaType" at the top of the description)',
      'error missing-key api.raml:96:9 This body has no media type, and no "mediaType" is declared. (put its content under application/json, or declare "mediaType" at the top of the description)',
    ],
  },
  'a colon twice behind a media type': {
    from: '            application/json:\n              type: Book',
    to: '            application/json::\n              type: Book',
    found: [
      'error invalid-media-type api.raml:85:13 "application/json:" is no media type. (take the second colon away)',
    ],
  },
  'a media type outside of a body': {
    from: '          body:\n            application/json:\n              type: Book',
    to: '          application/json:\n            type: Book',
    found: [
      'error unknown-key api.raml:84:11 RAML does not know the key "application/json" here. (put media types under "body")',
    ],
  },
  'a list as RAML 0.8 has it': {
    from: 'annotationTypes:\n  owner: string',
    to: 'annotationTypes:\n  - owner: string',
    found: [
      'error invalid-value api.raml:19:1 "annotationTypes" must be an object in RAML 1.0. (take the dashes out: they are RAML 0.8)',
    ],
  },
  'traits as RAML 0.8 has them': {
    from: 'traits:\n  paged:\n    queryParameters:\n      limit:\n        type: integer\n        minimum: 1\n        maximum: 100\n        default: 20\n  searchable:\n    queryParameters:\n      q:\n        description: Find <<what>>.\n',
    to: 'traits:\n  - paged:\n      queryParameters:\n        limit:\n',
    found: [
      'error invalid-value api.raml:21:1 "traits" must be an object in RAML 1.0. (take the dashes out: they are RAML 0.8)',
    ],
  },
  'repeat, as in RAML 0.8': {
    from: '        minLength: 1',
    to: '        repeat: true',
    found: [
      'error unknown-key api.raml:51:9 RAML does not know the facet "repeat" here. (it is RAML 0.8: write type: string[] for a list)',
    ],
  },
  'nullable, as in OpenAPI': {
    from: '        minLength: 1',
    to: '        nullable: true',
    found: ['error unknown-key api.raml:51:9 RAML does not know the facet "nullable" here. (write type: string | nil)'],
  },
  'a facet in the plural': {
    from: '        type: string\n        minLength: 1',
    to: '        types: string\n        minLength: 1',
    found: ['error unknown-key api.raml:50:9 RAML does not know the facet "types" here. (did you mean "type"?)'],
  },
  'a limit of lists on a list of another kind': {
    from: '  Author:\n    properties:\n      name: string',
    to: '  Author:\n    properties:\n      name:\n        type: array\n        maxLength: 3',
    found: [
      'error unknown-key api.raml:70:9 "maxLength" can only stand in types of kind string and file, and this type is array. (did you mean "maxItems"?)',
    ],
  },
  'a function misspelt': {
    from: '          body: <<item>>[]',
    to: '          body: <<item | !uppercasecamel>>[]',
    found: [],
  },
  'a path with a bracket missing': {
    from: '  /{isbn}:',
    to: '  /{isbn:',
    found: [
      'error raml-invalid api.raml:77:3 The path has a "{" without its counterpart. (write path parameters as {name})',
    ],
  },
  'a name with a space at its end': {
    from: '      isbn:\n        type: string',
    to: '      "isbn ":\n        type: string',
    found: [
      'warning raml-questionable api.raml:79:7 The name "isbn " has a space at its end that nobody sees. (take the space away)',
    ],
  },
  'two resource types': {
    from: '  type:\n    collection: { item: Book }',
    to: '  type: [collection: { item: Book }, collection: { item: Book }]',
    found: [
      'error raml-invalid api.raml:72:3 A resource can have one resource type only. (let one of the resource types have the other as its "type", or make one a trait)',
    ],
  },
  'schemas beside types': {
    from: 'types:\n',
    to: 'schemas:\n  Old: string\ntypes:\n',
    found: [
      'error raml-invalid api.raml:41:1 "types" and "schemas" exclude each other. (move what stands under "schemas" to "types": they mean the same)',
    ],
  },
  'schema beside type': {
    from: '              type: Book',
    to: '              type: Book\n              schema: Book',
    found: [
      'error raml-invalid api.raml:85:13 "schema" and "type" exclude each other. (keep "type": they mean the same)',
    ],
  },
  'a type named as one of RAML': {
    from: '  Author:\n',
    to: '  date-only:\n    type: string\n  Author:\n',
    found: [
      'error raml-invalid api.raml:66:3 "date-only" is a type of RAML itself, and cannot be declared. (give the type another name)',
    ],
  },
  'a facet of the parent left out': {
    from: '  Thing:\n    type: object\n',
    to: '  Thing:\n    type: object\n    facets:\n      unit: string\n',
    found: [
      'warning raml-questionable api.raml:48:3 The parent type wants a value for the facet "unit". (add "unit", or declare it with a "?" in the parent)',
    ],
  },
  'a facet of RAML declared again': {
    from: '  Thing:\n    type: object\n',
    to: '  Thing:\n    type: object\n    facets:\n      minProperties: integer\n',
    found: [
      'warning raml-questionable api.raml:42:3 RAML itself has the facet "minProperties". (give the new facet another name)',
      'warning raml-questionable api.raml:48:3 The parent type wants a value for the facet "minProperties". (add "minProperties", or declare it with a "?" in the parent)',
    ],
  },
  'a trait applied twice': {
    from: 'is: [paged, searchable',
    to: 'is: [paged, paged, searchable',
    found: [],
  },
  'a discriminator in a union': {
    from: '  Author:\n    properties:\n      name: string\n',
    to: '  Author:\n    properties:\n      name: string\n  Either:\n    type: Author | Thing\n    discriminator: name\n',
    found: [
      'error raml-invalid api.raml:71:5 "discriminator" cannot stand in a union. (declare it in the named object type that the others inherit from)',
    ],
  },
  'an enum that is no list': {
    from: '        enum: [soft, hard]',
    to: '        enum: soft',
    found: ['error invalid-value api.raml:58:9 "enum" must be a list. (write [a, b])'],
  },
  'uses without names': {
    from: 'uses:\n  common: common.raml',
    to: 'uses: [common.raml]',
    found: ['error invalid-value api.raml:9:1 "uses" must be an object. (write name: path/to/library.raml)'],
  },
  'a resource without a brace of its own: a scalar': {
    from: '/invoices:\n  get:\n    responses:\n      200:\n        body:\n          type: Invoice\n          example: !include examples/invoice.json\n',
    to: '/invoices: all of them\n',
    found: ['error invalid-value api.raml:93:1 "/invoices" must be an object. (indent what belongs to it below)'],
  },
  'an annotation at the wrong place': {
    from: '  owner: string\n',
    to: '  owner:\n    type: string\n    allowedTargets: Method\n',
    found: [
      'warning raml-questionable api.raml:73:3 The annotation "owner" is not for this place. (its "allowedTargets": Method)',
    ],
  },
  'a description that is no text': {
    from: '          description: None.',
    to: '          description: { text: None }',
    found: ['error invalid-value api.raml:88:11 "description" must be text.'],
  },
  'protocols without a list': {
    from: 'mediaType: application/json',
    to: 'mediaType: application/json\nprotocols: HTTP',
    found: [
      'warning raml-questionable api.raml:9:1 "protocols" must be a list of at least one protocol. (write [HTTP], [HTTPS] or [HTTP, HTTPS])',
    ],
  },
};

testMistakes('RAML 1.0', { 'api.raml': GOOD, ...BESIDE }, mistakes);
