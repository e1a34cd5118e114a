/**
 * Names: words, singular and plural, and the spellings that resources, types and files need. The only place for it.
 *
 * English as API authors write it: `-ies`, `-ves`, the irregular and uncountable nouns that occur in descriptions.
 * A word that no rule knows keeps its form, so that a wrong guess never invents a word.
 */

const irregular: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
  ['goose', 'geese'],
  ['mouse', 'mice'],
  ['ox', 'oxen'],
  ['leaf', 'leaves'],
  ['life', 'lives'],
  ['knife', 'knives'],
  ['wife', 'wives'],
  ['shelf', 'shelves'],
  ['self', 'selves'],
  ['half', 'halves'],
  ['thief', 'thieves'],
  ['wolf', 'wolves'],
  ['loaf', 'loaves'],
  ['hero', 'heroes'],
  ['potato', 'potatoes'],
  ['tomato', 'tomatoes'],
  ['echo', 'echoes'],
  ['veto', 'vetoes'],
  ['index', 'indices'],
  ['matrix', 'matrices'],
  ['vertex', 'vertices'],
  ['appendix', 'appendices'],
  ['criterion', 'criteria'],
  ['phenomenon', 'phenomena'],
  ['datum', 'data'],
  ['medium', 'media'],
  ['curriculum', 'curricula'],
  ['alumnus', 'alumni'],
  ['cactus', 'cacti'],
  ['nucleus', 'nuclei'],
  ['schema', 'schemas'],
  ['quiz', 'quizzes'],
  ['menu', 'menus'],
  ['guru', 'gurus'],
  ['niche', 'niches'],
  ['cookie', 'cookies'],
  ['movie', 'movies'],
  ['zombie', 'zombies'],
  ['calorie', 'calories'],
  ['selfie', 'selfies'],
  ['tie', 'ties'],
  ['pie', 'pies'],
  ['lie', 'lies'],
  ['cache', 'caches'],
  ['axe', 'axes'],
  ['shoe', 'shoes'],
  ['house', 'houses'],
  ['horse', 'horses'],
  ['course', 'courses'],
  ['purse', 'purses'],
  ['nurse', 'nurses'],
  ['case', 'cases'],
  ['use', 'uses'],
]);

const irregularPlurals: ReadonlyMap<string, string> = new Map([
  ...[...irregular].map(([singular, plural]): [string, string] => [plural, singular]),
  ['indexes', 'index'],
  ['aliases', 'alias'],
  ['lenses', 'lens'],
  ['canvases', 'canvas'],
  ['gases', 'gas'],
  ['atlases', 'atlas'],
  ['biases', 'bias'],
]);

const uncountable: ReadonlySet<string> = new Set(
  (
    'advice aircraft analytics audio baggage bandwidth chassis clothing corps data equipment evidence feedback fish ' +
    'furniture gold hardware headquarters homework info information inventory jewelry jewellery knowledge luggage ' +
    'media metadata money moose music news offspring police rain research rice salmon series sheep shrimp software ' +
    'species staff stock swine traffic transportation trout weather wildlife'
  ).split(' '),
);

/** Singulars that end in `s`, which a rule would cut. */
const singularInS = /(?:ss|us|is|ics|lens|alias|atlas|canvas|gas|bias|https|always)$/;

/**
 * The words of a name, lower case: at `-`, `_`, spaces, other punctuation and camel humps.
 *
 * @example words('alienUsers_v2') // ['alien', 'users', 'v2']
 */
export function words(name: string): readonly string[] {
  return plainLetters(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** The spelling in which `authorId`, `author_id` and `Author-ID` are one name: `authorid`. */
export function folded(name: string): string {
  return plainLetters(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** @example kebab('alienUsers') // 'alien-users'; letters and digits beyond ASCII are dropped, `''` may remain. */
export function kebab(name: string): string {
  if (isKebab.test(name)) return name;
  return words(name)
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .join('-');
}

/** @example camel('author-id') // 'authorId' */
export function camel(name: string): string {
  const [first = '', ...rest] = kebab(name).split('-');
  return first + rest.map(capital).join('');
}

/** @example pascal('alien-users') // 'AlienUsers' */
export function pascal(name: string): string {
  return kebab(name).split('-').map(capital).join('');
}

/** The plural of a name's last word; the rest and the spelling of the name become kebab case. */
export function plural(name: string): string {
  return changeLast(kebab(name), pluralWord);
}

/** The singular of a name's last word, in kebab case. */
export function singular(name: string): string {
  return changeLast(kebab(name), singularWord);
}

/** The name reads as several things: `books`, `people`. An uncountable noun (`staff`, `news`) reads as both. */
export function isPlural(name: string): boolean {
  const last = lastWord(name);
  return uncountable.has(last) || singularWord(last) !== last;
}

/** The name reads as one thing: `profile`, `status`. */
export function isSingular(name: string): boolean {
  const last = lastWord(name);
  return uncountable.has(last) || singularWord(last) === last;
}

/** Both names mean one thing, in singular or plural, in any spelling: `Story`, `stories`. */
export function sameNoun(left: string, right: string): boolean {
  return left === right || singular(left) === singular(right);
}

function pluralWord(word: string): string {
  if (uncountable.has(word) || word === '') return word;
  if (irregularPlurals.has(word)) return word;
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (singularWord(word) !== word) return word;
  if (/\d$/.test(word)) return word;
  if (/[^aeiou]y$/.test(word) || /quy$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/sis$/.test(word)) return `${word.slice(0, -2)}es`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}

function singularWord(word: string): string {
  if (uncountable.has(word) || irregular.has(word)) return word;
  const known = irregularPlurals.get(word);
  if (known !== undefined) return known;
  if (word.length < 3 || !word.endsWith('s') || singularInS.test(word)) return word;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (
    /(?:analy|ba|cri|the|hypothe|synop|diagno|parenthe|empha|synthe|oa)ses$/.test(word) &&
    !/(?:base|phase)s$/.test(word)
  ) {
    return `${word.slice(0, -2)}is`;
  }
  if (/(?:ss|x|zz|ch|sh|[^aeo]us)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Without accents: `entrées` is `entrees`. */
function plainLetters(name: string): string {
  return isAscii.test(name) ? name : name.normalize('NFKD').replace(/\p{M}/gu, '');
}

const isKebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const isAscii = /^[\x20-\x7e]*$/;

function changeLast(name: string, change: (word: string) => string): string {
  const last = name.lastIndexOf('-') + 1;
  return name.slice(0, last) + change(name.slice(last));
}

function lastWord(name: string): string {
  return words(name).at(-1) ?? '';
}

function capital(word: string): string {
  return word === '' ? '' : word.charAt(0).toUpperCase() + word.slice(1);
}
