/**
 * Which property is the id of a resource, of which type it is, and who chooses it.
 */
import type { JsonSchema, Parameter } from './description.ts';
import { databaseSettings } from './fields.ts';
import { folded } from './names.ts';
import { propertyOverrides, schemaOverrides } from './overrides.ts';
import { type Definitions, propertyNamed, type Shape, shapeOf } from './schema.ts';
import type { ResourceId } from './types.ts';

/** An id, and the reasons for `inspect`. */
export interface FoundId {
  readonly id: ResourceId;
  readonly evidence: string;
}

/** What the description shows of a resource's ids. */
export interface IdEvidence {
  readonly schema: JsonSchema;
  /** Body of the create request, if there is one. */
  readonly createSchema?: JsonSchema | undefined;
  readonly typeName: string;
  /** The parameter of the item path. */
  readonly parameter?: Parameter | undefined;
  readonly parameterName?: string | undefined;
  /** Items are created by PUT only, so that the path carries the id. */
  readonly byPutOnly: boolean;
  /** A string primary key of Ramses is the client's to choose. */
  readonly ramses: boolean;
  /** Two parameters in a row, or a chosen id that exists under one parent only. */
  readonly scope: 'global' | 'parent';
}

const sampleUuid = '01890a5d-ac96-774b-bcce-b302099a8057';

export function identityOf(evidence: IdEvidence, definitions: Definitions): FoundId {
  const shape = shapeOf(evidence.schema, definitions);
  const overrides = schemaOverrides(shape.schema);
  const found = propertyFor(evidence, shape, definitions);
  const property = agreesWithPath(found.property, evidence, shape, definitions) ? found.property : undefined;
  const declared = property === undefined ? undefined : shapeOf(shape.properties.get(property), definitions);
  const byParameter = shapeOf(evidence.parameter?.schema, definitions);
  const type = idType(declared, byParameter);
  const choice = generation(evidence, property, declared, byParameter, type, definitions);
  return {
    id: {
      ...(property !== undefined && { property }),
      type,
      generate: overrides.generate ?? choice.generate,
      clientMayChoose: overrides.clientMayChoose ?? (overrides.generate === 'none' || choice.clientMayChoose),
      scope: overrides.scope ?? (isChosen(evidence, property, choice, definitions) ? evidence.scope : 'global'),
    },
    evidence: `${found.evidence}; ${choice.evidence}`,
  };
}

/** Clients choose ids, and the description says so: only then may two parents have documents of one id. */
function isChosen(
  evidence: IdEvidence,
  property: string | undefined,
  { generate, clientMayChoose }: Generation,
  definitions: Definitions,
): boolean {
  if (evidence.byPutOnly || generate === 'none') return true;
  const declared = property !== undefined && shapeOf(evidence.createSchema, definitions).properties.has(property);
  return clientMayChoose && declared && !evidence.ramses;
}

/**
 * Where PUT is the only way to create, the path carries the id: `PUT /starred/{owner}/{name}` of documents with an integer
 * `id` does not set that `id`.
 */
function agreesWithPath(
  property: string | undefined,
  evidence: IdEvidence,
  shape: Shape,
  definitions: Definitions,
): boolean {
  if (!evidence.byPutOnly || property === undefined) return true;
  const held = shapeOf(shape.properties.get(property), definitions).type;
  const parameter = shapeOf(evidence.parameter?.schema, definitions).type;
  return held === undefined || parameter === undefined || held === parameter || held === 'string';
}

interface Candidate {
  readonly property?: string;
  readonly evidence: string;
}

