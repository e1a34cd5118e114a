/**
 * What happens to a file of an emitted project when the project is emitted again.
 *
 * - `generated`: written anew each time; whoever edits it is told to put the edit elsewhere.
 * - `owned`: written once, the user's from then on.
 * - `merged`: the user's edits and ours are merged, from what was emitted last.
 */
export type FileClass = 'generated' | 'owned' | 'merged';

/** One file of a project, as it is emitted. */
export interface ProjectFile {
  /** Below the project's folder, with `/`. */
  readonly path: string;
  readonly class: FileClass;
  /** UTF-8, lines end in `\n`. */
  readonly text: string;
}
