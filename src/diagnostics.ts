/**
 * Problems of a description: the catalogue of codes, and what one finding carries. Readers collect findings; they do
 * not stop at the first. `docs/diagnostics.md` explains each code; a test ties the two both ways.
 */
import type { Position } from './model/description.ts';

export type Severity = 'error' | 'warning' | 'info';

interface CatalogueEntry {
  readonly severity: Severity;
  readonly title: string;
}

/** Codes are stable and never reused. `error` keeps a description from being served. */
export const diagnosticCatalogue = {
  'file-not-found': { severity: 'error', title: 'A file is missing' },
  'file-outside-root': { severity: 'error', title: 'A reference leads outside of the description’s folder' },
  'file-unreadable': { severity: 'error', title: 'A file cannot be read' },
  'file-too-large': { severity: 'error', title: 'A file is larger than Cartouche reads' },
  'network-refused': { severity: 'error', title: 'A reference leads to the network' },
  'include-cycle': { severity: 'error', title: 'Files include each other in a circle' },
  'empty-description': { severity: 'error', title: 'The description is empty' },
  'unknown-format': { severity: 'error', title: 'Neither RAML nor OpenAPI' },
  'swagger-2': { severity: 'error', title: 'Swagger 2.0 must be converted first' },
  'syntax-error': { severity: 'error', title: 'The text is no valid YAML or JSON' },
  'duplicate-key': { severity: 'error', title: 'A name occurs twice where it may occur once' },
  'alias-limit': { severity: 'error', title: 'Too many YAML aliases' },
  'size-limit': { severity: 'error', title: 'The description holds more than Cartouche reads' },
  'time-limit': { severity: 'error', title: 'Reading took too long' },
  'memory-limit': { severity: 'error', title: 'Reading took too much memory' },
  internal: { severity: 'error', title: 'Cartouche itself failed' },
  'not-an-api': { severity: 'error', title: 'The file is a part of a description, and no API' },
  'wrong-fragment': { severity: 'warning', title: 'The first line of a file says that it is something else' },
  'unknown-key': { severity: 'error', title: 'A key is not known at its place' },
  'missing-key': { severity: 'error', title: 'A key is missing that is needed' },
  'invalid-value': { severity: 'error', title: 'A key has a value that it cannot have' },
  'invalid-status': { severity: 'error', title: 'A response has no status code' },
  'invalid-media-type': { severity: 'error', title: 'A media type is none' },
  'unknown-type': { severity: 'error', title: 'There is no type of this name' },
  'unknown-trait': { severity: 'error', title: 'There is no trait of this name' },
  'unknown-resource-type': { severity: 'error', title: 'There is no resource type of this name' },
  'unknown-security-scheme': { severity: 'error', title: 'There is no security scheme of this name' },
  'unknown-library': { severity: 'error', title: 'There is no library of this name' },
  'unknown-annotation': { severity: 'warning', title: 'There is no annotation of this name' },
  'unknown-scope': { severity: 'warning', title: 'The security scheme has no scope of this name' },
  'unknown-operation': { severity: 'warning', title: 'A link names no operation' },
  'missing-argument': { severity: 'error', title: 'A trait or resource type is not given what it needs' },
  'unused-argument': { severity: 'warning', title: 'A trait or resource type is given what it does not use' },
  'raml-invalid': { severity: 'error', title: 'The RAML is not valid' },
  'raml-questionable': { severity: 'warning', title: 'The RAML can be served, but is not quite right' },
  'openapi-invalid': { severity: 'error', title: 'The OpenAPI document is not valid' },
  'unresolved-reference': { severity: 'error', title: 'A reference leads nowhere' },
  'unsupported-keyword': { severity: 'warning', title: 'A keyword has no effect here' },
  'schema-invalid': { severity: 'error', title: 'A schema is not valid' },
  'schema-questionable': { severity: 'warning', title: 'A schema was repaired' },
  'unknown-draft': { severity: 'warning', title: 'There is no such version of JSON Schema' },
  'invalid-pattern': { severity: 'error', title: 'A pattern is no regular expression' },
  'slow-pattern': { severity: 'warning', title: 'A pattern may take for ever' },
  'impossible-range': { severity: 'error', title: 'A lower limit is above its upper limit' },
  'circular-type': { severity: 'error', title: 'A type is made of itself' },
  'subtype-mismatch': { severity: 'warning', title: 'A type allows what its parent does not' },
  'undeclared-property': { severity: 'warning', title: 'A property is required and not declared' },
  'value-mismatch': { severity: 'warning', title: 'A default, an enum value or an annotation does not fit its type' },
  'ramses-settings': { severity: 'warning', title: 'Settings of Ramses that are not right' },
  'schema-without-collection': { severity: 'info', title: 'A schema gets no collection of its own' },
  'example-mismatch': { severity: 'warning', title: 'An example does not fit its schema' },
  'duplicate-operation': { severity: 'error', title: 'Two operations have one id' },
  'ambiguous-path': { severity: 'error', title: 'Two paths match the same requests' },
  'path-parameter-mismatch': { severity: 'error', title: 'Path template and parameters differ' },
  'duplicate-parameter': { severity: 'error', title: 'An operation has one parameter twice' },
  'unused-component': { severity: 'info', title: 'A component is not used' },
  'security-not-enforced': { severity: 'info', title: 'Security is declared and not enforced' },
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof diagnosticCatalogue;

/** One finding. `hint` says what to do, e.g. `did you mean "queryParameters"?`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What is wrong and what was expected; one or two sentences, no path of this machine. */
  readonly message: string;
  readonly at?: Position;
  readonly hint?: string;
  /** In an included file: the references that led there, from the nearest to that in the root file. */
  readonly includedFrom?: readonly Position[];
}

/**
 * A finding with the catalogue's severity, unless another is given.
 *
 * @example diagnostic('file-not-found', 'The include "user.json" does not exist.', { at, hint: 'did you mean "users.json"?' })
 */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  details: {
    readonly at?: Position | undefined;
    readonly hint?: string | undefined;
    readonly severity?: Severity;
  } = {},
): Diagnostic {
  return {
    code,
    severity: details.severity ?? diagnosticCatalogue[code].severity,
    message,
    ...(details.at && { at: details.at }),
    ...(details.hint && { hint: details.hint }),
  };
}
