import type { Paint } from '../../diagnostics/render.ts';
import type { Emission } from '../../emit/emit-again.ts';
import type { Step } from '../../emit/plan.ts';
import { printable } from '../../printable.ts';
import { counted } from '../columns.ts';
import { jsonLine } from '../json-line.ts';

export interface Told {
  readonly out: string;
  readonly emission: Emission;
  readonly dryRun: boolean;
  readonly isFirst: boolean;
}

/** What was done, for programs: one line. */
export function emissionData({ out, emission: { steps, stopped }, dryRun }: Told): string {
  const files = steps.filter(({ kind }) => kind !== 'same').map(({ kind, path }) => ({ path, step: kind }));
  return jsonLine('emitted', { out, written: !dryRun && !stopped, stopped, files });
}

/** What was done, for people: what is new, what needs them, and how to go on. */
export function emissionText({ out, emission: { steps, stopped }, dryRun, isFirst }: Told, paint: Paint): string {
  const shown = printable(out);
  if (stopped) return stoppedText(shown, steps);
  const done = [
    said(steps, ['add'], dryRun ? 'would be added' : 'added'),
    said(steps, ['update'], dryRun ? 'would be changed' : 'changed'),
    said(steps, ['merge'], dryRun ? 'would be merged with your edits' : 'merged with your edits'),
    said(steps, ['delete', 'prune'], dryRun ? 'would be removed' : 'removed'),
    said(steps, ['conflict'], dryRun ? 'would conflict with your edits' : 'in conflict with your edits'),
  ].filter((text) => text !== undefined);
  const summary = done.length === 0 ? `${shown} is up to date.` : `${shown}: ${done.join(', ')}.`;
  return [
    paint('bold', summary),
    ...(isFirst ? [] : listed('', steps, ['add', 'update', 'merge', 'delete', 'prune'])),
    ...conflictLines(steps),
    ...listed('Not emitted any more, and kept, since they may be your work (--prune moves them aside):', steps, [
      'orphan',
    ]),
    ...(isFirst && !dryRun ? firstSteps(shown) : []),
  ].join('\n');
}

function stoppedText(out: string, steps: readonly Step[]): string {
  return [
    `Nothing was written to ${out}.`,
    ...listed('Generated files that were edited:', steps, ['edited']),
    ...listed('Files that Cartouche did not write, where it would write its own:', steps, ['occupied']),
    '',
    'Move the edits (code belongs into src/handlers), or choose:',
    '  --conflict ours     keep these files as they are',
    '  --conflict theirs   write them anew; what was edited is kept in .cartouche/aside',
  ].join('\n');
}

function conflictLines(steps: readonly Step[]): readonly string[] {
  const conflicts = steps.filter((step) => step.kind === 'conflict');
  if (conflicts.length === 0) return [];
  return [
    '',
    'You and Cartouche changed the same thing:',
    ...conflicts.flatMap(({ path, rejected, conflicts: places }) => [
      `  ${printable(path)}${rejected === undefined ? '' : ` (what did not fit is in ${printable(path)}.rej)`}`,
      ...places.map(({ place }) => `    ${printable(place)}`),
    ]),
  ];
}

function firstSteps(out: string): readonly string[] {
  return [
    '',
    'Yours: src/handlers (code beside each operation), and what stands around src, with src/main.ts, src/service.ts',
    'and src/config.ts. Cartouche merges your edits when it emits again; all else in src it writes anew.',
    '',
    'Start it:',
    `  cd ${out}`,
    '  npm install',
    '  npm run dev',
  ];
}

/** At most so many paths are named. */
const MOST_NAMED = 20;

function listed(heading: string, steps: readonly Step[], kinds: readonly Step['kind'][]): readonly string[] {
  const paths = steps.filter(({ kind }) => kinds.includes(kind));
  if (paths.length === 0) return [];
  const named = paths.slice(0, MOST_NAMED).map(({ kind, path }) => `  ${SIGNS[kind] ?? ''}${printable(path)}`);
  const more = paths.length > MOST_NAMED ? [`  … and ${counted(paths.length - MOST_NAMED, 'more file')}`] : [];
  return [...(heading === '' ? [] : ['', heading]), ...named, ...more];
}

const SIGNS: Partial<Record<Step['kind'], string>> = {
  add: '+ ',
  update: '~ ',
  merge: '~ ',
  delete: '- ',
  prune: '- ',
};

function said(steps: readonly Step[], kinds: readonly Step['kind'][], what: string): string | undefined {
  const count = steps.filter(({ kind }) => kinds.includes(kind)).length;
  return count === 0 ? undefined : `${counted(count, 'file')} ${what}`;
}
