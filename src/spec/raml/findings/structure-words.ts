/**
 * Words for what stands where it cannot stand, or says what it cannot say: rarer than what `wording.ts` has, and in the
 * parser's own words hard to understand.
 */
import { keyAt, type Words, wrongShape } from './heard.ts';

export const STRUCTURE_WORDS: Words = {
  // ── what stands together and must not ──
  QUERY_STRING_AND_QUERY_PARAMETERS_ARE_MUTUALLY_EXCLUSIVE: () => ({
    code: 'raml-invalid',
    message: '"queryString" and "queryParameters" exclude each other.',
    hint: 'make the parameters properties of the type of "queryString", or take "queryString" away',
  }),
  TYPES_AND_SCHEMAS_ARE_EXCLUSIVE: () => ({
    code: 'raml-invalid',
    message: '"types" and "schemas" exclude each other.',
    hint: 'move what stands under "schemas" to "types": they mean the same',
  }),
  SCHEMA_AND_TYPE: () => ({
    code: 'raml-invalid',
    message: '"schema" and "type" exclude each other.',
    hint: 'keep "type": they mean the same',
  }),
  EXTERNALS_MIX: () => ({
    code: 'raml-invalid',
    message: 'A type of RAML cannot inherit from a JSON Schema or an XML Schema, or the other way round.',
    hint: 'say it all in one of the two',
  }),
  MULTIPLE_RESOURCE_TYPES: () => ({
    code: 'raml-invalid',
    message: 'A resource can have one resource type only.',
    hint: 'let one of the resource types have the other as its "type", or make one a trait',
  }),
  FORM_PARAMS_WITH_EXAMPLE: () => ({
    code: 'raml-questionable',
    message: '"formParameters" cannot stand beside "schema" or "example".',
    hint: 'give each form parameter an example of its own',
  }),

  // ── shapes ──
  SEQUENCE_REQUIRED: ({ finding, excerpts }) => {
    const owner = excerpts.ownerOf(finding.at);
    const key = owner ? keyAt({ ...finding, at: owner }, excerpts) : keyAt(finding, excerpts);
    return { ...wrongShape(key, 'a list in RAML 0.8', 'begin each entry with "- "'), at: owner };
  },
  SEQUENCE_NOT_ALLOWED_10: ({ finding, excerpts }) =>
    wrongShape(keyAt(finding, excerpts), 'an object in RAML 1.0', 'take the dashes out: they are RAML 0.8'),
  SCALAR_PROHIBITED_2: ({ quoted: [key = ''] }) => wrongShape(key, 'an object', 'indent what belongs to it below'),
  DEFINITION_SHOULD_BE_A_MAP: ({ finding, excerpts }) =>
    wrongShape(keyAt(finding, excerpts), 'an object', 'indent what belongs to it below'),
  RESOURCE_TYPE_NULL: ({ finding, excerpts }) =>
    wrongShape(keyAt(finding, excerpts), 'an object', 'indent what the resource type says below its name'),
  SCHEMA_NAME_MUST_BE_STRING: ({ quoted: [key = ''] }) =>
    wrongShape(key, 'text', 'put a "|" behind the colon, and the schema on the lines below'),
  LIBRARY_PATH_MUST_BE_A_STRING: () => wrongShape('uses', 'an object', LIBRARY),
  ENUM_MUST_BE_AN_ARRAY: () => wrongShape('enum', 'a list', 'write [a, b]'),
  ENUM_IS_EMPTY: () => wrongShape('enum', 'a list of at least one value', undefined),
  FILE_TYPES_SHOULD_BE_AN_ARRAY: () => wrongShape('fileTypes', 'a list', "write ['image/png', 'image/jpeg']"),
  DISPLAY_NAME_STRING: () => wrongShape('displayName', 'text', undefined),
  INVALID_PROPERTY_RANGE: ({ quoted: [key = ''], finding }) => {
    const range = /must be a (.+?)\.?$/.exec(finding.message)?.[1] ?? 'string';
    return wrongShape(key, range === 'string' ? 'text' : `a ${range}`, undefined);
  },
  DESCRIPTION_STRING: () => wrongShape('description', 'text', 'put text that contains ": " in quotes, or behind a "|"'),
  PROTOCOLS_ARRAY: () => ({
    code: 'raml-questionable',
    message: '"protocols" must be a list of at least one protocol.',
    hint: 'write [HTTP], [HTTPS] or [HTTP, HTTPS]',
  }),
  EMPTY_VALUE_NOT_ALLOWED: ({ finding, excerpts }) => ({
    code: 'invalid-value',
    message: `"${keyAt(finding, excerpts)}" has no value.`,
    hint: 'give it one, or take it away',
  }),
  INCLUDE_TAG_MISSING: () => ({
    code: 'raml-invalid',
    message: 'This is the name of a file, and is not included.',
    hint: 'write !include before it',
  }),
  SPACES_IN_KEY: ({ quoted: [name = ''] }) => ({
    code: 'raml-questionable',
    message: /^\s|\s$/.test(name)
      ? `The name "${name}" has a space at its end that nobody sees.`
      : `The name "${name}" has a space in it.`,
    hint: /^\s|\s$/.test(name) ? 'take the space away' : undefined,
  }),
  URI_EXCEPTION: ({ quoted: [bracket = ''] }) => ({
    code: 'raml-invalid',
    message: `The path has a "${bracket}" without its counterpart.`,
    hint: 'write path parameters as {name}',
  }),
  UNKNOWN_FUNCTION: ({ quoted: [name = ''] }) => ({
    code: 'raml-invalid',
    message: `There is no function "${name}" for parameters.`,
    hint: `one of ${FUNCTIONS.map((each) => `!${each}`).join(', ')}`,
  }),

  // ── types ──
  INVALID_COMPONENT_TYPE: ({ finding, excerpts }) => ({
    code: 'unknown-type',
    message: `The type of the items of "${keyAt(finding, excerpts)}" cannot be understood.`,
  }),
  REDEFINIG_BUILDTIN: ({ quoted, finding }) => {
    const name = quoted[0] ?? /: (\S+)$/.exec(finding.message)?.[1] ?? '';
    return {
      code: 'raml-invalid',
      message: `"${name}" is a type of RAML itself, and cannot be declared.`,
      hint: 'give the type another name',
    };
  },
  MISSING_REQUIRED_FACETS: ({ quoted }) => ({
    code: 'raml-questionable',
    message: `The parent type wants a value for the facet ${quoted.map((name) => `"${name}"`).join(', ')}.`,
    hint: `add ${quoted.map((name) => `"${name}"`).join(', ')}, or declare it with a "?" in the parent`,
  }),
  OVERRIDE_FACET: ({ quoted: [name = ''] }) => ({
    code: 'raml-questionable',
    message: `The parent type declares the facet "${name}" already.`,
    hint: 'give the new facet another name',
  }),
  OVERRIDE_BUILTIN_FACET: ({ quoted: [name = ''] }) => ({
    code: 'raml-questionable',
    message: `RAML itself has the facet "${name}".`,
    hint: 'give the new facet another name',
  }),
  FACET_START_BRACKET: ({ quoted: [name = ''] }) => ({
    code: 'raml-invalid',
    message: `The name of a facet cannot begin with "(": "${name}".`,
    hint: 'names in parentheses are annotations',
  }),
  DISCRIMINATOR_FOR_UNION: () => noDiscriminator('a union'),
  DISCRIMINATOR_FOR_OBJECT: () => noDiscriminator('a type that is no object'),
  DISCRIMINATOR_FOR_INLINE: () => noDiscriminator('a type without a name'),
  SCALAR_FOR_DISCRIMINATOR: () => ({
    code: 'raml-invalid',
    message: 'The discriminator must be a property with a single value, such as text.',
    hint: 'name a property of type string',
  }),
  DISCRIMINATOR_VALUE_WITHOUT_DISCRIMINATOR: () => ({
    code: 'raml-invalid',
    message: '"discriminatorValue" stands in a type that inherits no "discriminator".',
    hint: 'declare "discriminator" in the parent type',
  }),
  SAME_DISCRIMINATOR_VALUE: ({ quoted: [one = '', other = ''] }) => ({
    code: 'raml-invalid',
    message: `The types "${one}" and "${other}" have the same "discriminatorValue".`,
    hint: 'give one of them another value',
  }),
  INVALID_ANNOTATION_LOCATION: ({ quoted: [name = '', ...targets] }) => ({
    code: 'raml-questionable',
    message: `The annotation "${name}" is not for this place.`,
    hint: `its "allowedTargets": ${targets.join(', ')}`,
  }),
  DUPLICATE_TRAIT_REFERENCE: ({ quoted: [name = ''] }) => ({
    code: 'raml-questionable',
    message: `The trait "${name}" is applied twice.`,
    hint: 'take one of the two away',
  }),

  // ── overlays ──
  INVALID_OVERLAY_NODE: ({ quoted: [name = ''] }) => ({
    code: 'raml-invalid',
    message: `"${name}" is nowhere in what is overlaid, and an overlay adds nothing that changes the API.`,
    hint: 'begin the file with "#%RAML 1.0 Extension" to add to the API',
  }),
  INVALID_OVERRIDE_IN_OVERLAY: ({ quoted: [key = ''] }) => ({
    code: 'raml-invalid',
    message: `An overlay cannot change or add "${key}".`,
    hint: 'begin the file with "#%RAML 1.0 Extension" to change the API',
  }),
};

export const LIBRARY = 'write name: path/to/library.raml';

const FUNCTIONS = [
  ...['singularize', 'pluralize', 'uppercase', 'lowercase', 'lowercamelcase', 'uppercamelcase'],
  ...['lowerunderscorecase', 'upperunderscorecase', 'lowerhyphencase', 'upperhyphencase'],
];

function noDiscriminator(what: string) {
  return {
    code: 'raml-invalid' as const,
    message: `"discriminator" cannot stand in ${what}.`,
    hint: 'declare it in the named object type that the others inherit from',
  };
}
