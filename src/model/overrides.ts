/**
 * What the author says to overrule an inference: `x-cartouche` in OpenAPI and JSON Schemas, `(cartouche)` or
 * `x-cartouche` in RAML. `docs/inference.md` lists the keys; any other key is a finding of `checkModel`.
 */
import type { Extension, JsonSchema } from './description.ts';
import { isRecord } from './schema.ts';

/** On a schema. */
export interface SchemaOverrides {
  /** Name of the resource that stores documents of this schema. */
  readonly resource?: string;
  /** The property that is the id. */
  readonly id?: string;
  readonly generate?: 'uuid' | 'sequence' | 'none';
  readonly clientMayChoose?: boolean;
  readonly scope?: 'global' | 'parent';
}

/** On a property of a schema. */
export interface PropertyOverrides {
  readonly id?: boolean;
  readonly unique?: boolean;
  readonly indexed?: boolean;
  readonly text?: boolean;
  readonly secret?: boolean;
  /** The resource whose id this property holds. */
  readonly parent?: string;
  /** The server fills it with the time of the creation, or of each write; `none`: it does not. */
  readonly timestamp?: (typeof saidMoments)[number];
}

export const saidMoments = ['created', 'updated', 'none'] as const;

/** On a path. */
export interface PathOverrides {
  /** Name of the resource that this path leads to. */
  readonly resource?: string;
  readonly kind?: PathKind;
}

export const pathKinds = ['collection', 'item', 'singleton', 'attribute', 'none'] as const;
export type PathKind = (typeof pathKinds)[number];

/** What may be said of an operation; whatever else it could be follows from its path and method. */
export const saidActions = ['sample', 'create', 'update', 'replace', 'upsert'] as const;
export type SaidAction = (typeof saidActions)[number];

/** On an operation. */
export interface OperationOverrides {
  readonly action?: SaidAction;
  /** Where the array of a list answer is: `/result/books`. */
  readonly items?: string;
  /** Meanings of properties of the list answer: `{ "/info/n": "total" }`. */
  readonly slots?: Readonly<Record<string, unknown>>;
  /** Where the document is in a body: `/data`; `''` where the body is the document. */
  readonly document?: string;
}

/** On a parameter. */
export interface ParameterOverrides {
  /** A meaning of `Control`. */
  readonly control?: string;
  /** The field that it filters. */
  readonly filter?: string;
  readonly operator?: string;
}

/** Every key that may stand in an override, by the place it stands at. */
export const overrideKeys = {
  schema: ['resource', 'id', 'generate', 'clientMayChoose', 'scope'],
  property: ['id', 'unique', 'indexed', 'text', 'secret', 'parent', 'timestamp'],
  path: ['resource', 'kind'],
  operation: ['action', 'items', 'slots', 'document'],
  parameter: ['control', 'filter', 'operator'],
} as const;

export type OverridePlace = keyof typeof overrideKeys;

/** As readers write it: an `x-…` key, or a RAML annotation with or without its parentheses. */
const names: ReadonlySet<string> = new Set(['x-cartouche', '(cartouche)', 'cartouche', '(x-cartouche)']);

/** The raw override among extensions, if there is one. */
export function overrideIn(extensions: readonly Extension[]): Readonly<Record<string, unknown>> | undefined {
  if (extensions.length === 0) return undefined;
  const value = extensions.find(({ name }) => names.has(name))?.value;
  return isRecord(value) ? value : undefined;
}

/** The raw override in a schema: the keyword `x-cartouche`, or `(cartouche)` of a RAML type. */
export function overrideOf(schema: JsonSchema | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(schema)) return undefined;
  const value = schema['x-cartouche'] ?? schema['(cartouche)'];
  return isRecord(value) ? value : undefined;
}

export function schemaOverrides(schema: JsonSchema | undefined): SchemaOverrides {
  const raw = overrideOf(schema);
  if (raw === undefined) return nothing;
  return {
    ...text('resource', raw),
    ...text('id', raw),
    ...oneOf('generate', raw, ['uuid', 'sequence', 'none']),
    ...flag('clientMayChoose', raw),
    ...oneOf('scope', raw, ['global', 'parent']),
  };
}

export function propertyOverrides(schema: JsonSchema | undefined): PropertyOverrides {
  const raw = overrideOf(schema);
  const older = isRecord(schema) && schema['x-unique'] === true ? { unique: true } : nothing;
  if (raw === undefined) return older;
  return {
    ...older,
    ...flag('id', raw),
    ...flag('unique', raw),
    ...flag('indexed', raw),
    ...flag('text', raw),
    ...flag('secret', raw),
    ...text('parent', raw),
    ...oneOf('timestamp', raw, saidMoments),
  };
}

export function pathOverrides(extensions: readonly Extension[]): PathOverrides {
  const raw = overrideIn(extensions);
  return raw === undefined ? nothing : { ...text('resource', raw), ...oneOf('kind', raw, pathKinds) };
}

export function operationOverrides(extensions: readonly Extension[]): OperationOverrides {
  const raw = overrideIn(extensions);
  if (raw === undefined) return nothing;
  return {
    ...oneOf('action', raw, saidActions),
    ...text('items', raw),
    ...(isRecord(raw.slots) && { slots: raw.slots }),
    ...(typeof raw.document === 'string' && { document: raw.document }),
  };
}

export function parameterOverrides(extensions: readonly Extension[]): ParameterOverrides {
  const raw = overrideIn(extensions);
  return raw === undefined ? nothing : { ...text('control', raw), ...text('filter', raw), ...text('operator', raw) };
}

/** What most authors say. */
const nothing = {};

type Raw = Readonly<Record<string, unknown>>;

function text<Key extends string>(key: Key, raw: Raw): { readonly [K in Key]?: string } {
  const value = raw[key];
  return typeof value === 'string' && value !== '' ? pick(key, value) : {};
}

function flag<Key extends string>(key: Key, raw: Raw): { readonly [K in Key]?: boolean } {
  const value = raw[key];
  return typeof value === 'boolean' ? pick(key, value) : {};
}

function oneOf<Key extends string, const Value extends string>(
  key: Key,
  raw: Raw,
  values: readonly Value[],
): { readonly [K in Key]?: Value } {
  const value = values.find((candidate) => candidate === raw[key]);
  return value === undefined ? {} : pick(key, value);
}

function pick<Key extends string, Value>(key: Key, value: Value): { readonly [K in Key]?: Value } {
  const result: { [K in Key]?: Value } = {};
  result[key] = value;
  return result;
}
