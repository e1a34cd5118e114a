/**
 * What the parser's codes mean to somebody who wants to serve the description. Codes that are in no set are errors.
 */

/** A value does not fit its type. Mostly an example; a default or an annotation otherwise. Serving goes on without. */
export const VALUE_CODES: ReadonlySet<string> = new Set([
  'REQUIRED_PROPERTY_MISSING',
  'UNKNOWN_PROPERTY',
  'PATTERN_VIOLATION',
  'ENUM_RESTRICTION',
  'MINMAX_RESTRICTION_VIOLATION',
  'NULL_EXPECTED',
  'INTEGER_EXPECTED',
  'CONTENT_DOES_NOT_MATCH_THE_SCHEMA',
  'INVALID_DATEONLY',
  'INVALID_TIMEONLY',
  'INVALID_DATETIMEONLY',
  'INVALID_RFC3339',
  'INVALID_RFC2616',
  'INVALID_DATTIME',
  'UNION_TYPE_FAILURE',
  'UNION_TYPE_FAILURE_DETAILS',
  'MUST_BE_UNIQUE',
  'EVEN_RATIO',
  'INCORRECT_DISCRIMINATOR',
  'MISSING_DISCRIMINATOR',
  'INVALID_EXMAPLE',
  'EXAMPLE_SCHEMA_FAILURE',
  'JOSN_EXAMPLE_VALIDATION_EXCEPTION',
  'INVALID_DEFAULT_VALUE',
  'VALUE_SHOULD_NOT_BE_MORE',
  'VALUE_SHOULD_NOT_BE_LESS',
  'ARRAY_ITEMS_COUNT_SHOULD_NOT_BE_MORE',
  'ARRAY_ITEMS_COUNT_SHOULD_NOT_BE_LESS',
  'STRING_SHOULD_NOT_BE_MORE',
  'STRING_SHOULD_NOT_BE_LESS',
  'OBJECT_PROPERTIES_SHOULD_NOT_BE_MORE',
  'OBJECT_PROPERTIES_SHOULD_NOT_BE_LESS',
  'ITEMS_SHOULD_BE_OF_TYPE',
  'SUPPORTED_FILE_TYPES',
  'SHOULD_BE_SCALAR',
  'UNEXPECTED_XML_ELEMENT',
  'UNEXPECTED_XML_ATTRIBUTE',
  'TEXT_CONTENT_NOT_ALLOWED_FOR_THE_XML_ELEMENT',
  'EXTERNAL_TYPE_ERROR',
  'INVALID_XML',
  'INVALID_ANNOTATION_VALUE',
  'SHOULD_PASS_REXEXP',
]);

/** About a value if it stands under `example`, `default` or an annotation; about the structure elsewhere. */
export const MAYBE_VALUE_CODES: ReadonlySet<string> = new Set([
  'TYPE_EXPECTED',
  'OBJECT_EXPECTED',
  'SCALAR_EXPECTED',
  'NUMBER_EXPECTED',
  'NUMBER_EXPECTED_2',
  'BOOLEAN_EXPECTED',
  'NULL_NOT_ALLOWED',
  'CAN_NOT_PARSE_JSON',
  'CAN_NOT_PARSE_XML',
]);

/** Against the specification, or against the parser's reading of it, and no hindrance. */
export const HARMLESS_CODES: ReadonlySet<string> = new Set([
  // The parser does not see that a subtype, or a facet of a facet's name, sets them.
  'MISSING_REQUIRED_FACETS',
  'OVERRIDE_FACET',
  'OVERRIDE_BUILTIN_FACET',
  // A scalar is allowed for a list of one.
  'PROTOCOLS_ARRAY',
  // It does not know the targets Response, RequestBody, ResponseBody and AnnotationType.
  'INVALID_ANNOTATION_LOCATION',
  'UNKNOWN_ANNOTATION',
  'UNKNOWN_ANNOTATION_TYPE',
  'UNSUPPORTED_ANNOTATION_TARGET',
  // `integer` may have the format of any number.
  'ALLOWED_FORMAT_VALUES',
  // JSON Schema types as properties and items: they convert well.
  'EXTERNAL_IN_PROPERTY_DEFINITION',
  'EXTERNAL_IN_FACET_DEFINITION',
  'EXTERNAL_AS_COMPONENT',
  'EXTERNAL_FACET',
  'FACET_PROHIBITED_FOR_EXTERNALS',
  // The list of `Tree: Tree[]` ends where it is empty.
  'RECURRENT_ARRAY_DEFINITION',
  'UNUSED_PARAMETER',
  'UNUSED_PARAMETER_MISSING_SEPARATING_SPACE',
  'UNUSED_URL_PARAMETER',
  'PROPERTY_UNUSED',
  'SPACES_IN_KEY',
  'DUPLICATE_TRAIT_REFERENCE',
  'FORM_IN_RESPONSE',
  'FORM_PARAMS_IN_RESPONSE',
  'FORM_PARAMS_WITH_EXAMPLE',
  'WEB_FORMS',
  'REPEATING_COMPONENTS_IN_ENUM',
  'UNKNOWN_FOR_DISCRIMINATOR',
  'DISCRIMINATOR_NEEDED',
  'AUTHORIZATION_GRANTS_ENUM',
  'AUTHORIZATION_URI_REQUIRED',
  'INVALID_SECURITY_SCHEME_SCOPE',
  'MISSING_VERSION',
  'REDUNDANT_FRAGMENT_NAME',
  'REQUEST_BODY_DISABLED',
  'CIRCULAR_REFS_IN_JSON_SCHEMA',
  'CIRCULAR_REFS_IN_JSON_SCHEMA_DETAILS',
]);

