/**
 * RAML 1.0, "RAML Data Types": every kind of type and every facet, by the values that it accepts.
 */
import { testFeatures, testTypes } from './features.ts';

testTypes('scalar types', {
  any: { types: '  T: any\n', accepts: [1, 'a', null, {}, []], refuses: [] },
  string: { types: '  T: string\n', accepts: ['', 'a'], refuses: [1, null] },
  'minLength, maxLength': {
    types: '  T: { type: string, minLength: 2, maxLength: 3 }\n',
    accepts: ['ab', 'abc'],
    refuses: ['a', 'abcd'],
  },
  'pattern is of the whole string': {
    types: '  T: { type: string, pattern: "[a-z]{2}" }\n',
    accepts: ['ab'],
    refuses: ['abc', 'a1'],
  },
  number: { types: '  T: number\n', accepts: [1, 1.5, -3], refuses: ['1', null, true] },
  'minimum, maximum': {
    types: '  T: { type: number, minimum: 1, maximum: 2.5 }\n',
    accepts: [1, 2.5],
    refuses: [0.9, 2.6],
  },
  multipleOf: { types: '  T: { type: number, multipleOf: 4 }\n', accepts: [8, 0], refuses: [6] },
  integer: { types: '  T: integer\n', accepts: [1, -1], refuses: [1.5, '1'] },
  'format: int8': { types: '  T: { type: number, format: int8 }\n', accepts: [127, -128], refuses: [128, -129, 1.5] },
  'format: int16': { types: '  T: { type: integer, format: int16 }\n', accepts: [32767], refuses: [32768, -32769] },
  'format: int32': { types: '  T: { type: integer, format: int32 }\n', accepts: [2147483647], refuses: [2147483648] },
  'format: int': { types: '  T: { type: integer, format: int }\n', accepts: [-2147483648], refuses: [-2147483649] },
  'format: int64': { types: '  T: { type: integer, format: int64 }\n', accepts: [9007199254740991], refuses: [1.5] },
  'format: long': { types: '  T: { type: integer, format: long }\n', accepts: [2147483648], refuses: [1.5] },
  'format: float, double': { types: '  T: { type: number, format: double }\n', accepts: [1.5], refuses: ['a'] },
  boolean: { types: '  T: boolean\n', accepts: [true, false], refuses: [0, 'true'] },
  nil: { types: '  T: nil\n', accepts: [null], refuses: [0, '', {}] },
  'date-only': { types: '  T: date-only\n', accepts: ['2015-05-23'], refuses: ['2015-02-30', '2015-05-23T00:00:00Z'] },
  'time-only': { types: '  T: time-only\n', accepts: ['12:30:00', '12:30:00.123'], refuses: ['12:30', '25:00:00'] },
  'datetime-only': {
    types: '  T: datetime-only\n',
    accepts: ['2015-07-04T21:00:00'],
    refuses: ['2015-07-04T21:00:00Z', '2015-07-04', '2015-02-30T21:00:00'],
  },
  datetime: {
    types: '  T: datetime\n',
    accepts: ['2016-02-28T16:41:41.090Z', '2016-02-28T16:41:41+02:00'],
    refuses: ['2016-02-28', '2016-02-30T16:41:41Z'],
  },
  'datetime with format: rfc3339': {
    types: '  T: { type: datetime, format: rfc3339 }\n',
    accepts: ['2016-02-28T16:41:41Z'],
    refuses: ['Sun, 28 Feb 2016 16:41:41 GMT'],
  },
  'datetime with format: rfc2616': {
    types: '  T: { type: datetime, format: rfc2616 }\n',
    accepts: ['Sun, 28 Feb 2016 16:41:41 GMT'],
    refuses: ['2016-02-28T16:41:41Z'],
  },
  'a subtype of a datetime with format: rfc2616': {
    types: '  H: { type: datetime, format: rfc2616 }\n  T: { type: H, description: D }\n',
    accepts: ['Sun, 28 Feb 2016 16:41:41 GMT'],
    refuses: ['2016-02-28T16:41:41Z'],
  },
  'format: rfc2616 of a subtype': {
    types: '  H: datetime\n  T: { type: H, format: rfc2616 }\n',
    accepts: ['Sun, 28 Feb 2016 16:41:41 GMT'],
    refuses: ['2016-02-28T16:41:41Z'],
  },
  'file with fileTypes and lengths': {
    types: '  T: { type: file, fileTypes: [ image/png, "*/*" ], minLength: 1, maxLength: 4 }\n',
    accepts: ['abcd'],
    refuses: ['', 'abcde', 1],
    schema: { type: 'string', format: 'binary', 'x-fileTypes': ['image/png', '*/*'], minLength: 1, maxLength: 4 },
  },
  'enum of strings': { types: '  T: { enum: [ a, b ] }\n', accepts: ['a'], refuses: ['c', 1] },
  'enum of numbers': { types: '  T: { type: number, enum: [ 1, 2.5 ] }\n', accepts: [2.5], refuses: [2, '1'] },
  'enum of integers': { types: '  T: { type: integer, enum: [ 1, 2 ] }\n', accepts: [2], refuses: [3] },
  'enum of booleans': { types: '  T: { type: boolean, enum: [ true ] }\n', accepts: [true], refuses: [false] },
  'enum of dates': {
    types: '  T: { type: date-only, enum: [ 2015-05-23, 2016-01-01 ] }\n',
    accepts: ['2015-05-23'],
    refuses: ['2017-01-01'],
  },
  'enum of strings that look like numbers': {
    types: '  T: { type: string, enum: [ "1", "2" ] }\n',
    accepts: ['1', '2'],
    refuses: [1],
  },
  'default, of each type': {
    types:
      '  T:\n    properties:\n      s: { type: string, default: "1" }\n      n: { type: number, default: 1.5 }\n      i: { type: integer, default: 0 }\n      b: { type: boolean, default: false }\n      d: { type: date-only, default: 2015-05-23 }\n',
    accepts: [],
    refuses: [{}],
    schema: {
      type: 'object',
      properties: {
        s: { type: 'string', default: '1' },
        n: { type: 'number', default: 1.5 },
        i: { type: 'integer', default: 0 },
        b: { type: 'boolean', default: false },
        d: { type: 'string', format: 'date', default: '2015-05-23' },
      },
      required: ['s', 'n', 'i', 'b', 'd'],
    },
  },
  'displayName, description, example, annotations': {
    above: 'annotationTypes: { n: integer }\n',
    types: '  T: { type: string, displayName: Name, description: D, example: x, (n): 1 }\n',
    accepts: ['y'],
    refuses: [1],
    schema: { type: 'string', title: 'Name', description: 'D', examples: ['x'], '(n)': 1 },
  },
  'several examples': {
    types: '  T: { type: integer, examples: { a: 1, b: { value: 2, displayName: B } } }\n',
    accepts: [3],
    refuses: ['a'],
    schema: { type: 'integer', examples: [1, 2] },
  },
  'examples that need not fit are none of the schema': {
    types: '  T: { type: integer, examples: { a: 1, b: { value: x, strict: false } } }\n',
    accepts: [1],
    refuses: ['x'],
    schema: { type: 'integer', examples: [1] },
  },
});

