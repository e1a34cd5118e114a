import { basename, extname } from 'node:path';
import { type Emission, emitAgain, manifestIn } from '../emit/emit-again.ts';
import type { ProjectStore } from '../emit/facts.ts';
import type { Manifest } from '../emit/manifest.ts';
import type { ConflictPolicy } from '../emit/plan.ts';
import { emitProject } from '../emit/project.ts';
import { kebab } from '../model/names.ts';
import { type DescriptionFile, readGoodDescription, textsOf } from './description.ts';
import { ownSources } from './emit/sources.ts';
import { emissionData, emissionText } from './emit/tell.ts';
import { CommandFailure, reasonOf } from './failure.ts';
import type { Terminal } from './terminal.ts';

export const projectStores = ['sqlite', 'mongodb', 'mongodb+elasticsearch'] as const satisfies readonly ProjectStore[];

export interface EmitOptions {
  /** The project's folder; made if need be. */
  readonly out: string;
  /** Default: as it was emitted last, else `ask`, else SQLite. */
  readonly store?: ProjectStore;
  /** Default: as it was emitted last, else made of the title. */
  readonly name?: string;
  /** Writes nothing: exit code 1 where something would be. */
  readonly check: boolean;
  /** Writes nothing. */
  readonly dryRun: boolean;
  /** Move what is not emitted any more aside. */
  readonly prune: boolean;
  readonly conflict?: ConflictPolicy;
  readonly json: boolean;
  readonly root?: string;
  /** Of Cartouche. */
  readonly version: string;
  /** Asks where the data is to be kept. Absent: nobody is there to answer. */
  readonly ask?: () => Promise<ProjectStore>;
}

/**
 * `cartouche emit`: writes the project that serves a description, or brings it up to date, and says what was done.
 * Resolves the exit code: 0 fine, 1 `--check` found something to write, 3 something is to be decided first.
 *
 * @throws CommandFailure if the description has errors, or the project cannot be read or written
 */
export async function emit(typed: string, options: EmitOptions, terminal: Terminal): Promise<number> {
  const file: DescriptionFile = { typed, root: options.root };
  const { model, files } = await readGoodDescription(file, terminal);
  const before = failing(options.out, () => manifestIn(options.out));
  const store = options.store ?? rememberedStore(before) ?? (await options.ask?.()) ?? 'sqlite';
  const name = options.name ?? before?.options.name ?? projectName(model.title, typed);
  assertName(name);
  const project = emitProject(model, textsOf(file, files), {
    name,
    store,
    port: 3000,
    basePath: '',
    sources: ownSources(),
  });
  const about = { cartouche: options.version, options: { name, store } };
  const dryRun = options.dryRun || options.check;
  const emission = failing(options.out, () => emitAgain(options.out, project, about, { ...options, dryRun }));
  const told = { out: options.out, emission, dryRun, isFirst: before === undefined };
  if (options.json) terminal.print(emissionData(told));
  else terminal.print(emissionText(told, terminal.paint));
  return exitCodeOf(emission, options);
}

function exitCodeOf({ steps, stopped }: Emission, { check }: EmitOptions): number {
  if (stopped || steps.some(({ kind }) => kind === 'conflict')) return 3;
  const isCurrent = steps.every(({ kind }) => ['same', 'yours', 'left-deleted', 'orphan'].includes(kind));
  return check && !isCurrent ? 1 : 0;
}

function rememberedStore(manifest: Manifest | undefined): ProjectStore | undefined {
  return projectStores.find((store) => store === manifest?.options.store);
}

/** A label of DNS of at most 40 characters, as package, image and objects of Kubernetes need it. */
function projectName(title: string, typed: string): string {
  const labels = [title, basename(typed, extname(typed))].map((text) =>
    kebab(text)
      .replace(/[^a-z0-9-]/g, '')
      .replace(/^[^a-z]+/, '')
      .slice(0, 40)
      .replace(/-+$/, ''),
  );
  return labels.find((label) => label !== '') ?? 'api';
}

function assertName(name: string): void {
  if (/^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return;
  throw new CommandFailure(`"${name}" cannot name a project.`, {
    hint: 'use up to 40 lower-case letters, digits and "-", such as bookstore-api',
  });
}

function failing<Value>(out: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new CommandFailure(`${out} cannot be read or written: ${reasonOf(error)}.`, { cause: error });
  }
}
