import { basename } from 'node:path';
import type { Applying, Migrated, MigratedResource } from '../migrate/apply.ts';
import type { Judged } from '../migrate/fit.ts';
import { type MigrationPlan, stepsOf } from '../migrate/migration.ts';
import { type Choices, type Described, planMigration } from '../migrate/plan.ts';
import type { ApiModel, Resource } from '../model/types.ts';
import { printable } from '../printable.ts';
import type { Store, StoreContents, StoreSchema } from '../stores/contract.ts';
import { isCopyNote } from '../stores/copy-note.ts';
import { columns, counted } from './columns.ts';
import { readGoodDescription } from './description.ts';
import { CommandFailure } from './failure.ts';
import { jsonLine } from './json-line.ts';
import { keepBackup } from './migration-backup.ts';
import { servedAddress } from './served-data.ts';
import { contentsOf, nameOf, openStore, type StoreAddress, storeHints } from './store-address.ts';
import { explained } from './store-failure.ts';
import { createProgress, type Terminal } from './terminal.ts';

export interface MigrateOptions {
  readonly data?: string;
  readonly store?: string;
  /** The old description. Default: what the store remembers, which is less. */
  readonly from?: string;
  readonly choices: Choices;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly leaveMisfits: boolean;
  /** A file for the backup; `false`: none. */
  readonly backup?: string | boolean;
  readonly root?: string;
  readonly json: boolean;
}

/**
 * `cartouche migrate`: makes stored documents fit a changed description, after a backup. Where it was stopped, the next run
 * goes on.
 *
 * Resolves the exit code: 1 where something has to be decided first, or documents do not fit. Throws `CommandFailure` where
 * it cannot be done.
 */
export async function migrate(typed: string, options: MigrateOptions, terminal: Terminal): Promise<0 | 1> {
  const { model } = await readGoodDescription({ typed, root: options.root }, terminal);
  const from =
    options.from === undefined
      ? undefined
      : (await readGoodDescription({ typed: options.from, root: options.root }, terminal)).model;
  const address = servedAddress(typed, options);
  const name = await nameOf(address);
  const old = oldDescription(name, await explained(name, storeHints, () => contentsOf(address)), from);
  if (old === undefined) return nothingToDo(name, options, terminal);
  const data: Data = { address, name, model, from, old };
  const { plan, assessed } = await look(data, options, terminal);
  if (plan.questions.length + plan.obstacles.length > 0) {
    reportUndecided(plan, options, terminal);
    return 1;
  }
  const isRefused = !options.leaveMisfits && assessed.some(({ misfits }) => misfits > 0);
  if (options.dryRun || !options.yes || isRefused) {
    report(
      'planned',
      { state: isRefused ? 'refused' : 'complete', resources: assessed },
      plan,
      data,
      options,
      terminal,
    );
    if (!options.json && !options.dryRun && !isRefused)
      terminal.print('\nNothing was changed yet. Run it with --yes to do it.');
    return isRefused || !options.dryRun ? 1 : 0;
  }
  const migrated = await change(data, plan, options, terminal);
  report('migrated', migrated, plan, data, options, terminal);
  return migrated.resources.some(({ misfits }) => misfits > 0) ? 1 : 0;
}

interface Data {
  readonly address: StoreAddress;
  readonly name: string;
  readonly model: ApiModel;
  readonly from: ApiModel | undefined;
  /** What the store is opened by. */
  readonly old: StoreSchema;
}

/** `undefined`: there are no documents. */
function oldDescription(
  name: string,
  contents: StoreContents | undefined,
  given: ApiModel | undefined,
): StoreSchema | undefined {
  if (contents === undefined || contents.isEmpty) return undefined;
  if (isCopyNote(contents.copy) && !contents.copy.isComplete) {
    throw new CommandFailure(`${name}: a copy into it has not ended.`, { hint: 'run that cartouche copy again first' });
  }
  const remembered = contents.schema;
  if (remembered === undefined && given === undefined) {
    throw new CommandFailure(`${name} does not remember what it was served by.`, {
      hint: 'name the old description with --from',
    });
  }
  return { resources: merged(remembered?.resources ?? [], given?.resources ?? []) };
}

function nothingToDo(name: string, { json }: MigrateOptions, terminal: Terminal): 0 {
  terminal.print(
    json ? jsonLine('nothing', { store: name }) : `${name} holds no documents: there is nothing to migrate.`,
  );
  return 0;
}

interface Look {
  readonly plan: MigrationPlan;
  readonly assessed: readonly MigratedResource[];
}

/** Reads everything, and changes nothing. */
async function look(data: Data, { choices }: MigrateOptions, terminal: Terminal): Promise<Look> {
  const { address, name, old, model, from } = data;
  return explained(name, storeHints, async () => {
    const store = await openStore(address, old, { readOnly: true, tracked: false });
    const progress = createProgress(terminal);
    try {
      const { readNote } = await import('../migrate/note.ts');
      const { note } = await readNote(store.control);
      const plan = note && !note.isComplete ? note.plan : planMigration(await describedBy(data, store), model, choices);
      if (plan.questions.length + plan.obstacles.length > 0) return { plan, assessed: [] };
      const { assessMigration } = await import('../migrate/apply.ts');
      const assessed = await assessMigration({
        ...(await migrating(store, plan, model, from)),
        progress: (resource, done) => progress.show(`${resource}: ${counted(done, 'document')} looked at`),
      });
      return { plan, assessed };
    } finally {
      progress.end();
      await store.close();
    }
  });
}

