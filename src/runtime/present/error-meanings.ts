import type { SchemaObject } from '../../model/description.ts';
import type { Shape } from '../../model/schema.ts';
import type { ErrorFacts } from './declared-error.ts';

export interface ErrorProperty {
  /** As declared; empty for a document that is a bare string or number. */
  readonly name: string;
  readonly shape: Shape;
  /** Names of all properties beside it. */
  readonly siblings: readonly string[];
  readonly facts: ErrorFacts;
}

/**
 * What a scalar property of an error document should say, from its name and type; `undefined` when that is not clear.
 *
 * @example errorMeaning({ name: 'error_code', shape: shapeOf({ type: 'string' }, {}), siblings: [], facts }) // 'not-found'
 */
export function errorMeaning(property: ErrorProperty): string | number | boolean | undefined {
  const { shape, facts } = property;
  const name = letters(property.name);
  switch (shape.type) {
    case 'boolean':
      return truths.get(name);
    case 'integer':
    case 'number':
      return numberMeaning(name, facts);
    case 'string':
    case undefined:
      return firstAllowed(shape, stringMeanings(name, property));
    default:
      return undefined;
  }
}

/** The message with the advice behind it, for people who see nothing else. */
export function adviceAfter({ detail, advice }: Pick<ErrorFacts, 'detail' | 'advice'>): string {
  return advice === undefined || detail.includes(advice) ? detail : `${detail} ${advice}`;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['success', false],
  ['successful', false],
  ['ok', false],
  ['error', true],
  ['iserror', true],
  ['haserror', true],
  ['failed', true],
  ['failure', true],
]);

function numberMeaning(name: string, { status, violations, now }: ErrorFacts): number | undefined {
  if (/^(http|error|response)?(status)?code$|^(http)?status$|^error$/.test(name)) return status;
  if (/^(error|total)?count$|^total(errors)?$/.test(name)) return Math.max(1, violations.length);
  if (/^time(stamp)?$/.test(name)) return now.getTime();
  return undefined;
}

/** Best first; an enumeration may allow only a later one. */
function stringMeanings(name: string, { shape, siblings, facts }: ErrorProperty): readonly (string | undefined)[] {
  const { code, title, status, violation } = facts;
  const detail = messageFor(shape, facts);
  if (name === '') return [detail];
  if (violation && locationNames.test(name)) return [violation.pointer ?? violation.parameter];
  if (violation && name === 'in') return [violation.in];
  if (name === 'error') return errorWord(siblings, { ...facts, detail });
  if (name === 'type' && /^(uri|iri)/.test(String(shape.schema.format))) return [absolute(facts.type, facts.url)];
  if (messageNames.test(name)) return [detail];
  // Where nothing beside it could say what happened, a title has to.
  if (titleNames.test(name)) return [hasMessage(siblings) ? title : detail];
  if (codeNames.test(name)) return [code, title, String(status)];
  if (/^(http)?status(code)?$|^httpcode$/.test(name)) return [String(status), title, code, 'error', 'fail'];
  if (/^(hint|help|action|solution|resolution|suggestion|advice|remedy)$/.test(name)) return [facts.hint];
  if (/^(request|trace|correlation|error|log|incident)?(id|ref|reference|uuid)$/.test(name)) return [facts.requestId];
  if (name === 'instance') return [facts.instance];
  if (/^(request)?(path|url|uri)$/.test(name)) return [facts.url];
  if (/^(time(stamp)?|date(time)?|occurredat|createdat)$/.test(name)) return [timeText(shape, facts.now)];
  return [];
}

/** With the advice where it has no other place, unless it would be cut off. */
function messageFor({ schema }: Shape, facts: ErrorFacts): string {
  if (!facts.advises || facts.violation) return facts.detail;
  const message = adviceAfter(facts);
  return typeof schema.maxLength === 'number' && message.length > schema.maxLength ? facts.detail : message;
}

const locationNames =
  /^(pointer|jsonpointer|field|fieldname|path|property|propertypath|location|source|param|parameter|name|key|target|attribute|domain)$/;
const messageNames =
  /^(error|user|developer|internal|long|full)?(messages?|msg|description|details?)$|^(text|reason|faultstring|explanation|cause|issue|problem)$/;
const titleNames = /^(title|summary|name|label|shortmessage|statustext|errorname|error?title|heading)$/;
const codeNames = /^(error|app|application|internal|fault|problem)?(code|key|type|kind|slug)$|^(category|class)$/;

/** `error` is the code beside a description (OAuth), the title beside a message, else all there is. */
function errorWord(siblings: readonly string[], { code, title, detail }: ErrorFacts): readonly string[] {
  if (siblings.some((sibling) => letters(sibling) === 'errordescription')) return [code];
  return hasMessage(siblings) ? [title, code] : [detail, title, code];
}

function hasMessage(siblings: readonly string[]): boolean {
  return siblings.some((sibling) => messageNames.test(letters(sibling)));
}

/** `error_description`, `errorDescription` and `Error-Description` are one name. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The first candidate that may be sent; `NOT_FOUND` and `NotFound` are spellings of `not-found`. */
function firstAllowed({ schema }: Shape, candidates: readonly (string | undefined)[]): string | undefined {
  const allowed = allowedValues(schema);
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    if (!allowed) return shorten(candidate, schema.maxLength);
    const same = allowed.find((value) => letters(String(value)) === letters(candidate));
    if (typeof same === 'string') return same;
  }
  return undefined;
}

function allowedValues(schema: SchemaObject): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

function shorten(text: string, maxLength: unknown): string {
  const characters = [...text];
  return typeof maxLength === 'number' && characters.length > maxLength
    ? characters.slice(0, maxLength).join('')
    : text;
}

function timeText({ schema }: Shape, now: Date): string {
  const text = now.toISOString();
  return schema.format === 'date' ? text.slice(0, 10) : text;
}

function absolute(reference: string, url: string | undefined): string {
  return url !== undefined && URL.canParse(reference, url) ? new URL(reference, url).href : reference;
}
