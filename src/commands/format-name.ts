import type { Format } from '../model/description.ts';

/** Formats as people write them. */
export const formatName = {
  'raml-0.8': 'RAML 0.8',
  'raml-1.0': 'RAML 1.0',
  'openapi-3.0': 'OpenAPI 3.0',
  'openapi-3.1': 'OpenAPI 3.1',
  'json-schema': 'JSON Schema',
} as const satisfies Record<Format, string>;
