export type ChangeSeverity = 'breaking' | 'safe';

export interface ChangeKind {
  readonly severity: ChangeSeverity;
  readonly title: string;
  /** What it means for clients of the old description. */
  readonly impact: string;
  /** What to do about it; absent where nothing need be done. */
  readonly advice?: string;
}

export const keepOld = 'keep the old one beside it, deprecated, until nobody asks for it any more';
export const announce = 'tell clients before it is served, or serve it as a new version';
