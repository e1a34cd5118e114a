import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Violation } from '../../errors.ts';
import { compilePattern } from '../../guarded-pattern.ts';
import { guardWork, type WorkGuard } from '../../guarded-schema.ts';
import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, isRecord, isSchema } from '../../model/schema.ts';
import type { ApiModel } from '../../model/types.ts';
import { once } from '../once.ts';
import { pickByDiscriminator, pickWithin } from './discriminator.ts';
import { findByPattern, namesInherited } from './inherited-names.ts';
import { type CheckMember, nearestOnly } from './nearest.ts';
import { octetKeywords } from './octets.ts';
import { relax, requestDefinitions, responseDefinitions } from './one-sided.ts';
import { UnusableSchema } from './unusable-schema.ts';
import { toViolations } from './violations.ts';

/** All violations of a value; applies defaults to it. Pointers are relative to the value. */
export type Check = (value: unknown) => readonly Violation[];

/**
 * Checks of one model. Each schema is compiled when it is first asked for, which takes milliseconds. For a schema that
 * cannot be used, `request` and `response` throw `UnusableSchema`, or their checks do.
 */
export interface Validator {
  /**
   * As a client may send it: `readOnly` properties need not be there. Fills in defaults.
   * `first` stops at the first violation: half a million of them would keep everybody else waiting.
   */
  request(schema: JsonSchema, report?: 'all' | 'first'): Check;
  /** As the server must send it: `writeOnly` properties need not be there. Changes nothing. */
  response(schema: JsonSchema): Check;
  /** Whether a value is fit for an answer. Never throws: nothing is known to fit a schema that cannot be used. */
  accepts(schema: JsonSchema, value: unknown): boolean;
}

/** Loads ajv, which costs more than everything else at start, and so is done for the first request that needs it. */
export async function loadValidator(model: Pick<ApiModel, '$defs' | 'paths' | 'resources'>): Promise<Validator> {
  const [{ Ajv2020 }, { default: formats }] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')]);
  const ownProperties = namesInherited([model.$defs, model.paths]);
  const create = (definitions: Definitions, special: { useDefaults: boolean; allErrors: boolean }): Compiler => {
    const ajv = new Ajv2020({ ...options, ...special, ownProperties });
    formats.default(ajv);
    // Of draft 4, where it named the schema; to ajv it is a mistake that it throws for.
    ajv.removeKeyword('id');
    for (const keyword of octetKeywords) ajv.addKeyword(keyword);
    const picked = pickByDiscriminator(definitions);
    const guard = guardWork(ajv, ownProperties ? mapped(picked, findByPattern) : picked);
    ajv.addSchema({ $id: root, $defs: guard.definitions });
    return { ajv, guard };
  };
  const prepare = (schema: JsonSchema, side: 'readOnly' | 'writeOnly'): JsonSchema => {
    const relaxed = relax(schema, model.$defs, side);
    const picked = pickWithin(relaxed, model.$defs);
    return ownProperties ? findByPattern(picked) : picked;
  };
  const ofRequests = memoize((schema: JsonSchema, compiler: Compiler) =>
    compile(compiler, prepare(schema, 'readOnly')),
  );
  const ofResponses = memoize((schema: JsonSchema, compiler: Compiler) =>
    compile(compiler, prepare(schema, 'writeOnly')),
  );
  const ofLargeRequests = memoize((schema: JsonSchema, compiler: Compiler) =>
    compile(compiler, prepare(schema, 'readOnly')),
  );
  const forRequests = once(() => requestDefinitions(model.$defs, model.resources));
  const requests = once(() => create(forRequests(), { useDefaults: true, allErrors: true }));
  const largeRequests = once(() => create(forRequests(), { useDefaults: true, allErrors: false }));
  const responses = once(() => create(responseDefinitions(model.$defs), { useDefaults: false, allErrors: true }));
  const validator: Validator = {
    request: (schema, report = 'all') =>
      report === 'all' ? ofRequests(schema, requests) : ofLargeRequests(schema, largeRequests),
    response: (schema) => ofResponses(schema, responses),
    accepts(schema, value) {
      try {
        return validator.response(schema)(value).length === 0;
      } catch (thrown) {
        if (thrown instanceof UnusableSchema) return false;
        throw thrown;
      }
    },
  };
  return validator;
}

