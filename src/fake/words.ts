import type { Random } from './random.ts';

type Words = readonly [string, ...(readonly string[])];
type Write = (random: Random) => string;

const firstNames: Words = [
  'Amara',
  'Bilal',
  'Chiara',
  'Daniel',
  'Elif',
  'Farid',
  'Grace',
  'Hana',
  'Ivan',
  'Juana',
  'Kofi',
  'Linh',
];
const lastNames: Words = [
  'Abara',
  'Becker',
  'Castro',
  'Dubois',
  'Eriksen',
  'Fonseca',
  'Gupta',
  'Haddad',
  'Ito',
  'Jensen',
  'Kimani',
  'Lopez',
];
const cities: Words = [
  'Accra',
  'Bergen',
  'Cusco',
  'Dakar',
  'Essen',
  'Florence',
  'Geneva',
  'Hanoi',
  'Izmir',
  'Jaipur',
  'Kyoto',
  'Lima',
];
const countries: Words = [
  'Brazil',
  'Egypt',
  'Finland',
  'Ghana',
  'India',
  'Japan',
  'Kenya',
  'Mexico',
  'Norway',
  'Portugal',
  'Spain',
  'Türkiye',
];
const streets: Words = ['Harbour Street', 'Mill Lane', 'Garden Road', 'Station Square', 'River Walk', 'Hill Avenue'];
const companies: Words = [
  'Alder & Sons',
  'Bluewater',
  'Cedar Works',
  'Dovetail',
  'Elm Street Press',
  'Fairfield',
  'Granite Labs',
  'Hearth & Co',
];
const things: Words = [
  'amber',
  'basalt',
  'copper',
  'delta',
  'ember',
  'fjord',
  'garnet',
  'harbour',
  'indigo',
  'juniper',
  'kelp',
  'lantern',
];
const titles: Words = [
  'A Quiet Harbour',
  'The Copper Lantern',
  'Letters from Bergen',
  'Seven Small Rivers',
  'The Long Orchard',
  'Maps of Rain',
];
const sentences: Words = [
  'Arrived two days early and in good condition.',
  'A short walk from the old harbour.',
  'Please read the notes before you begin.',
  'Made by hand in a small workshop.',
  'The figures include the last quarter.',
  'Bring a map; the path is not marked.',
];
const colours: Words = ['blue', 'green', 'grey', 'ochre', 'red', 'violet'];
const statuses: Words = ['active', 'pending', 'closed'];
const jobs: Words = ['Baker', 'Carpenter', 'Editor', 'Engineer', 'Gardener', 'Nurse'];

const fullName: Write = (random) => `${random.pick(firstNames)} ${random.pick(lastNames)}`;
const from =
  (words: Words): Write =>
  (random) =>
    random.pick(words);