testTypes('objects', {
  'properties are needed, unless they end in "?" or say so': {
    types:
      '  T: { properties: { a: string, b?: string, c: { required: false }, "d?": { required: true, type: integer } } }\n',
    accepts: [
      { a: 'x', 'd?': 1 },
      { a: 'x', b: 'y', c: 'z', 'd?': 1, more: 1 },
    ],
    refuses: [{ a: 'x' }, { a: 'x', b: 1, 'd?': 1 }, [], null, 'x'],
  },
  'minProperties, maxProperties': {
    types: '  T: { type: object, minProperties: 1, maxProperties: 2 }\n',
    accepts: [{ a: 1 }, { a: 1, b: 2 }],
    refuses: [{}, { a: 1, b: 2, c: 3 }],
  },
  'additionalProperties: false': {
    types: '  T: { additionalProperties: false, properties: { a: string } }\n',
    accepts: [{ a: 'x' }],
    refuses: [{ a: 'x', b: 1 }],
  },
  'a pattern property': {
    types: '  T: { properties: { a: integer, /^note\\d+$/: string } }\n',
    accepts: [{ a: 1 }, { a: 1, note1: 'x', other: 2 }],
    refuses: [{ a: 1, note1: 2 }],
  },
  'a pattern property for everything else': {
    types: '  T: { properties: { a: integer, //: string } }\n',
    accepts: [{ a: 1, b: 'x' }],
    refuses: [{ a: 1, b: 2 }],
  },
  'a pattern property with facets': {
    types: '  T: { properties: { /^x/: { type: integer, minimum: 3 } } }\n',
    accepts: [{}, { x1: 3 }],
    refuses: [{ x1: 2 }],
  },
  'a property whose type is in place': {
    types: '  T: { properties: { a: { properties: { b: { properties: { c: integer } } } } } }\n',
    accepts: [{ a: { b: { c: 1 } } }],
    refuses: [{ a: { b: {} } }, { a: {} }],
  },
  'a property without a type is a string': {
    types: '  T: { properties: { a: , b: { description: D } } }\n',
    accepts: [{ a: 'x', b: 'y' }],
    refuses: [{ a: 1, b: 'y' }],
  },
  'a property with odd characters in its name': {
    types: '  T: { properties: { "a/b~c": integer, $ref: string, "@id": string } }\n',
    accepts: [{ 'a/b~c': 1, $ref: 'x', '@id': 'y' }],
    refuses: [{ $ref: 'x', '@id': 'y' }],
  },
  discriminator: {
    types:
      '  P: { discriminator: kind, properties: { kind: string } }\n  D: { type: P, properties: { bark: string } }\n  C: { type: P, discriminatorValue: cat, properties: { lives: integer } }\n  T: { properties: { it: P } }\n',
    accepts: [{ it: { kind: 'P' } }, { it: { kind: 'cat' } }, { it: { kind: 'D', bark: 'x' } }],
    refuses: [{ it: { kind: 'C' } }, { it: {} }],
  },
  'discriminator of a subtype': {
    types:
      '  P: { discriminator: kind, properties: { kind: string } }\n  T: { type: P, discriminatorValue: t, properties: { a: integer } }\n',
    accepts: [{ kind: 't', a: 1 }],
    refuses: [{ kind: 'P', a: 1 }, { kind: 't' }],
  },
  'discriminatorValue of a number': {
    types:
      '  P: { discriminator: v, properties: { v: integer } }\n  T: { type: P, discriminatorValue: 2, properties: { a: integer } }\n',
    accepts: [{ v: 2, a: 1 }],
    refuses: [
      { v: '2', a: 1 },
      { v: 3, a: 1 },
    ],
  },
  xml: {
    types:
      '  T: { xml: { name: t, namespace: "urn:x", prefix: p }, properties: { a: { xml: { attribute: true } }, b: { type: "string[]", xml: { wrapped: true } } } }\n',
    accepts: [{ a: 'x', b: [] }],
    refuses: [{}],
    schema: {
      type: 'object',
      xml: { name: 't', namespace: 'urn:x', prefix: 'p' },
      properties: {
        a: { type: 'string', xml: { attribute: true } },
        b: { type: 'array', items: { type: 'string' }, xml: { wrapped: true } },
      },
      required: ['a', 'b'],
    },
  },
  'user-defined facets': {
    types:
      '  F: { type: string, facets: { onlyFuture?: boolean, label: string } }\n  T: { type: F, onlyFuture: true, label: x }\n',
    accepts: ['y'],
    refuses: [1],
    schema: { type: 'string', 'x-facets': { onlyFuture: true, label: 'x' } },
  },
  'user-defined facets of an object': {
    types: '  F: { facets: { since: date-only }, properties: { a: string } }\n  T: { type: F, since: 2015-05-23 }\n',
    accepts: [{ a: 'x' }],
    refuses: [{}],
    schema: {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      'x-facets': { since: '2015-05-23' },
    },
  },
});