/** The old description, as well as it is known, of resources that have documents or are served on. */
async function describedBy({ from, old, model }: Data, store: Store): Promise<Described> {
  const resources: Resource[] = [];
  for (const resource of from ? merged(from.resources, old.resources) : old.resources) {
    const isServed = model.resources.some(({ name }) => name === resource.name);
    if (isServed || (await store.collection(resource.name).count({ kind: 'all' })) > 0) resources.push(resource);
  }
  return { ...from, resources };
}

async function migrating(store: Store, plan: MigrationPlan, target: ApiModel, from: Judged | undefined) {
  const { loadFit } = await import('../migrate/fit.ts');
  return { store, plan, target, fit: await loadFit(target, from) };
}

async function change(data: Data, plan: MigrationPlan, options: MigrateOptions, terminal: Terminal): Promise<Migrated> {
  const { address, name, old, model, from } = data;
  const schema = { title: model.title, resources: merged(old.resources, model.resources) };
  return explained(name, storeHints, async () => {
    const store = await openStore(address, schema, { readOnly: false, tracked: false, acceptSchemaChanges: true });
    const progress = createProgress(terminal);
    try {
      const { applyMigration } = await import('../migrate/apply.ts');
      const applying: Applying = {
        ...(await migrating(store, plan, model, from)),
        leaveMisfits: options.leaveMisfits,
        backup: () => keepBackup(address, store, schema, options.backup),
        progress: (resource, done) => progress.show(`${resource}: ${counted(done, 'document')}`),
      };
      return await applyMigration(applying);
    } finally {
      progress.end();
      await store.close();
    }
  });
}

function merged(first: readonly Resource[], others: readonly Resource[]): readonly Resource[] {
  const names = new Set(first.map(({ name }) => name));
  return [...first, ...others.filter(({ name }) => !names.has(name))];
}

function reportUndecided(plan: MigrationPlan, { json }: MigrateOptions, terminal: Terminal): void {
  if (json) {
    terminal.print(jsonLine('undecided', plan));
    return;
  }
  for (const obstacle of plan.obstacles) terminal.print(printable(`It cannot be migrated: ${obstacle}.`));
  for (const { from, to, confidence } of plan.questions) {
    terminal.print(printable(`Has "${from}" become "${to}"? (confidence ${confidence})`));
    terminal.print(printable(`  --rename ${from}=${to}, or --drop ${from}`));
  }
  terminal.print('Nothing was changed.');
}

function report(
  event: 'planned' | 'migrated',
  { state, resources, backup }: Migrated,
  plan: MigrationPlan,
  { name, model }: Data,
  { json }: MigrateOptions,
  terminal: Terminal,
): void {
  if (json) {
    terminal.print(jsonLine(event, { store: name, state, plan, resources, ...(backup !== undefined && { backup }) }));
    return;
  }
  const title = event === 'planned' ? `To make ${name} fit ${model.file}:` : `${name} was migrated to ${model.file}.`;
  terminal.print(printable(title));
  for (const resource of plan.resources) {
    const counts = resources.find(({ to }) => to === resource.to);
    if (counts === undefined || counts.documents === 0) continue;
    const steps = stepsOf(resource.changes).map((step) => `    ${printable(step)}`);
    const moved = resource.from === resource.to ? [] : [`    rename the resource ${resource.from} to ${resource.to}`];
    if (steps.length + moved.length + counts.misfits > 0)
      terminal.print([`  ${resource.to}`, ...moved, ...steps].join('\n'));
  }
  const rows = resources
    .filter(({ documents }) => documents > 0)
    .map(({ to, documents, changed, misfits }) => [
      to,
      counted(documents, 'document'),
      `${changed.toLocaleString('en-US')} ${event === 'planned' ? 'to change' : 'changed'}`,
      `${misfits.toLocaleString('en-US')} do not fit`,
    ]);
  terminal.print(['', ...columns(rows).map((line) => `  ${line}`)].join('\n'));
  for (const note of plan.notes) terminal.print(`  ${printable(note)}.`);
  if (backup !== undefined) terminal.print(`  The documents as they were are in ${printable(basename(backup))}.`);
  reportMisfits(resources, state, terminal);
}

function reportMisfits(resources: readonly MigratedResource[], state: Migrated['state'], terminal: Terminal): void {
  for (const { to, misfits, listed } of resources) {
    for (const { key, problems } of listed) terminal.print(printable(`${to}/${key}: ${problems.join('; ')}`));
    if (misfits > listed.length) terminal.print(`… and ${counted(misfits - listed.length, 'more document')} of ${to}.`);
  }
  if (state === 'refused') {
    terminal.print(
      'Nothing was changed. Correct them, give a value with --backfill, or leave them as they are with --leave-misfits.',
    );
  }
}
