/**
 * Whether examples and defaults fit their schemas: they are what people copy, and what the server shows.
 */
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import { guardWork, type WorkGuard } from '../guarded-schema.ts';
import type { ApiDescription, Example, JsonSchema, MediaType, Position, SchemaObject } from '../model/description.ts';
import { allOperations } from '../model/operations.ts';
import { mayExplode } from '../slow-pattern.ts';
import { joinPointer } from './pointer.ts';
import { isObject, own } from './record.ts';
import type { ReadResult } from './result.ts';

/** A value that stands beside a schema or in it. */
interface Claim {
  readonly what: 'example' | 'default';
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly at: Position;
}

/** The result with a finding for each example and default that does not fit. Loads the validator only if there are any. */
export async function withFit(result: ReadResult): Promise<ReadResult> {
  const { description } = result;
  if (!description) return result;
  const claims = [...examplesOf(description), ...schemaClaimsOf(description)];
  if (claims.length === 0) return result;
  const [{ Ajv2020: Ajv }, { default: formats }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
  ]);
  const ajv = new Ajv({
    strict: false,
    validateSchema: false,
    allErrors: true,
    logger: false,
    // Each is run a few times at most, so that to optimize it costs more than it saves.
    code: { regExp: safePattern, optimize: false },
  });
  formats.default(ajv);
  ajv.removeKeyword('id');
  const guard = guardWork(ajv, { ...description.$defs });
  ajv.addSchema({ $id: ROOT, $defs: guard.definitions });
  const check = compileCheck(ajv, oneSidedNames(description.$defs), guard);
  const told = new Set(result.diagnostics.map(({ at }) => placeKey(at)));
  const findings = claims
    .filter(({ at }) => !told.has(placeKey(at)))
    .flatMap((claim): readonly Diagnostic[] => {
      const problem = check(claim);
      return problem === undefined ? [] : [finding(claim, problem)];
    });
  return { ...result, diagnostics: [...result.diagnostics, ...findings] };
}

function finding({ what, at }: Claim, problem: string): Diagnostic {
  return what === 'example'
    ? diagnostic('example-mismatch', `The example does not fit its schema: ${problem}.`, {
        at,
        hint: 'change the example or the schema',
      })
    : diagnostic('value-mismatch', `The default does not fit its schema: ${problem}.`, {
        at,
        hint: 'change the default or the schema',
      });
}

// ── what is claimed ─────────────────────────────────────────────────────────────────────────────────────────────────

function examplesOf({ paths, webhooks = [] }: ApiDescription): readonly Claim[] {
  return [...paths, ...webhooks].flatMap((item) => [
    ...item.parameters.flatMap(claimed),
    ...allOperations(item).flatMap((operation) => [
      ...operation.parameters.flatMap(claimed),
      ...(operation.requestBody?.content ?? []).flatMap(contentClaims),
      ...operation.responses.flatMap(({ headers, content }) => [
        ...headers.flatMap(claimed),
        ...content.flatMap(contentClaims),
      ]),
    ]),
  ]);
}

function contentClaims(media: MediaType): readonly Claim[] {
  return [
    ...(isData(media) ? claimed(media) : []),
    ...(media.encoding ?? []).flatMap(({ headers = [] }) => headers).flatMap(claimed),
  ];
}

/** Other media types write their values as text of their own. */
function isData({ mediaType }: { readonly mediaType: string }): boolean {
  return /[/+]json\b|^application\/x-www-form-urlencoded/.test(mediaType);
}

interface Described {
  readonly schema?: JsonSchema;
  readonly examples: readonly Example[];
  readonly at: Position;
}

/** Examples beside a schema, and those within one that has no name. */
function claimed({ schema, examples, at }: Described): readonly Claim[] {
  if (!isObject(schema)) return [];
  // Most are a reference to a schema that has a name, without an example.
  if (examples.length === 0 && Object.hasOwn(schema, '$ref')) return [];
  const beside = examples.filter(({ strict }) => strict);
  return [
    ...beside.map((example): Claim => ({ what: 'example', schema, value: example.value, at: example.at })),
    // Those within have no place of their own; it is that of what holds them.
    ...(Object.hasOwn(schema, '$ref') ? [] : claimsWithin(schema, '', () => at)),
  ];
}

function hasClaims(schema: SchemaObject): boolean {
  return Object.hasOwn(schema, 'example') || Object.hasOwn(schema, 'examples') || Object.hasOwn(schema, 'default');
}