testTypes('arrays', {
  'items by name': { types: '  T: { type: array, items: integer }\n', accepts: [[], [1]], refuses: [['a'], {}] },
  'items of facets': {
    types: '  T: { type: array, items: { type: string, minLength: 2 } }\n',
    accepts: [['ab']],
    refuses: [['a']],
  },
  'items of an expression': { types: '  T: { type: array, items: "integer[]" }\n', accepts: [[[1]]], refuses: [[1]] },
  'items of a union': {
    types: '  T: { type: array, items: string | integer }\n',
    accepts: [['a', 1]],
    refuses: [[true]],
  },
  'without items': { types: '  T: array\n', accepts: [[1, 'a', null]], refuses: [{}] },
  'minItems, maxItems, uniqueItems': {
    types: '  T: { type: array, minItems: 1, maxItems: 2, uniqueItems: true }\n',
    accepts: [[1], [1, 2]],
    refuses: [[], [1, 2, 3], [1, 1]],
  },
  'an expression with facets': {
    types: '  T: { type: "string[]", minItems: 1, uniqueItems: true }\n',
    accepts: [['a']],
    refuses: [[], ['a', 'a'], [1]],
  },
  'a subtype of a named array': {
    types: '  L: { type: array, items: string, maxItems: 3 }\n  T: { type: L, minItems: 1 }\n',
    accepts: [['a']],
    refuses: [[], ['a', 'b', 'c', 'd'], [1]],
  },
  'of a named type': {
    types: '  B: { properties: { a: string } }\n  T: B[]\n',
    accepts: [[{ a: 'x' }]],
    refuses: [[{}]],
  },
});