function propertyFor(evidence: IdEvidence, shape: Shape, definitions: Definitions): Candidate {
  const overrides = schemaOverrides(shape.schema);
  if (overrides.id !== undefined) return { property: overrides.id, evidence: 'x-cartouche names it' };
  for (const [name, schema] of shape.properties) {
    const property = shapeOf(schema, definitions).schema;
    if (propertyOverrides(property).id === true) return { property: name, evidence: 'x-cartouche marks it' };
    if (databaseSettings(property).primary_key === true)
      return { property: name, evidence: '_db_settings.primary_key' };
  }
  for (const [wanted, why] of candidates(evidence)) {
    const name = propertyNamed(shape, wanted);
    if (name !== undefined && isScalar(shapeOf(shape.properties.get(name), definitions))) {
      return { property: name, evidence: why };
    }
  }
  if (shape.closed)
    return { evidence: 'the schema is closed and has no property for it, so that it lives in the path' };
  if (evidence.parameterName === undefined) return { evidence: 'no property is called so, and no path needs one' };
  return { property: freeName(evidence, shape), evidence: 'the schema has no property for it and admits one more' };
}

/** Names that an id goes by, best first, each with the reason. */
function candidates(evidence: IdEvidence): readonly (readonly [string, string])[] {
  const parameter = evidence.parameterName === undefined ? undefined : folded(evidence.parameterName);
  const type = folded(evidence.typeName);
  const own: readonly (readonly [string, string])[] = parameter === undefined ? [] : named(parameter, type);
  return [
    ...own,
    ['id', 'a property is called so'],
    ['uuid', 'a property is called so'],
    ['guid', 'a property is called so'],
    ...bare(parameter, type),
    [`${type}id`, 'a property is called after the type'],
    [`${type}uuid`, 'a property is called after the type'],
    [`${type}number`, 'a property is called after the type'],
    [`${type}code`, 'a property is called after the type'],
    [`${type}key`, 'a property is called after the type'],
    ['key', 'a property is called so'],
    ['slug', 'a property is called so'],
  ];
}

/** `{isbn}` is `isbn`; `{bookId}` is `bookId`, else `id`; `{bookTitle}` of a book is `title`. */
function named(parameter: string, type: string): readonly (readonly [string, string])[] {
  const why = 'the path parameter has the name of a property';
  const short = parameter.startsWith(type) ? parameter.slice(type.length) : '';
  return [
    [parameter, why],
    ...(parameter === type ? ([['id', why]] as const) : []),
    ...(short === '' ? [] : ([[short, why]] as const)),
  ];
}

/** `{shaCode}` is `sha`, `{languageCode}` is `language`, but `{bookCode}` of a book is not `book`. */
function bare(parameter: string | undefined, type: string): readonly (readonly [string, string])[] {
  const match = /^(.{2,})(?:code|key|value|hash|slug)$/.exec(parameter ?? '');
  return match?.[1] === undefined || match[1] === type
    ? []
    : [[match[1], 'the path parameter begins with the name of a property']];
}

function freeName(evidence: IdEvidence, shape: Shape): string {
  const parameter = evidence.parameterName;
  const plain = parameter !== undefined && /^[A-Za-z_][\w-]*$/.test(parameter) && !/id$/i.test(parameter);
  const wanted = plain && folded(parameter) !== folded(evidence.typeName) ? parameter : 'id';
  // The name may be taken by an object or an array.
  return shape.properties.has(wanted) ? `${wanted}_id` : wanted;
}

function idType(declared: Shape | undefined, parameter: Shape): ResourceId['type'] {
  const settings = databaseSettings(declared?.schema);
  if (settings.type === 'id_field') return admits(declared, 'integer') ? 'integer' : 'string';
  if (['integer', 'small_integer', 'big_integer'].some((type) => type === settings.type)) return 'integer';
  const type = declared?.type ?? parameter.type;
  // `number` is what authors write for an id when they mean an integer.
  return type === 'integer' || type === 'number' ? 'integer' : 'string';
}

/** A schema may name several types, `["integer", "string"]`, or none. */
function admits(shape: Shape | undefined, type: string): boolean {
  const types = shape?.schema.type;
  return types === undefined || types === type || (Array.isArray(types) && types.includes(type));
}

interface Generation {
  readonly generate: ResourceId['generate'];
  readonly clientMayChoose: boolean;
  readonly evidence: string;
}