function ownClaims(schema: SchemaObject, at: Position): readonly Claim[] {
  const { example, examples, default: fallback, ...plain } = schema;
  const values = [...(Object.hasOwn(schema, 'example') ? [example] : []), ...(Array.isArray(examples) ? examples : [])];
  return [
    ...values.map((value: unknown): Claim => ({ what: 'example', schema: plain, value, at })),
    ...(fallback === undefined || fallback === null
      ? []
      : [{ what: 'default' as const, schema: plain, value: fallback, at }]),
  ];
}

/** Those of named schemas and of all within them. */
function schemaClaimsOf({ $defs, schemaPositions }: ApiDescription): readonly Claim[] {
  return Object.entries($defs).flatMap(([name, schema]) =>
    claimsWithin(schema, joinPointer('#/$defs', name), (pointer) => schemaPositions[pointer]),
  );
}

/** `example`, `examples` and `default` of a schema and of all within it that have a place. */
function claimsWithin(root: JsonSchema, start: string, placeOf: (pointer: string) => Position | undefined) {
  const claims: Claim[] = [];
  const walk = (schema: unknown, pointer: string): void => {
    if (!isObject(schema)) return;
    const at = hasClaims(schema) ? placeOf(pointer) : undefined;
    if (at) claims.push(...ownClaims(schema, at));
    const properties = own(schema, 'properties');
    if (isObject(properties)) {
      for (const [name, property] of Object.entries(properties))
        walk(property, joinPointer(pointer, 'properties', name));
    }
    for (const keyword of ['items', 'additionalProperties']) {
      const inner = own(schema, keyword);
      if (isObject(inner)) walk(inner, joinPointer(pointer, keyword));
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) {
      const members = own(schema, keyword);
      if (!Array.isArray(members)) continue;
      for (const [index, member] of members.entries()) walk(member, joinPointer(pointer, keyword, index));
    }
  };
  walk(root, start);
  return claims;
}

// ── checking ────────────────────────────────────────────────────────────────────────────────────────────────────────

const ROOT = 'urn:cartouche:description';

/** An expression that may run for ever is told elsewhere, and not tried here. */
const safePattern = Object.assign(
  (pattern: string, flags: string) => (mayExplode(pattern) ? /(?:)/ : expression(pattern, flags)),
  { code: 'safePattern' },
);

function expression(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/** What is wrong with a claim, in words; `undefined` if nothing is. */
function compileCheck(
  ajv: Ajv2020,
  oneSided: ReadonlySet<string>,
  guard: WorkGuard,
): (claim: Claim) => string | undefined {
  const compiled = new Map<JsonSchema, ValidateFunction>();
  return ({ schema, value }) => {
    const validate = compiled.get(schema) ?? ajv.compile(absolute(schema));
    compiled.set(schema, validate);
    // One that cannot be decided in bounded work is not known to be wrong.
    if (guard.within(value, () => validate(value)) ?? true) return undefined;
    const errors = (validate.errors ?? []).filter((error) => !isOneSided(error, oneSided));
    // Of a union, the last error is that of the union: those before it speak of single members.
    const combined = errors.some(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'if');
    const [first] = errors;
    if (!first || (combined && errors.length < (validate.errors ?? []).length)) return undefined;
    const more = errors.length > 1 && !combined ? ` (and ${errors.length - 1} more)` : '';
    const { instancePath, message = 'is not valid' } = first;
    const said = first.keyword === 'type' ? message.replaceAll(',', ' or ') : message;
    return `${instancePath === '' ? 'it' : `"${instancePath}"`} ${said}${more}`;
  };
}

/** An example need not show both what only requests and what only responses have. */
function isOneSided({ keyword, params }: ErrorObject, names: ReadonlySet<string>): boolean {
  return keyword === 'required' && names.has(String(params.missingProperty));
}

function oneSidedNames(value: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value) oneSidedNames(item, names);
  if (!isObject(value)) return names;
  const properties = own(value, 'properties');
  if (isObject(properties)) {
    for (const [name, property] of Object.entries(properties)) {
      if (isObject(property) && (property.readOnly === true || property.writeOnly === true)) names.add(name);
    }
  }
  for (const child of Object.values(value)) oneSidedNames(child, names);
  return names;
}

function absolute(value: JsonSchema): JsonSchema {
  if (typeof value === 'boolean') return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, absoluteValue(key, child)]));
}

function absoluteValue(key: string, value: unknown): unknown {
  if (key === '$ref' && typeof value === 'string' && value.startsWith('#/')) return ROOT + value;
  if (Array.isArray(value)) return value.map((item) => absoluteValue('', item));
  return isObject(value) ? absolute(value) : value;
}

function placeKey(at: Position | undefined): string {
  return at ? `${at.file}:${at.line}` : '';
}