testTypes('unions', {
  'of scalars': { types: '  T: string | integer\n', accepts: ['a', 1], refuses: [1.5, null] },
  'with nil': { types: '  T: string | nil\n', accepts: ['a', null], refuses: [1] },
  'by "?"': { types: '  T: string?\n', accepts: ['a', null], refuses: [1] },
  'of objects': {
    types: '  A: { properties: { a: string } }\n  B: { properties: { b: string } }\n  T: A | B\n',
    accepts: [{ a: 'x' }, { b: 'y' }],
    refuses: [{}],
  },
  'of arrays': { types: '  T: (string | integer)[] | nil\n', accepts: [['a', 1], null], refuses: [[true]] },
  'with an enum': {
    types: '  T: { type: string | nil, enum: [ a, b, null ] }\n',
    accepts: ['a', null],
    refuses: ['c'],
  },
  'with more properties': {
    types:
      '  A: { properties: { a: string } }\n  B: { properties: { b: string } }\n  T: { type: A | B, properties: { c: integer } }\n',
    accepts: [{ a: 'x', c: 1 }],
    refuses: [{ a: 'x' }, { c: 1 }],
  },
  'several types of which one is a union': {
    types:
      '  A: { properties: { a: string } }\n  B: { properties: { b: string } }\n  C: { properties: { c: integer } }\n  U: A | B\n  T: [ U, C ]\n',
    accepts: [
      { a: 'x', c: 1 },
      { b: 'x', c: 1 },
    ],
    refuses: [{ c: 1 }, { a: 'x' }],
  },
});

