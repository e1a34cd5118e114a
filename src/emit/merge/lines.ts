import { diff3Merge } from 'node-diff3';
import type { Merge, MergeConflict, ThreeWay } from './merge.ts';

/**
 * Merges by lines, as `git merge-file --diff3` does: what is changed on one side alone is taken, what is changed on both
 * sides alike is taken once, everything else is a conflict.
 */
export function mergeLines({ base, ours, theirs }: ThreeWay): Merge {
  // Users' editors may have changed all line ends, which is no change of any line.
  const lineEnd = ours.includes('\r\n') ? '\r\n' : '\n';
  const [oursLines, baseLines, theirsLines] = [ours, base, theirs].map(linesOf);
  const regions = diff3Merge(oursLines ?? [], baseLines ?? [], theirsLines ?? [], { excludeFalseConflicts: true });
  const clean: string[] = [];
  const marked: string[] = [];
  const conflicts: MergeConflict[] = [];
  for (const region of regions) {
    if (region.ok) {
      clean.push(...region.ok);
      marked.push(...region.ok);
    } else if (region.conflict) {
      const { a, o, b } = region.conflict;
      conflicts.push({ place: placeOf(region.conflict.aIndex, a.length), ours: a.join('\n'), theirs: b.join('\n') });
      clean.push(...a);
      marked.push('<<<<<<< yours', ...a, '||||||| emitted before', ...o, '=======', ...b, '>>>>>>> emitted now');
    }
  }
  const text = clean.join(lineEnd);
  return conflicts.length === 0 ? { text, conflicts } : { text, conflicts, marked: marked.join(lineEnd) };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

/** Lines of the user's file, counted from 1. */
function placeOf(index: number, length: number): string {
  return length < 2 ? `line ${index + 1}` : `lines ${index + 1}-${index + length}`;
}
