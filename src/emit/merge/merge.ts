import { mergeJson } from './json.ts';
import { mergeLines } from './lines.ts';
import { mergeYaml } from './yaml.ts';

/** What a file was when it was last emitted, what the user made of it, and what would be emitted now. */
export interface ThreeWay {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** A place that both sides changed, differently. */
export interface MergeConflict {
  /** `scripts.test` in a structured file, `lines 12-15` of the user's file in any other. */
  readonly place: string;
  /** Both sides as text; `undefined`: deleted. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

export interface Merge {
  /** The merged text; where there is a conflict, with the user's side in it. */
  readonly text: string;
  readonly conflicts: readonly MergeConflict[];
  /** The merged text with conflict markers, for files that are lines. Absent without conflicts, and for JSON and YAML. */
  readonly marked?: string;
}

/**
 * Merges what changed between `base` and `theirs` into `ours`: JSON and YAML by structure, because two added scripts in
 * a package.json are no conflict though their lines touch; everything else by lines.
 *
 * @example
 * merge('package.json', { base: '{"a":1}', ours: '{"a":1,"b":2}', theirs: '{"a":3}' }).text // {"a":3,"b":2}
 */
export function merge(path: string, files: ThreeWay): Merge {
  const { base, ours, theirs } = files;
  if (ours === theirs || base === theirs) return { text: ours, conflicts: [] };
  if (base === ours) return { text: theirs, conflicts: [] };
  if (/\.json$/.test(path)) return mergeJson(files) ?? mergeLines(files);
  if (/\.ya?ml$/.test(path)) return mergeYaml(files) ?? mergeLines(files);
  return mergeLines(files);
}