testTypes('inheritance', {
  'of properties': {
    types: '  P: { properties: { a: string } }\n  T: { type: P, properties: { b: integer } }\n',
    accepts: [{ a: 'x', b: 1 }],
    refuses: [{ a: 'x' }, { b: 1 }],
  },
  'over three generations': {
    types:
      '  A: { properties: { a: string } }\n  B: { type: A, properties: { b: string } }\n  T: { type: B, properties: { c: string } }\n',
    accepts: [{ a: 'x', b: 'y', c: 'z' }],
    refuses: [{ b: 'y', c: 'z' }],
  },
  'of a closed parent': {
    types:
      '  P: { additionalProperties: false, properties: { a: string } }\n  T: { type: P, properties: { b: integer } }\n',
    accepts: [{ a: 'x', b: 1 }],
    refuses: [{ a: 'x', b: 1, c: 1 }],
  },
  'a property made narrower': {
    types:
      '  P: { properties: { a: { type: string, maxLength: 5 } } }\n  T: { type: P, properties: { a: { type: string, minLength: 2 } } }\n',
    accepts: [{ a: 'abc' }],
    refuses: [{ a: 'a' }, { a: 'abcdef' }],
  },
  'an optional property made needed': {
    types: '  P: { properties: { a?: string } }\n  T: { type: P, properties: { a: string } }\n',
    accepts: [{ a: 'x' }],
    refuses: [{}],
  },
  'multiple, of objects': {
    types:
      '  A: { properties: { a: string } }\n  B: { properties: { b?: integer } }\n  T: { type: [ A, B ], properties: { c: boolean } }\n',
    accepts: [
      { a: 'x', c: true },
      { a: 'x', b: 1, c: true },
    ],
    refuses: [{ c: true }, { a: 'x', b: 'y', c: true }],
  },
  'multiple, with one property in both': {
    types:
      '  A: { properties: { a: { type: integer, minimum: 1 } } }\n  B: { properties: { a: { type: integer, maximum: 5 } } }\n  T: [ A, B ]\n',
    accepts: [{ a: 3 }],
    refuses: [{ a: 0 }, { a: 6 }],
  },
  'multiple, of scalars': {
    types: '  A: { type: string, minLength: 2 }\n  B: { type: string, maxLength: 3 }\n  T: [ A, B ]\n',
    accepts: ['ab'],
    refuses: ['a', 'abcd'],
  },
  'multiple, written out in the type': {
    types: '  A: { properties: { a: string } }\n  B: { properties: { b: string } }\n  T: { type: [ A, B ] }\n',
    accepts: [{ a: 'x', b: 'y' }],
    refuses: [{ a: 'x' }],
  },
  'of a type in place': {
    types: '  T: { type: { type: string, minLength: 2 }, maxLength: 3 }\n',
    accepts: ['ab'],
    refuses: ['a', 'abcd'],
  },
  'recursion through a property and a list': {
    types: '  T: { properties: { name: string, parent?: T, children?: "T[]" } }\n',
    accepts: [{ name: 'a', children: [{ name: 'b', parent: { name: 'c' } }] }],
    refuses: [{ name: 'a', children: [{}] }],
  },
  'enum made smaller': {
    types: '  P: { enum: [ a, b, c ] }\n  T: { type: P, enum: [ a, b ] }\n',
    accepts: ['a'],
    refuses: ['c'],
  },
  'number made an integer': {
    types: '  P: { properties: { a: number } }\n  T: { type: P, properties: { a: integer } }\n',
    accepts: [{ a: 1 }],
    refuses: [{ a: 1.5 }],
  },
  'types before their parents': {
    types: '  B: { type: T, properties: { b: string } }\n  T: { properties: { a: string } }\n',
    accepts: [{ a: 'x' }],
    refuses: [{}],
  },
  'default media type and "schemas", its old name': {
    types: '  T: { type: object, properties: { a: string } }\n',
    above: 'mediaType: application/json\n',
    accepts: [{ a: 'x' }],
    refuses: [{}],
  },
});

