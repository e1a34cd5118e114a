import type { Position } from '../../model/description.ts';
import type { Loss } from '../loss.ts';

/** Takes down what RAML cannot say, in the order in which the document is made. */
export interface Report {
  readonly losses: readonly Loss[];
  lost(message: string, at: Position): void;
  changed(message: string, at: Position): void;
}

export function newReport(): Report {
  const losses: Loss[] = [];
  return {
    losses,
    lost: (message, at) => void losses.push({ kind: 'lost', message, at }),
    changed: (message, at) => void losses.push({ kind: 'changed', message, at }),
  };
}
