/**
 * The parser's findings in the words of the people who read them, by its codes. What is not here is told as the parser
 * does (`raml-invalid`, `raml-questionable`).
 */
import { suggest } from '../../../suggest.ts';
import type { ParserFinding } from '../parsed.ts';
import { builtinWord } from '../types/builtin.ts';
import { KNOWN_KEYS } from './codes.ts';
import type { Excerpts } from './excerpt.ts';
import { facetOfAnother } from './facet-words.ts';
import { type Heard, keyAt, lower, nearestOf, type Wording, type Words, wrongShape } from './heard.ts';
import type { Knowledge } from './knowledge.ts';
import { mediaType, mediaTypeMissing } from './media-type-words.ts';
import { LIBRARY, STRUCTURE_WORDS } from './structure-words.ts';

/** The words for a finding, `undefined` if there are none of our own. */
export function reword(finding: ParserFinding, excerpts: Excerpts, knowledge: Knowledge): Wording | undefined {
  const words = Object.hasOwn(WORDS, finding.code) ? WORDS[finding.code] : undefined;
  const quoted = [...finding.message.matchAll(/'([^'\n]*)'/g)].map(([, text = '']) => text);
  return words?.({ finding, quoted, excerpts, knowledge });
}

const WORDS: Words = {
  ...STRUCTURE_WORDS,

  // ── keys and their values ──
  MISSING_REQUIRED_PROPERTY: missingKey,
  VALUE_FOR_REQUIRED_PROPERTY_NOT_PROVIDED: missingKey,
  UNRECOGNIZED_SECURITY_SCHEME: ({ quoted: [type = '', ...known] }) => ({
    code: 'invalid-value',
    message: `"${type}" is no type of security scheme.`,
    hint: nearestOf(type, known) ?? `one of ${known.map((name) => `"${name}"`).join(', ')}`,
  }),
  INVALID_VALUE: ({ quoted: [value = '', ...known] }) => ({
    code: 'invalid-value',
    message: `"${value}" is none of the values that may stand here.`,
    hint: nearestOf(value, known) ?? `one of ${known.join(', ')}`,
  }),
  TYPES_VARIETY_RESTRICTION: ({ finding, excerpts }) => {
    const type = /type\s*:\s*["']?([\w-]+)/.exec(excerpts.line(finding.at))?.[1] ?? '';
    const word = builtinWord(type);
    return {
      code: 'unknown-type',
      message: `There is no type "${type}" of parameters in RAML 0.8.`,
      hint: word ?? nearestOf(type, PARAMETER_TYPES_08) ?? `one of ${PARAMETER_TYPES_08.join(', ')}`,
    };
  },
  FACET_USAGE_RESTRICTION: facetOfAnother,
  INVALID_PROPERTY_OWNER_TYPE: ({ quoted: [facet = '', ...types] }) => ({
    code: 'unknown-key',
    message: `"${facet}" can only stand where the type is ${types.join(' or ')}.`,
  }),
  MIN_VALUE: ({ quoted: [facet = ''], finding }) => ({
    code: 'invalid-value',
    message: `"${facet}" must be at least ${/(-?\d+)\.?$/.exec(finding.message)?.[1] ?? '0'}.`,
  }),
  FACET_REQUIRE_NUMBER: ({ quoted: [facet = ''] }) => ({
    code: 'invalid-value',
    message: `"${facet}" must be a number.`,
  }),
  FACET_REQUIRE_INTEGER: ({ quoted: [facet = ''] }) => ({
    code: 'invalid-value',
    message: `"${facet}" must be a whole number.`,
  }),
  REQUIRED_BOOLEAN: flag,
  UNIQUE_ITEMS_BOOLEAN: flag,
  STRICT_BOOLEAN: flag,
  PROPERTIES_MAP: ({ quoted: [key = ''] }) => wrongShape(key, 'an object', 'write "name: type" without a dash'),
  FACETS_MAP: ({ quoted: [key = ''] }) => wrongShape(key, 'an object', 'write "name: type" without a dash'),
  EXMAPLES_MAP: ({ quoted: [key = ''] }) => wrongShape(key, 'an object', 'give each example a name'),
  ENUM_ARRAY: ({ quoted: [key = ''] }) => wrongShape(key, 'a list', 'write [a, b]'),
  PROPERTY_MUST_BE_A_MAP_10: ({ quoted: [key = ''] }) =>
    key === 'uses'
      ? wrongShape(key, 'an object', LIBRARY)
      : wrongShape(key, 'an object in RAML 1.0', 'take the dashes out: they are RAML 0.8'),
  PROPERTY_MUST_BE_A_MAP: ({ quoted: [key = ''] }) => wrongShape(key, 'an object', undefined),
  PROPERTY_MUST_BE_A_SEQUENCE: ({ quoted: [key = ''] }) => wrongShape(key, 'a list', 'begin each entry with "- "'),
  MAP_REQUIRED: ({ finding, excerpts }) =>
    wrongShape(keyAt(finding, excerpts), 'an object in RAML 1.0', 'take the dashes out: they are RAML 0.8'),
  SCALAR_PROHIBITED: ({ quoted: [key = ''], finding, excerpts }) =>
    key === 'body' && !excerpts.isRaml08
      ? mediaTypeMissing(finding.at)
      : wrongShape(key, 'an object', 'indent what belongs to it below'),
  IS_IS_ARRAY: () => wrongShape('is', 'a list', 'write is: [name]'),
  SECUREDBY_LIST_08: () => wrongShape('securedBy', 'a list', 'write securedBy: [name]'),
  STATUS_MUST_BE_3NUMBER: ({ finding, excerpts }) => ({
    code: 'invalid-status',
    message: `"${keyAt(finding, excerpts)}" is no status code.`,
    hint: 'three digits, such as 200; RAML has no ranges',
  }),
  INVALID_MEDIATYPE: mediaType,
  MEDIATYPE_EXCEPTION: mediaType,

  MISSING_VERSION: () => ({
    code: 'missing-key',
    message: 'The base URI has a place for {version}, and there is no "version".',
    hint: 'add "version"',
    severity: 'warning',
  }),

  // ── names ──
  UNKNOWN_ANNOTATION: annotation,
  UNKNOWN_ANNOTATION_TYPE: annotation,
  LIBRARY_CHAINIG_IN_ANNOTATION_TYPE: annotation,
  INVALID_SECURITY_SCHEME_SCOPE: ({ quoted: [scope = '', scheme = '', ...known] }) => ({
    code: 'unknown-scope',
    message: `The security scheme "${scheme}" has no scope "${scope}".`,
    hint: nearestOf(scope, known) ?? `one of ${known.join(', ')}`,
  }),
  VALUE_NOT_PROVIDED: missingArgument,
  UNUSED_PARAMETER: unusedArgument,
  UNUSED_PARAMETER_MISSING_SEPARATING_SPACE: unusedArgument,

  // ── what occurs twice ──
  ALREADY_EXISTS: ({ finding, quoted: [name = ''] }) => {
    const kind = lower(/^(.+?) '/.exec(finding.message)?.[1] ?? 'name');
    return kind === 'resource'
      ? { code: 'ambiguous-path', message: `The resource "${name}" is declared twice.`, hint: 'bring the two together' }
      : { code: 'duplicate-key', message: `There are two ${kind}s "${name}" here.`, hint: RENAME };
  },
  ALREADY_EXISTS_IN_CONTEXT: ({ finding: { message } }) => ({
    code: 'duplicate-key',
    message: `The name "${/^'?([^']+)'/.exec(message)?.[1] ?? ''}" is declared twice here.`,
    hint: RENAME,
  }),
  PARENT_PROPERTY_USED: repeatedKey,
  PROPERTY_USED: repeatedKey,
  KEYS_SHOULD_BE_UNIQUE: ({ finding, excerpts }) => ({
    code: 'duplicate-key',
    message: `The key "${keyAt(finding, excerpts)}" stands here twice.`,
    hint: RENAME,
  }),
  RESOURCES_SHARE_SAME_URI: ({ finding, excerpts }) => ({
    code: 'ambiguous-path',
    message: `Two resources have the path that "${keyAt(finding, excerpts)}" leads to.`,
    hint: 'bring the two together, or rename one',
  }),
  UNUSED_URL_PARAMETER: unusedPathParameter,
  PROPERTY_UNUSED: unusedPathParameter,

  // ── types ──
  INVALID_REGEXP: ({ finding: { message } }) => ({
    code: 'invalid-pattern',
    message: `This pattern is no regular expression${reasonOf(message)}.`,
    hint: 'a character that means something in patterns, such as "[", "(" or "*", stands for itself behind a "\\"',
  }),
  RESTRICTIONS_CONFLICT: impossibleRange,
  UNKNOWN_FOR_DISCRIMINATOR: ({ quoted: [name = ''] }) => ({
    code: 'undeclared-property',
    message: `The discriminator "${name}" is no property of the type.`,
    hint: `declare "${name}" under "properties"`,
  }),
  CYCLE_IN_DEFINITION: ({ finding: { message } }) => ({
    code: 'circular-type',
    message: `The ${lower(/^(.*?) definition/.exec(message)?.[1] ?? 'type')} is made of itself${circleOf(message)}.`,
    hint: 'take one of them out of the circle',
  }),
  REQUIRED_OVERRIDE_OPTIONAL: ({ quoted: [name = ''] }) => ({
    code: 'subtype-mismatch',
    message: `The property "${name}" is required in the parent type, and optional here.`,
    hint: 'take the "?" away',
    severity: 'error',
  }),
};

const RENAME = 'remove or rename one of the two';
const PARAMETER_TYPES_08 = ['string', 'number', 'integer', 'file', 'date', 'boolean'];

function missingKey({ finding, quoted: [key = ''], excerpts }: Heard): Wording {
  const owner = finding.at.line <= 2 ? undefined : keyAt(finding, excerpts);
  const misspelt = owner === undefined ? undefined : misspeltBelow(finding, key, excerpts);
  if (misspelt !== undefined) {
    return {
      code: 'unknown-key',
      message: `RAML does not know the key "${misspelt}" here, and "${key}" is missing.`,
      hint: `did you mean "${key}"?`,
      at: excerpts.keyBelow(finding.at, [misspelt]),
    };
  }
  return {
    code: 'missing-key',
    message: owner === undefined ? `"${key}" is missing.` : `"${key}" is missing: "${owner}" needs it.`,
    hint: `add "${key}"`,
  };
}

/** The parser says nothing of a key that is like the one that is missing, where any key may stand. */
function misspeltBelow({ at }: ParserFinding, key: string, excerpts: Excerpts): string | undefined {
  const strangers = excerpts.keysIn(at).filter((name) => !KNOWN_KEYS.includes(name));
  return suggest(key, strangers);
}

function missingArgument({ finding, quoted: [name = ''], excerpts }: Heard): Wording {
  const owner = keyAt(finding, excerpts);
  const near = suggest(name, excerpts.keysIn(finding.at));
  return {
    code: 'missing-argument',
    message: `"${owner}" needs a value for its parameter "${name}".`,
    hint: near === undefined ? `write ${owner}: { ${name}: … }` : `did you mean "${name}" where "${near}" stands?`,
    at: near === undefined ? undefined : excerpts.keyBelow(finding.at, [near]),
  };
}

/** @example reasonOf('Invalid regular expression: /[A/: Unterminated character class') // ': unterminated character class' */
function reasonOf(message: string): string {
  const reason = /: ([^:]+)$/.exec(message)?.[1];
  return reason === undefined ? '' : `: ${lower(reason)}`;
}

function flag({ quoted: [key = ''] }: Heard): Wording {
  return { code: 'invalid-value', message: `"${key}" must be true or false.` };
}

function annotation({ quoted: [name = ''], knowledge: { names } }: Heard): Wording {
  const nearest = nearestOf(name, names.get('annotation') ?? []);
  return {
    code: 'unknown-annotation',
    message: `There is no annotation type "${name}".`,
    hint: nearest ?? 'declare it under "annotationTypes"',
  };
}

function unusedArgument({ quoted: [name = ''] }: Heard): Wording {
  return {
    code: 'unused-argument',
    message: `The parameter "${name}" is used nowhere in what it is given to.`,
    hint: 'check its spelling, or take it away',
  };
}

function repeatedKey({ quoted: [key = ''] }: Heard): Wording {
  return { code: 'duplicate-key', message: `The key "${key}" stands here twice.`, hint: RENAME };
}

function unusedPathParameter({ finding, excerpts }: Heard): Wording {
  const name = keyAt(finding, excerpts);
  const base = /^base/i.test(finding.message);
  const template = base ? excerpts.valueOfKey(finding.at.file, 'baseUri') : excerpts.pathAround(finding.at);
  const names = [...(template ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, parameter = '']) => parameter);
  const near = suggest(name, names) ?? (names.length === 1 ? names[0] : undefined);
  return {
    code: 'path-parameter-mismatch',
    message: base
      ? `The base URI has no place for the parameter "${name}".`
      : `The path has no place for the parameter "${name}".`,
    hint: near
      ? `did you mean "${near}"?`
      : `add {${name}} to the ${base ? 'base URI' : 'path'}, or remove the parameter`,
    severity: 'warning',
  };
}

/** `Restrictions conflict in type 'Book,pages': ['Book.pages.maximum=3' is less than 'Book.pages.minimum=9' …]`. */
function impossibleRange({ finding, quoted, excerpts }: Heard): Wording {
  const limits = quoted.flatMap((text) => {
    const [, path = '', facet = '', value = ''] = /^(.*)\.(\w+)=(.*)$/.exec(text) ?? [];
    return facet === '' ? [] : [{ path: path.split('.'), facet, value }];
  });
  const lower_ = limits.find(({ facet }) => facet.startsWith('min'));
  const upper = limits.find(({ facet }) => facet.startsWith('max'));
  if (!lower_ || !upper) return { code: 'raml-invalid', message: finding.message };
  const paths = lower_.path.map((_, index) => [...lower_.path.slice(index), lower_.facet]).concat([[lower_.facet]]);
  const at = paths.map((keys) => excerpts.keyBelow(finding.at, keys)).find((place) => place !== undefined);
  return {
    code: 'impossible-range',
    message: `No value fits: "${lower_.facet}" is ${lower_.value}, and "${upper.facet}" is ${upper.value}.`,
    hint: 'swap the two',
    at,
  };
}

/** @example circleOf('Trait definition contains cycle: a -> b -> a') // ': a → b → a' */
function circleOf(message: string): string {
  const circle = /cycle: (.+?)\.?$/.exec(message)?.[1];
  return circle === undefined ? '' : `: ${circle.replace(/ *->? */g, ' → ')}`;
}
