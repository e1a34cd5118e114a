/**
 * From a description to a model: which resources there are, what each operation does, and what was concluded on the way.
 *
 * 1. all paths as one tree (`paths.ts`), 2. the evidence of each place (`evidence.ts`), 3. its role (`roles.ts`),
 * 4. places of one kind gathered (`groups.ts`), 5. resources (`resources.ts`), 6. operations bound (`bindings.ts`).
 */

import { bindingsOf } from './bindings.ts';
import type { ApiDescription } from './description.ts';
import { groupsOf } from './groups.ts';
import { inferencesOf } from './inferences.ts';
import { namesOf } from './naming.ts';
import { pathTree } from './paths.ts';
import { draftsOf } from './resources.ts';
import { rolesOf } from './roles.ts';
import type { ApiModel } from './types.ts';

/**
 * Understands a description. Pure; costs time linear in its size. The description wins, evidence comes second, and
 * every conclusion is among `inferences`.
 */
export function buildModel(description: ApiDescription): ApiModel {
  const places = rolesOf(pathTree(description.paths), description.$defs);
  const groups = groupsOf(places, description.$defs);
  const names = namesOf(groups.all);
  const drafts = draftsOf(description, groups, names);
  const bindings = bindingsOf(description, places, groups, drafts, names);
  const used = new Set(bindings.flatMap(({ action }) => ('resource' in action ? [action.resource] : [])));
  const kept = drafts.all.filter(({ resource }) => used.has(resource.name));
  return {
    ...description,
    resources: kept.map(({ resource }) => resource),
    bindings,
    inferences: inferencesOf(kept, bindings, description),
  };
}
