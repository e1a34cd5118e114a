/**
 * Tables of what a specification offers: a small description for each feature, and what must be read from it.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiDescription, MediaType, Operation, Parameter, PathItem } from '../../../src/model/description.ts';
import { type Files, readText, told } from './helpers.ts';

export interface Feature {
  /** The description, without its first line and title. */
  readonly raml: string;
  /** The first line, if it is not that of an API. */
  readonly head?: string;
  /** Files beside it. */
  readonly beside?: Files;
  /** What is looked at. */
  readonly read: (api: ApiDescription) => unknown;
  readonly gives: unknown;
  /** `severity code file:line:column message (hint)` of each finding. Default: none. */
  readonly found?: readonly string[];
}

/** `version` is that of RAML. */
export function testFeatures(version: string, area: string, features: Readonly<Record<string, Feature>>): void {
  describe(`RAML ${version}: ${area}`, () => {
    for (const [name, { raml, head, beside, read, gives, found = [] }] of Object.entries(features)) {
      it(name, async () => {
        const { description, diagnostics } = await readText(
          `${head ?? `#%RAML ${version}\ntitle: T`}\n${raml}`,
          beside,
        );
        assert.deepEqual(diagnostics.map(told), found);
        assert.ok(description);
        assert.deepEqual(plain(read(description)), plain(gives));
      });
    }
  });
}

export interface TypeFeature {
  /** `types`, indented by two; the last one is looked at. */
  readonly types: string;
  /** What stands above `types`. */
  readonly above?: string;
  readonly beside?: Files;
  readonly accepts: readonly unknown[];
  readonly refuses: readonly unknown[];
  /** The whole schema, where more matters than what it accepts. */
  readonly schema?: unknown;
  readonly found?: readonly string[];
}

/** Types of RAML 1.0: what the last one accepts and refuses. */
export function testTypes(area: string, features: Readonly<Record<string, TypeFeature>>): void {
  describe(`RAML 1.0: ${area}`, () => {
    for (const [name, { types, above = '', beside, accepts, refuses, schema, found = [] }] of Object.entries(
      features,
    )) {
      it(name, async () => {
        const text = `#%RAML 1.0\ntitle: T\n${above}types:\n${types}`;
        const { description, diagnostics } = await readText(text, beside);
        assert.deepEqual(diagnostics.map(told), found);
        assert.ok(description);
        const last = [...types.matchAll(/^ {2}(\S+?):/gm)].at(-1)?.[1] ?? '';
        if (schema !== undefined) assert.deepEqual(plain(description.$defs[last]), schema);
        const validate = validatorOf(description, last);
        for (const value of accepts) assert.ok(validate(value), `accepts ${JSON.stringify(value)}`);
        for (const value of refuses) assert.ok(!validate(value), `refuses ${JSON.stringify(value)}`);
      });
    }
  });
}

/** Without prototypes and `undefined`, which mean nothing in a description. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

export function validatorOf({ $defs }: ApiDescription, type: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, logger: false });
  addFormats.default(ajv);
  ajv.removeKeyword('id');
  return ajv.compile({ $defs: { ...$defs }, $ref: `#/$defs/${type}` });
}

export function pathOf({ paths }: ApiDescription, path: string): PathItem {
  const found = paths.find((item) => item.path === path);
  return found ?? assert.fail(`no path ${path} among ${paths.map((item) => item.path)}`);
}

/** @example operationOf(api, 'get /a') */
export function operationOf(api: ApiDescription, id: string): Operation {
  const found = api.paths.flatMap(({ operations }) => operations).find((operation) => operation.id === id);
  return found ?? assert.fail(`no operation ${id}`);
}

/** The bodies of the request, by media type. */
export function requestOf(api: ApiDescription, id: string): readonly MediaType[] {
  return operationOf(api, id).requestBody?.content ?? [];
}

/** The bodies of a response, by media type. */
export function responseOf(api: ApiDescription, id: string, status = '200'): readonly MediaType[] {
  return operationOf(api, id).responses.find((response) => response.status === status)?.content ?? [];
}

/** Name, and schema, of parameters; `?` behind the name of one that may be absent. */
export function schemasOf(parameters: readonly Parameter[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(parameters.map(({ name, required, schema }) => [`${name}${required ? '' : '?'}`, schema]));
}
