import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBasePath, parseBytes, parseOrigin, parsePort, parseWhole } from '../../src/commands/arguments.ts';

const refused = Symbol('refused');

const fromOneToTen = (text: string): number => parseWhole(1, 10)(text);

const cases: readonly (readonly [parse: (text: string) => unknown, text: string, want: unknown])[] = [
  [parsePort, '0', 0],
  [parsePort, '65535', 65535],
  [parsePort, '65536', refused],
  [parsePort, '-1', refused],
  [parsePort, '', refused],
  [parsePort, '0x50', refused],
  [fromOneToTen, '1', 1],
  [fromOneToTen, '10', 10],
  [fromOneToTen, '0', refused],
  [fromOneToTen, '11', refused],
  [fromOneToTen, '2.5', refused],
  [fromOneToTen, 'two', refused],
  [parseBytes, '1000', 1000],
  [parseBytes, '512kb', 524_288],
  [parseBytes, '1.5MB', 1_572_864],
  [parseBytes, '0', refused],
  [parseBytes, '1 pint', refused],
  [parseBytes, '', refused],
  [parseBasePath, '/', ''],
  [parseBasePath, '', ''],
  [parseBasePath, '/api/v1', '/api/v1'],
  [parseBasePath, 'api/', '/api'],
  [parseBasePath, '../x', refused],
  [parseBasePath, '/a//b', refused],
  [parseBasePath, '/a?b', refused],
  [parseBasePath, '/{version}', refused],
  [parseOrigin, 'https://shop.example', ['https://shop.example']],
  [parseOrigin, 'http://localhost:5173/', ['http://localhost:5173']],
  [parseOrigin, 'shop.example', refused],
  [parseOrigin, 'https://shop.example/path', refused],
  [parseOrigin, '*', refused],
];

for (const [parse, text, want] of cases) {
  test(`${parse.name} "${text}"`, () => {
    if (want === refused) assert.throws(() => parse(text), { code: 'commander.invalidArgument' });
    else assert.deepEqual(parse(text), want);
  });
}

test('several origins', () => {
  assert.deepEqual(parseOrigin('https://b.example', parseOrigin('https://a.example')), [
    'https://a.example',
    'https://b.example',
  ]);
});