const root = 'urn:cartouche:model';

const options = {
  strict: false,
  validateSchema: false,
  verbose: true,
  // Readers have told of unknown keywords and formats already.
  logger: false,
  code: { regExp: Object.assign(compilePattern, { code: 'compilePattern' }) },
} as const;

interface Compiler {
  readonly ajv: Ajv2020;
  readonly guard: WorkGuard;
}

function compile({ ajv, guard }: Compiler, schema: JsonSchema): Check {
  const validate: ValidateFunction = ajv.compile(isRecord(schema) ? absolute(schema) : schema);
  const members = new WeakMap<object, ValidateFunction>();
  const checkMember: CheckMember = (member, value) => {
    const checkIt = members.get(member) ?? ajv.compile(absolute({ ...member }));
    members.set(member, checkIt);
    return checkIt(value) ? [] : (checkIt.errors ?? []);
  };
  const check = (value: unknown): readonly Violation[] => {
    if (validate(value)) return none;
    return toViolations(nearestOnly(validate.errors ?? [], checkMember), knownProperties);
  };
  return (value) => {
    try {
      return guard.within(value, () => check(value)) ?? tooDeep;
    } catch (thrown) {
      // No value is nested deeply enough for it: the schema leads back to itself for the same value.
      if (thrown instanceof RangeError) throw new UnusableSchema(thrown);
      throw thrown;
    }
  };
}

const none: readonly Violation[] = [];
const tooDeep: readonly Violation[] = [
  {
    pointer: '',
    message: 'nests too deeply to be checked: at each level of it several forms are possible; nest it less deeply',
  },
];

type Make = (schema: JsonSchema, compiler: Compiler) => Check;

/** Makes each check once, or finds out once that it cannot be made. */
function memoize(make: Make): (schema: JsonSchema, compiler: () => Compiler) => Check {
  const known = new Map<JsonSchema, Check | UnusableSchema>();
  return (schema, compiler) => {
    const check = known.get(schema) ?? attempt(() => make(schema, compiler()));
    known.set(schema, check);
    if (check instanceof UnusableSchema) throw check;
    return check;
  };
}

/** Readers tell of what they know to be wrong; what ajv throws for beyond that is met here. */
function attempt(make: () => Check): Check | UnusableSchema {
  try {
    return make();
  } catch (cause) {
    return new UnusableSchema(cause);
  }
}

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** `#/$defs/Book` means the model's definitions, wherever the schema that says so is compiled. */
function absolute(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === '$ref' && typeof value === 'string' && value.startsWith('#/')) return [keyword, root + value];
      if (LITERAL.has(keyword)) return [keyword, value];
      // The keys below are names of somebody's own: a property may be called "default".
      if (BY_NAME.has(keyword) && isRecord(value)) return [keyword, mapped(value, absoluteValue)];
      return [keyword, absoluteValue(value)];
    }),
  );
}

/** Behind these stand values, not schemas: `{ "$ref": "#/a" }` in an `enum` is what a client sends. */
const LITERAL: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'example', 'examples']);
const BY_NAME: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

function absoluteValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absoluteValue);
  return isRecord(value) ? absolute(value) : value;
}

/** With `verbose`, ajv hands over the schema object that holds the failing keyword. */
function knownProperties({ parentSchema }: ErrorObject): readonly string[] {
  const properties: unknown = parentSchema?.properties;
  return isRecord(properties) ? Object.keys(properties).filter((name) => isSchema(properties[name])) : [];
}