/** A type that is made of itself: the conversion finds it, too, and does not take a type called `constructor` for one. */
export const CIRCLE_CODES: ReadonlySet<string> = new Set(['RECURRENT_DEFINITION', 'RECURRENT_UNION_OPTION']);

/** A name that the parser does not find. It is wrong about names in libraries' resource types: they are looked up. */
export const UNKNOWN_TYPE_CODES: ReadonlySet<string> = new Set([
  'INHERITING_UNKNOWN_TYPE',
  'UNKNOWN_UNION_OPTION',
  'UNKNOWN_ARRAY_COMPONENT',
  'UNKNOWN_IN_PROPERTY_DEFINITION',
  'VALIDATING_AGAINST_UNKNOWN',
  'ARRAY_AGAINST_UNKNOWN',
]);

/** About JSON Schema: the conversion reads it, too, and knows the place within the file. */
export const SCHEMA_CODES: ReadonlySet<string> = new Set([
  'INVALID_JSON_SCHEMA',
  'INVALID_JSON_SCHEMA_DETAILS',
  'JSON_SCHEMA_VALIDATION_EXCEPTION',
  'REFERENCE_NOT_FOUND',
  'CAN_NOT_PARSE_SCHEMA',
  'INCORRECT_SCHEMA',
  'SCHEMA_ERROR',
  'SCHEMA_EXCEPTION',
  'CAN_NOT_PARSE_JSON',
]);

/** Found again, and better, by our own conversion, or about tools that we do not use. */
export const IGNORED_CODES: ReadonlySet<string> = new Set([
  'UNABLE_TO_VALIDATE_XML',
  // Types that inherit from themselves: `types/types.ts` finds them without taking a property for a type.
  'CYCLIC_DEPENDENCY',
]);

/** Keys of type declarations, for "did you mean". */
export const FACETS: readonly string[] = [
  ...['type', 'schema', 'default', 'example', 'examples', 'displayName', 'description', 'facets', 'xml', 'enum'],
  ...['properties', 'minProperties', 'maxProperties', 'additionalProperties', 'discriminator', 'discriminatorValue'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'pattern', 'minLength', 'maxLength', 'required'],
  ...['minimum', 'maximum', 'format', 'multipleOf', 'fileTypes', 'allowedTargets'],
];

/** Keys of RAML, for "did you mean". */
export const KNOWN_KEYS: readonly string[] = [
  'title',
  'version',
  'description',
  'baseUri',
  'baseUriParameters',
  'protocols',
  'mediaType',
  'documentation',
  'content',
  'schemas',
  'types',
  'traits',
  'resourceTypes',
  'annotationTypes',
  'securitySchemes',
  'securedBy',
  'uses',
  'usage',
  'extends',
  'displayName',
  'type',
  'is',
  'uriParameters',
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'queryParameters',
  'queryString',
  'headers',
  'body',
  'responses',
  'formParameters',
  'schema',
  'example',
  'examples',
  'value',
  'strict',
  'properties',
  'items',
  'required',
  'default',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'format',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'additionalProperties',
  'discriminator',
  'discriminatorValue',
  'fileTypes',
  'facets',
  'xml',
  'repeat',
  'describedBy',
  'settings',
  'authorizationUri',
  'accessTokenUri',
  'authorizationGrants',
  'requestTokenUri',
  'tokenCredentialsUri',
  'signatures',
  'scopes',
  'allowedTargets',
];
