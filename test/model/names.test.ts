import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  camel,
  folded,
  isPlural,
  isSingular,
  kebab,
  pascal,
  plural,
  sameNoun,
  singular,
} from '../../src/model/names.ts';

const nouns: readonly (readonly [string, string])[] = [
  ['book', 'books'],
  ['story', 'stories'],
  ['day', 'days'],
  ['box', 'boxes'],
  ['class', 'classes'],
  ['address', 'addresses'],
  ['status', 'statuses'],
  ['bus', 'buses'],
  ['alias', 'aliases'],
  ['branch', 'branches'],
  ['dish', 'dishes'],
  ['person', 'people'],
  ['child', 'children'],
  ['hero', 'heroes'],
  ['photo', 'photos'],
  ['quiz', 'quizzes'],
  ['index', 'indices'],
  ['matrix', 'matrices'],
  ['analysis', 'analyses'],
  ['database', 'databases'],
  ['release', 'releases'],
  ['license', 'licenses'],
  ['response', 'responses'],
  ['purchase', 'purchases'],
  ['course', 'courses'],
  ['house', 'houses'],
  ['cache', 'caches'],
  ['image', 'images'],
  ['movie', 'movies'],
  ['cookie', 'cookies'],
  ['category', 'categories'],
  ['key', 'keys'],
  ['leaf', 'leaves'],
  ['archive', 'archives'],
  ['size', 'sizes'],
  ['prize', 'prizes'],
  ['user', 'users'],
  ['canvas', 'canvases'],
  ['process', 'processes'],
  ['type', 'types'],
  ['employee', 'employees'],
  ['tax', 'taxes'],
  ['virus', 'viruses'],
  ['menu', 'menus'],
  ['pizza', 'pizzas'],
  ['idea', 'ideas'],
  ['schema', 'schemas'],
  ['search', 'searches'],
  ['gas', 'gases'],
  ['alien-user', 'alien-users'],
];

for (const [one, many] of nouns) {
  test(`${one} / ${many}`, () => {
    assert.equal(plural(one), many);
    assert.equal(singular(many), one);
    assert.equal(plural(many), many, 'a plural stays');
    assert.equal(singular(one), one, 'a singular stays');
    assert.ok(isPlural(many) && !isPlural(one) && isSingular(one) && !isSingular(many));
    assert.ok(sameNoun(pascal(one), many));
  });
}

for (const word of ['news', 'series', 'staff', 'equipment', 'metadata', 'data', 'feedback', 'species']) {
  test(`${word} is its own plural`, () => assert.deepEqual([plural(word), singular(word)], [word, word]));
}

for (const [name, expected] of [
  ['alienUsers', ['alien-users', 'alienUsers', 'AlienUsers', 'alienusers']],
  ['author_id', ['author-id', 'authorId', 'AuthorId', 'authorid']],
  ['HTTPServer2', ['http-server2', 'httpServer2', 'HttpServer2', 'httpserver2']],
  ['Entrées', ['entrees', 'entrees', 'Entrees', 'entrees']],
  ['../x"y', ['x-y', 'xY', 'XY', 'xy']],
  ['__proto__', ['proto', 'proto', 'Proto', 'proto']],
  ['', ['', '', '', '']],
] as const) {
  test(`spellings of ${JSON.stringify(name)}`, () => {
    assert.deepEqual([kebab(name), camel(name), pascal(name), folded(name)], expected);
  });
}