const draft = (version: string, body: string) => `{ "$schema": "http://json-schema.org/${version}/schema#", ${body} }`;

testTypes('types in JSON Schema and XML Schema', {
  'draft 3': {
    types: '  T: !include t.json\n',
    beside: {
      't.json': draft(
        'draft-03',
        '"type": "object", "properties": { "a": { "type": "string", "required": true }, "n": { "type": "integer", "divisibleBy": 2 } }',
      ),
    },
    accepts: [{ a: 'x', n: 4 }],
    refuses: [{}, { a: 'x', n: 3 }],
  },
  'draft 4': {
    types: '  T: !include t.json\n',
    beside: {
      't.json': draft(
        'draft-04',
        '"type": "object", "required": ["n"], "properties": { "n": { "type": "number", "minimum": 1, "exclusiveMinimum": true } }',
      ),
    },
    accepts: [{ n: 1.1 }],
    refuses: [{}, { n: 1 }],
  },
  'draft 6': {
    types: '  T: !include t.json\n',
    beside: {
      't.json': draft(
        'draft-06',
        '"type": "object", "required": ["n"], "properties": { "n": { "exclusiveMinimum": 1 }, "c": { "const": "x" } }',
      ),
    },
    accepts: [{ n: 2, c: 'x' }],
    refuses: [{}, { n: 1 }, { n: 2, c: 'y' }],
  },
  'draft 7': {
    types: '  T: !include t.json\n',
    beside: {
      't.json': draft('draft-07', '"type": "object", "if": { "required": ["a"] }, "then": { "required": ["b"] }'),
    },
    accepts: [{}, { a: 1, b: 1 }],
    refuses: [{ a: 1 }],
  },
  '$refs within the file, to others and to parts of them': {
    types: '  T: !include s/t.json\n',
    beside: {
      's/t.json': draft(
        'draft-07',
        '"type": "object", "properties": { "a": { "$ref": "#/definitions/a" }, "b": { "$ref": "b.json" }, "c": { "$ref": "../c.json#/definitions/c" } }, "definitions": { "a": { "type": "integer" } }',
      ),
      's/b.json': draft('draft-04', '"type": "string", "maxLength": 2'),
      'c.json': '{ "definitions": { "c": { "enum": [1, 2] } } }',
    },
    accepts: [{ a: 1, b: 'xy', c: 2 }],
    refuses: [{ a: 'x' }, { b: 'xyz' }, { c: 3 }],
  },
  'a part of a file': {
    types: '  T: !include all.json#/definitions/t\n',
    beside: {
      'all.json': draft(
        'draft-07',
        '"definitions": { "t": { "type": "object", "properties": { "u": { "$ref": "#/definitions/u" } } }, "u": { "type": "integer" } }',
      ),
    },
    accepts: [{ u: 1 }],
    refuses: [{ u: 'x' }],
  },
  'a schema that refers to itself': {
    types: '  T: !include t.json\n',
    beside: {
      't.json': draft(
        'draft-04',
        '"type": "object", "properties": { "next": { "$ref": "#" }, "v": { "type": "integer" } }',
      ),
    },
    accepts: [{ next: { next: { v: 1 } } }],
    refuses: [{ next: { v: 'x' } }],
  },
  'in a block': {
    types: '  T: |\n    {\n      "type": "object",\n      "required": ["a"]\n    }\n',
    accepts: [{ a: 1 }],
    refuses: [{}],
  },
  'in a DataType': {
    types: '  T: !include f/t.raml\n',
    beside: {
      'f/t.raml': `#%RAML 1.0 DataType\ntype: |\n  { "type": "object", "properties": { "n": { "$ref": "n.json" } } }\n`,
      'f/n.json': '{ "type": "integer" }',
    },
    accepts: [{ n: 1 }],
    refuses: [{ n: 'x' }],
  },
  'under "type", with a description': {
    types: '  T:\n    description: D\n    type: !include t.json\n',
    beside: { 't.json': '{ "type": "integer" }' },
    accepts: [1],
    refuses: ['x'],
    schema: { type: 'integer', description: 'D' },
  },
  'under "schema", the old name of "type"': {
    types: '  T:\n    schema: !include t.json\n',
    beside: { 't.json': '{ "type": "integer" }' },
    accepts: [1],
    refuses: ['x'],
  },
  'a property of a RAML type': {
    types: '  J: !include t.json\n  T: { properties: { j: J, k?: "J[]" } }\n',
    beside: { 't.json': '{ "type": "integer" }' },
    found: [
      'warning raml-questionable api.raml:5:3 It is not allowed to use external types as array component types in types and type properties declarations.',
      'warning raml-questionable api.raml:5:22 It is not allowed to use external types in property definitions.',
    ],
    accepts: [{ j: 1, k: [1] }],
    refuses: [{ j: 'x' }, { j: 1, k: ['x'] }],
  },
  'an XML Schema': {
    types: '  T: !include t.xsd\n',
    beside: {
      't.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:string"/></xs:schema>',
    },
    accepts: ['<a>x</a>'],
    refuses: [1],
  },
});