/** The first expression that the lower-case letters of a property's name match decides. */
const writers: readonly (readonly [RegExp, Write])[] = [
  [/^(first|given|fore)name$/, from(firstNames)],
  [/^(last|family|sur)name$/, from(lastNames)],
  [
    /(user|login|account|screen|nick)(name)?$|^login$/,
    (random) => `${random.pick(firstNames).toLowerCase()}${random.below(90) + 10}`,
  ],
  [/e?mail(address)?$/, (random) => emailAddress(random)],
  [
    /(full|display|customer|author|owner|contact|person)name$|^(author|owner|customer|person|creator|artist|editor)$/,
    fullName,
  ],
  [/(city|town)$/, from(cities)],
  [/countrycode$/, from(['BR', 'EG', 'FI', 'GH', 'IN', 'JP', 'KE', 'MX'])],
  [/country$/, from(countries)],
  [/(street|address)(line)?\d?$/, (random) => `${random.between(1, 99)} ${random.pick(streets)}`],
  [/(zip|postal?)(code)?$|postcode$/, (random) => String(random.between(10000, 99999))],
  [/(phone|mobile|fax|telephone)(number)?$/, (random) => `+1 202 555 01${random.between(10, 99)}`],
  [/(company|organi[sz]ation|publisher|employer|vendor|brand)(name)?$/, from(companies)],
  [/(url|uri|href|link|website|homepage)$/, (random) => `https://example.com/${random.pick(things)}`],
  [/(avatar|image|photo|picture|icon|thumbnail)$/, (random) => `https://example.com/${random.pick(things)}.png`],
  [/^(title|headline|subject|heading)$|title$/, from(titles)],
  [/(description|summary|comment|text|body|content|message|note|notes|bio|about|abstract|review)$/, from(sentences)],
  [/currency(code)?$/, from(['EUR', 'KES', 'USD'])],
  [/(language|locale|lang)$/, from(['en', 'fr', 'sw'])],
  [/(timezone|tz)$/, from(['Africa/Nairobi', 'Europe/Paris', 'UTC'])],
  [/colou?r$/, from(colours)],
  [/(status|state)$/, from(statuses)],
  [/(price|amount|total|cost)$/, (random) => `${random.between(1, 99)}.${random.between(10, 99)}`],
  [/(date|day|birthday)$/, (random) => dateText(random)],
  [/(createdat|updatedat|timestamp|time|datetime|modified)$/, (random) => dateTimeText(random)],
  [/^isbn/, (random) => `978014${random.between(1000000, 9999999)}`],
  [/(jobtitle|occupation|profession|role)$/, from(jobs)],
  [/version$/, (random) => `${random.between(1, 4)}.${random.below(10)}.${random.below(10)}`],
  [/(file|filename|path)$/, (random) => `${random.pick(things)}.txt`],
  [
    /(id|uuid|guid|key|code|token|hash|sku|reference|ref|number)$/,
    (random) => `${random.pick(things)}-${random.between(100, 999)}`,
  ],
  [/name$/, (random) => capitalised(random.pick(things))],
];

/** A plausible text for a property of this name; a plain word when the name says nothing. */
export function plausibleText(name: string, random: Random): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const [, write] = writers.find(([expression]) => expression.test(letters)) ?? [];
  return write ? write(random) : random.pick(things);
}

export function plainWord(random: Random): string {
  return random.pick(things);
}

/** Under the reserved domain `example.com` (RFC 2606): nobody gets mail. */
export function emailAddress(random: Random): string {
  return `${random.pick(firstNames).toLowerCase()}.${random.pick(lastNames).toLowerCase()}@example.com`;
}

/** `YYYY-MM-DD`, in the years 2015 to 2025. */
export function dateText(random: Random): string {
  return `${random.between(2015, 2025)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
}

/** `hh:mm:ss` */
export function timeText(random: Random): string {
  return `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`;
}

/** RFC 3339, UTC. */
export function dateTimeText(random: Random): string {
  return `${dateText(random)}T${timeText(random)}Z`;
}

/** A range that a number of this name usually lies in, and how many decimals it has. */
export function plausibleRange(name: string): {
  readonly from: number;
  readonly to: number;
  readonly decimals: number;
} {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  for (const [expression, from, to, decimals] of ranges) if (expression.test(letters)) return { from, to, decimals };
  return { from: 1, to: 1000, decimals: 2 };
}

const ranges: readonly (readonly [RegExp, number, number, number])[] = [
  [/^(lat|latitude)$/, -60, 60, 4],
  [/^(lng|lon|long|longitude)$/, -180, 180, 4],
  [/age$/, 18, 80, 0],
  [/year$/, 1990, 2025, 0],
  [/month$/, 1, 12, 0],
  [/(day|hour)$/, 1, 23, 0],
  [/(minute|second)s?$/, 0, 59, 0],
  [/(price|amount|cost|total|fee|balance|salary)$/, 5, 100, 2],
  [/(rating|stars|score)$/, 1, 5, 1],
  [/(percent|percentage|discount)$/, 1, 100, 0],
  [/(quantity|qty|count|stock)$/, 1, 20, 0],
  [/pages?$/, 1, 600, 0],
  [/(width|height|size|length|depth)$/, 10, 200, 1],
  [/port$/, 1024, 49151, 0],
  [/(timestamp|time|at)$/, 1_420_070_400, 1_750_000_000, 0],
];

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
