import type { Random } from './random.ts';
import { dateText, dateTimeText, emailAddress, plainWord, timeText } from './words.ts';

/**
 * A text of a `format`, or `undefined` for formats that we do not know, which a validator does not check either.
 * The short form is for a `maxLength` that the usual one exceeds.
 */
export function formattedText(format: string, random: Random, short: boolean): string | undefined {
  return formats.get(format)?.(random, short);
}

type Write = (random: Random, short: boolean) => string;

const uri: Write = (random, short) => (short ? 'a:b' : `https://example.com/${plainWord(random)}`);
const email: Write = (random, short) => (short ? 'a@b.co' : emailAddress(random));
const date: Write = (random) => dateText(random);
const dateTime: Write = (random) => dateTimeText(random);
const bytes: Write = (random, short) => (short ? 'YQ==' : Buffer.from(plainWord(random)).toString('base64'));
const hostname: Write = (random, short) => (short ? 'a.b' : `${plainWord(random)}.example.com`);

const formats: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['date', date],
  ['date-only', date],
  ['date-time', dateTime],
  ['datetime', dateTime],
  ['iso-date-time', dateTime],
  ['datetime-only', (random) => `${dateText(random)}T${timeText(random)}`],
  ['date-time-only', (random) => `${dateText(random)}T${timeText(random)}`],
  ['time', (random) => `${timeText(random)}Z`],
  ['iso-time', (random) => `${timeText(random)}Z`],
  ['time-only', (random) => timeText(random)],
  ['partial-time', (random) => timeText(random)],
  ['rfc2616', (random) => new Date(dateTimeText(random)).toUTCString()],
  ['http-date', (random) => new Date(dateTimeText(random)).toUTCString()],
  ['duration', (random) => `P${random.between(1, 27)}D`],
  ['email', email],
  ['idn-email', email],
  ['hostname', hostname],
  ['idn-hostname', hostname],
  ['host-name', hostname],
  ['uri', uri],
  ['url', uri],
  ['iri', uri],
  ['uri-reference', (random) => `/${plainWord(random)}`],
  ['iri-reference', (random) => `/${plainWord(random)}`],
  ['uri-template', (random) => `/${plainWord(random)}/{id}`],
  ['uuid', (random) => uuid(random)],
  // 192.0.2.0/24 and 2001:db8::/32 are reserved for documentation (RFC 5737, RFC 3849).
  ['ipv4', (random) => `192.0.2.${random.between(1, 254)}`],
  ['ip-address', (random) => `192.0.2.${random.between(1, 254)}`],
  ['ipv6', (random) => `2001:db8::${random.between(1, 9999)}`],
  ['json-pointer', (random) => `/${plainWord(random)}`],
  ['relative-json-pointer', () => '0'],
  ['regex', (random) => `^${plainWord(random)}$`],
  ['byte', bytes],
  ['base64', bytes],
  ['base64url', (random) => Buffer.from(plainWord(random)).toString('base64url')],
  ['int32', (random) => String(random.between(1, 1000))],
  ['int64', (random) => String(random.between(1, 1000))],
  ['decimal', (random) => `${random.between(1, 99)}.${random.between(10, 99)}`],
  ['phone', (random) => `+120255501${random.between(10, 99)}`],
]);

/** Version 4 in form (RFC 9562), but from the seed. */
function uuid(random: Random): string {
  const hex = (count: number): string => Array.from({ length: count }, () => random.below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
}
