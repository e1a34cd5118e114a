/**
 * Checks that were compiled before the server was started (`emit/validators`), so that neither a schema is compiled nor
 * ajv loaded while it runs.
 *
 * They are found by the text of the schema, and used only where the text of all definitions is the one that they were
 * compiled with: no mistake can pick the check of another schema. What is not found is compiled as ever.
 */
import { createHash } from 'node:crypto';
import equal from 'ajv/dist/runtime/equal.js';
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { compilePattern } from '../../guarded-pattern.ts';
import { createWorkBudget, type WorkBudget } from '../../guarded-schema.ts';
import type { JsonSchema } from '../../model/description.ts';
import type { ApiModel } from '../../model/types.ts';
import { absolute } from './absolute.ts';
import { type Check, type CheckFunction, checkWith } from './check.ts';
import type { CheckedModel } from './compiler.ts';
import { hasLeastOctets, hasMostOctets } from './octets.ts';
import { generatedIds } from './one-sided.ts';
import type { Purpose } from './purpose.ts';

/** What `emit/validators` writes. */
export interface ChecksAhead {
  /** `digestOfDefinitions` of the model. */
  readonly definitions: string;
  load(): Promise<Readonly<Record<Purpose, LinkChecks>>>;
}

/** Makes the functions of one purpose. */
export type LinkChecks = (library: CheckLibrary) => LinkedChecks;

export interface LinkedChecks {
  /** By `digestOfSchema` of what the runtime asks for. */
  readonly schemas: ReadonlyMap<string, CheckFunction>;
  /** By `digestOfSchema` of a member of a union, as it stands in the error that tells of it. */
  readonly members: ReadonlyMap<string, CheckFunction>;
}

/** All that generated functions need, under the names that they call it by. They import nothing. */
export interface CheckLibrary {
  readonly equal: typeof equal.default;
  readonly ucs2length: typeof ucs2length.default;
  readonly hasOwnProperty: (name: string) => boolean;
  readonly compilePattern: typeof compilePattern;
  readonly formats: Readonly<Record<string, unknown>>;
  readonly hasLeastOctets: typeof hasLeastOctets;
  readonly hasMostOctets: typeof hasMostOctets;
  readonly visit: () => boolean;
}

export function checkLibrary(budget: WorkBudget): CheckLibrary {
  return {
    equal: equal.default,
    ucs2length: ucs2length.default,
    hasOwnProperty: Object.prototype.hasOwnProperty,
    compilePattern,
    formats: fullFormats,
    hasLeastOctets,
    hasMostOctets,
    visit: budget.visit,
  };
}

/** The check for a schema, if there is one. */
export type FindCheck = (purpose: Purpose, schema: JsonSchema) => Check | undefined;

/** `undefined`: they were compiled for another model. */
export async function loadAhead(ahead: ChecksAhead, model: CheckedModel): Promise<FindCheck | undefined> {
  if (ahead.definitions !== digestOfDefinitions(model)) return undefined;
  const links = await ahead.load();
  const linked = new Map<Purpose, LinkedChecks & { readonly budget: WorkBudget }>();
  return (purpose, schema) => {
    let checks = linked.get(purpose);
    if (checks === undefined) {
      const budget = createWorkBudget();
      checks = { ...links[purpose](checkLibrary(budget)), budget };
      linked.set(purpose, checks);
    }
    const { schemas, members, budget } = checks;
    const validate = schemas.get(digestOfSchema(schema));
    if (validate === undefined) return undefined;
    const ofMember = (member: object): CheckFunction => {
      const known = members.get(digestOfSchema(absolute({ ...member })));
      if (known === undefined) throw new TypeError('a member of a union was not compiled ahead');
      return known;
    };
    return checkWith({ validate, ofMember, budget });
  };
}

/** Of what all checks of a model share: its definitions, and which ids clients need not send. */
export function digestOfDefinitions({ $defs, resources }: Pick<ApiModel, '$defs' | 'resources'>): string {
  return digestOf([$defs, [...generatedIds(resources)]]);
}

/** The order of properties counts: violations are told in it. */
export function digestOfSchema(schema: JsonSchema): string {
  return digestOf(schema);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
