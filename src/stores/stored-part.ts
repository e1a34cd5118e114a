import type { Resource } from '../model/types.ts';

/** A resource without what no store needs, and may be large. */
export function storedPart(resource: Resource): Resource {
  return { ...resource, schema: true, seeds: [] };
}