function generation(
  evidence: IdEvidence,
  property: string | undefined,
  declared: Shape | undefined,
  parameter: Shape,
  type: ResourceId['type'],
  definitions: Definitions,
): Generation {
  const isServers = declared?.schema.readOnly === true;
  const uuid = fitsUuid(declared) && fitsUuid(parameter);
  if (evidence.byPutOnly) {
    return {
      generate: 'none',
      clientMayChoose: true,
      evidence: 'PUT is the only way to create, so the path carries it',
    };
  }
  if (databaseSettings(declared?.schema).type === 'id_field') {
    return { generate: 'sequence', clientMayChoose: !isServers, evidence: '_db_settings.type is id_field' };
  }
  const clientMayChoose = !isServers && property !== undefined && isOffered(evidence, property, definitions);
  if (type === 'integer') {
    return { generate: 'sequence', clientMayChoose, evidence: 'an integer, so the server counts' };
  }
  if (isServers) {
    return {
      generate: uuid ? 'uuid' : 'sequence',
      clientMayChoose: false,
      evidence: 'readOnly, so the server chooses',
    };
  }
  if (evidence.ramses && databaseSettings(declared?.schema).primary_key === true) {
    return { generate: 'none', clientMayChoose: true, evidence: 'a string primary key, so the client chooses' };
  }
  if (!uuid) {
    return { generate: 'none', clientMayChoose: true, evidence: 'no UUID fits its schema, so the client chooses' };
  }
  if (property !== undefined && isAsked(evidence, property, definitions)) {
    return {
      generate: 'none',
      clientMayChoose: true,
      evidence: 'a create request must carry it, so the client chooses',
    };
  }
  return { generate: 'uuid', clientMayChoose, evidence: 'a string, so the server gives a UUID' };
}

/**
 * A create request may carry the property: it declares it (`POST /pet` with `{ "id": 10, … }`), or declares nothing, so
 * that it takes documents. One that declares others, and not this one, leaves it to the server.
 */
function isOffered(evidence: IdEvidence, property: string, definitions: Definitions): boolean {
  const created = shapeOf(evidence.createSchema, definitions);
  const offered = created.properties.get(property);
  if (offered !== undefined) return shapeOf(offered, definitions).schema.readOnly !== true;
  if (created.closed) return false;
  // Nor does the document declare it: it is a property of ours, as free to choose as any that is not declared.
  return created.properties.size === 0 || !shapeOf(evidence.schema, definitions).properties.has(property);
}

/**
 * A create request must carry the property, and it is no technical id: those are listed as required by authors who use
 * one schema for requests and responses, though the server gives them.
 */
function isAsked(evidence: IdEvidence, property: string, definitions: Definitions): boolean {
  const body = evidence.createSchema ?? evidence.schema;
  if (!shapeOf(body, definitions).required.has(property)) return false;
  return !/^_?(?:id|uuid|guid)$|(?:[a-z]Id|_id|ID|Uuid|_uuid)$/.test(property);
}

/** A UUID could be a value: no pattern, enum, length or format forbids it. */
function fitsUuid(shape: Shape | undefined): boolean {
  const schema = shape?.schema ?? {};
  if (schema.format === 'uuid' || schema.format === 'guid') return true;
  if (schema.enum !== undefined || schema.const !== undefined) return false;
  if (typeof schema.maxLength === 'number' && schema.maxLength < sampleUuid.length) return false;
  if (typeof schema.minLength === 'number' && schema.minLength > sampleUuid.length) return false;
  if (typeof schema.pattern === 'string') return patternFits(schema.pattern);
  return schema.format === undefined || schema.format === 'string';
}

/**
 * Tries the pattern. A group that repeats is taken as no fit instead of tried: backtracking on a hostile description
 * could take for ever.
 */
function patternFits(pattern: string): boolean {
  if (pattern.length > 200 || /\)[*+{]/.test(pattern)) return /\{8\}-?.*\{12\}/.test(pattern);
  try {
    return new RegExp(pattern, 'u').test(sampleUuid);
  } catch {
    return false;
  }
}

function isScalar(shape: Shape): boolean {
  return shape.type !== 'object' && shape.type !== 'array';
}
