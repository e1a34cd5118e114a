import { createRequire } from 'node:module';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import { compilePattern } from '../../guarded-pattern.ts';
import { guardWork, type WorkBudget } from '../../guarded-schema.ts';
import type { JsonSchema } from '../../model/description.ts';
import { isRecord } from '../../model/schema.ts';
import type { ApiModel } from '../../model/types.ts';
import { absolute, modelUri } from './absolute.ts';
import { pickByDiscriminator, pickWithin } from './discriminator.ts';
import { findByPattern, namesInherited } from './inherited-names.ts';
import { octetKeywords } from './octets.ts';
import { relax, requestDefinitions, responseDefinitions } from './one-sided.ts';
import { type Purpose, purposes } from './purpose.ts';

/** What of a model decides what its checks are. */
export type CheckedModel = Pick<ApiModel, '$defs' | 'paths' | 'resources'>;

/** Ajv, which costs more to load than everything else at start. */
export interface AjvPackages {
  readonly Ajv2020: typeof Ajv2020;
  readonly addFormats: (ajv: Ajv2020) => unknown;
}

export async function importAjv(): Promise<AjvPackages> {
  const [{ Ajv2020 }, { default: formats }] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')]);
  return { Ajv2020, addFormats: formats.default };
}

/** The same at once, for a check that nobody expected to be asked for. */
export function requireAjv(): AjvPackages {
  const require = createRequire(import.meta.url);
  const { Ajv2020 }: AjvPackages = require('ajv/dist/2020.js');
  const { default: addFormats }: { default: AjvPackages['addFormats'] } = require('ajv-formats');
  return { Ajv2020, addFormats };
}

/** Makes functions of schemas, for one purpose. */
export interface Compiler {
  readonly budget: WorkBudget;
  /** Throws whatever ajv throws for a schema that cannot be used. */
  compile(schema: JsonSchema): ValidateFunction;
  /** Of a union in what was compiled: prepared already. */
  compileMember(member: object): ValidateFunction;
}

/**
 * `source`: functions keep the text that they were made from.
 */
export function createCompiler(
  model: CheckedModel,
  purpose: Purpose,
  { Ajv2020, addFormats }: AjvPackages,
  { source = false }: { readonly source?: boolean } = {},
): Compiler {
  const { side, ...special } = purposes[purpose];
  const { $defs } = model;
  const ownProperties = namesInherited([$defs, model.paths]);
  const code = source ? { ...options.code, source, lines: true } : options.code;
  const ajv = new Ajv2020({ ...options, ...special, ownProperties, code });
  addFormats(ajv);
  // `format: constructor` names no format, but something that every object inherits.
  Object.setPrototypeOf(ajv.formats, null);
  // Of draft 4, where it named the schema; to ajv it is a mistake that it throws for.
  ajv.removeKeyword('id');
  for (const keyword of octetKeywords) ajv.addKeyword(keyword);
  const relaxed = side === 'readOnly' ? requestDefinitions($defs, model.resources) : responseDefinitions($defs);
  const picked = pickByDiscriminator(relaxed);
  const guard = guardWork(ajv, ownProperties ? mapped(picked, findByPattern) : picked);
  ajv.addSchema({ $id: modelUri, $defs: guard.definitions });
  return {
    budget: guard,
    compile(schema) {
      const chosen = pickWithin(relax(schema, $defs, side), $defs);
      const prepared = ownProperties ? findByPattern(chosen) : chosen;
      return ajv.compile(isRecord(prepared) ? absolute(prepared) : prepared);
    },
    compileMember: (member) => ajv.compile(absolute({ ...member })),
  };
}

const options = {
  strict: false,
  validateSchema: false,
  verbose: true,
  // Readers have told of unknown keywords and formats already.
  logger: false,
  code: { regExp: Object.assign(compilePattern, { code: 'compilePattern' }) },
} as const;

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
