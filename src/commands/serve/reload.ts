import { basename } from 'node:path';
import type { Express } from 'express';
import type { ApiModel } from '../../model/types.ts';
import { printable } from '../../printable.ts';
import { plantSeeds } from '../../runtime/seeds.ts';
import type { ApiServer } from '../../runtime/server.ts';
import { type Store, StoreError } from '../../stores/contract.ts';
import {
  absolutePaths,
  type DescriptionFile,
  type GoodDescription,
  printFindings,
  readDescription,
} from '../description.ts';
import { reasonOf } from '../failure.ts';
import { jsonLine } from '../json-line.ts';
import type { Terminal } from '../terminal.ts';
import { changesBetween } from './changes.ts';
import { DescriptionWatch } from './watch.ts';

/** What a reload needs of a running service. */
export interface Reloadable {
  readonly file: DescriptionFile;
  readonly dataFile: string | undefined;
  readonly store: Store;
  readonly server: ApiServer;
  readonly appFor: (description: GoodDescription) => Express;
  readonly options: { readonly quiet: boolean; readonly json: boolean; readonly readOnly: boolean };
  readonly terminal: Terminal;
}

/**
 * Serves every new version of the description from the moment it is right. While it is wrong, the version before is
 * served on and the findings are printed. Never throws once it runs.
 */
export async function startWatching(first: GoodDescription, service: Reloadable): Promise<DescriptionWatch> {
  let served = first.model;
  const watch = new DescriptionWatch({
    ignore: (name) => service.dataFile !== undefined && name.startsWith(basename(service.dataFile)),
    onChange: async () => {
      try {
        served = await reload(served, service, watch);
      } catch (error) {
        keepServing(service, reasonOf(error));
      }
    },
  });
  await watch.follow(absolutePaths(service.file, first.files));
  return watch;
}

/** The model that is served from now on: the new one, or the same as before. */
async function reload(served: ApiModel, service: Reloadable, watch: DescriptionWatch): Promise<ApiModel> {
  const { file, terminal } = service;
  const { model, diagnostics, files } = await readDescription(file, terminal);
  await watch.follow(absolutePaths(file, files));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!model || errors.length > 0) {
    printFindings(errors, file, terminal);
    keepServing(service, `${file.typed} cannot be served`, { diagnostics });
    return served;
  }
  try {
    await service.store.adopt(model);
    if (!service.options.readOnly) await plantSeeds(model, service.store);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    keepServing(service, `the stored data does not fit ${file.typed}: ${error.message}`);
    return served;
  }
  service.server.replace(service.appFor({ model, diagnostics, files }));
  announceChanges(served, model, service);
  return model;
}

function keepServing({ terminal, options }: Reloadable, reason: string, facts: object = {}): void {
  if (options.json) terminal.print(jsonLine('reload-failed', { reason, ...facts }));
  else
    terminal.complain(
      `${terminal.paint('yellow', 'warning:')} ${printable(reason.replace(/\.$/, ''))}. The version before is served on.`,
    );
}

function announceChanges(before: ApiModel, after: ApiModel, { terminal, options, file }: Reloadable): void {
  const changes = changesBetween(before, after);
  if (options.json) terminal.print(jsonLine('reloaded', { changes }));
  else if (!options.quiet) {
    const listed = changes.length > 0 ? changes : ['no operation and no field has changed'];
    terminal.print([`Reloaded ${file.typed}:`, ...listed.map((change) => `  ${printable(change)}`)].join('\n'));
  }
}
