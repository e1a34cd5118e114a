import type { SchemaObject } from '../model/description.ts';
import { isRecord } from '../model/schema.ts';

/**
 * What a schema itself offers, best first: `example`, `examples`, `default`. RAML's and OpenAPI's named examples
 * (`{name: {value}}`) count by their values.
 */
export function examplesOf(
  { example, examples, default: fallback }: SchemaObject,
  wanted: boolean,
): readonly unknown[] {
  if (!wanted) return [];
  const candidates = [example, ...listed(examples), fallback];
  return candidates.filter((candidate) => candidate !== undefined);
}

function listed(examples: unknown): readonly unknown[] {
  if (Array.isArray(examples)) return examples;
  if (!isRecord(examples)) return [];
  return Object.values(examples).map((entry) => (isRecord(entry) && 'value' in entry ? entry.value : entry));
}