testFeatures('1.0', 'types where they stand', {
  '"schemas" is the old name of "types"': {
    raml: 'schemas: { T: { properties: { a: string } } }\n',
    read: ({ $defs }) => $defs,
    gives: { T: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } },
  },
  'a name that is no identifier': {
    raml: 'types: { a-b.c_d: integer, Ärzte: object, 42: boolean, Haus: { properties: { ärzte: "Ärzte[]", arzt: Ärzte | nil } } }\n',
    read: ({ $defs }) => Object.keys($defs).toSorted(),
    gives: ['42', 'Haus', 'a-b.c_d', 'Ärzte'],
  },
  'a type from a file of YAML without a first line': {
    raml: 'types: { T: !include t.yaml }\n',
    beside: { 't.yaml': 'properties: { a: string }\n' },
    read: ({ $defs }) => $defs.T,
    gives: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  },
  'a type from a DataType': {
    raml: 'types: { T: !include t.raml }\n',
    beside: { 't.raml': '#%RAML 1.0 DataType\nproperties: { a: string }\nexample: { a: x }\n' },
    read: ({ $defs }) => $defs.T,
    gives: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], examples: [{ a: 'x' }] },
  },
  'a DataType that includes another, and uses a library': {
    raml: 'types: { T: !include t/t.raml }\n',
    beside: {
      't/t.raml': '#%RAML 1.0 DataType\nuses: { l: l.raml }\nproperties: { a: l.N, b: !include b.raml }\n',
      't/l.raml': '#%RAML 1.0 Library\ntypes: { N: integer }\n',
      't/b.raml': '#%RAML 1.0 DataType\ntype: string\nmaxLength: 3\n',
    },
    read: ({ $defs }) => $defs.T,
    gives: {
      type: 'object',
      properties: { a: { $ref: '#/$defs/l.N' }, b: { type: 'string', maxLength: 3 } },
      required: ['a', 'b'],
    },
  },
  'all types from one file': {
    raml: 'types: !include types.yaml\n',
    beside: { 'types.yaml': 'A: integer\nB: { properties: { a: A } }\n' },
    read: ({ $defs }) => $defs,
    gives: { A: { type: 'integer' }, B: { type: 'object', properties: { a: { $ref: '#/$defs/A' } }, required: ['a'] } },
  },
  'an example of a type from a file': {
    raml: 'types: { T: { properties: { a: string }, example: !include e.json } }\n',
    beside: { 'e.json': '{ "a": "x" }' },
    read: ({ $defs }) => $defs.T,
    gives: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], examples: [{ a: 'x' }] },
  },
});
