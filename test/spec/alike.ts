/** What one format says and the other cannot: places, names of formats, traits, and the prose OpenAPI asks for. */
const UNLIKE = new Set(['at', 'schemaPositions', 'format', 'file', 'mediaTypes', 'traits']);

/** A model without what cannot be alike in descriptions of different formats. */
export function alike(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (UNLIKE.has(key)) return undefined;
      return key === 'responses' && Array.isArray(inner) ? inner.map(({ description: _, ...rest }) => rest) : inner;
    }),
  );
}
