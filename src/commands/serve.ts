import type { Express } from 'express';
import type { ApiModel } from '../model/types.ts';
import { createApp } from '../runtime/app.ts';
import { createServer } from '../runtime/server.ts';
import type { Store } from '../stores/contract.ts';
import { type DescriptionFile, type GoodDescription, readGoodDescription, textsOf } from './description.ts';
import { reasonOf } from './failure.ts';
import type { IndexShape } from './index-shape.ts';
import { announcement, announcementData, type Running } from './serve/announce.ts';
import { countRows, dataFileFor, openData, openServer } from './serve/data.ts';
import { listen } from './serve/listen.ts';
import { logTo } from './serve/log.ts';
import type { Reloadable } from './serve/reload.ts';
import { createSpareTime } from './serve/spare-time.ts';
import { warnAbout } from './serve/warnings.ts';
import type { DescriptionWatch } from './serve/watch.ts';
import type { Terminal } from './terminal.ts';

export interface ServeOptions extends IndexShape {
  /** 0: the system chooses a free one. */
  readonly port: number;
  readonly host: string;
  /** A file, or `:memory:`. Default: the description's name with `.db`, in the working directory. */
  readonly data?: string;
  /** A MongoDB server instead of a file. */
  readonly store?: string;
  /** An Elasticsearch server beside it. */
  readonly search?: string;
  /** Change the database's tables even where stored documents may no longer fit the description. */
  readonly acceptSchemaChanges: boolean;
  readonly watch: boolean;
  readonly readOnly: boolean;
  readonly checkResponses: 'off' | 'warn' | 'strict';
  /** `''` or `/api`. */
  readonly basePath: string;
  /** As `AppOptions.cors`. */
  readonly cors: boolean | readonly string[];
  /** Bytes. */
  readonly bodyLimit: number;
  /** Folder that references may lead to. Default: the description's own. */
  readonly root?: string;
  readonly quiet: boolean;
  readonly json: boolean;
}

/**
 * `cartouche serve`: reads the description, opens the data, listens, and resolves once `stop` is aborted and everything
 * that was under way has been answered and closed. Throws `CommandFailure` where it cannot start.
 */
export async function serve(
  typed: string,
  options: ServeOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<void> {
  const file: DescriptionFile = { typed, root: options.root };
  const spareTime = createSpareTime(1000);
  const description = await readGoodDescription(file, terminal, spareTime.add);
  const { store, dataFile } = await openDataOf(typed, options, description.model, { terminal, stop });
  try {
    const appFor = ({ model, files }: GoodDescription): Express =>
      createApp(model, { ...options, store, description: textsOf(file, files), log: logTo(terminal) });
    const server = createServer(appFor(description));
    const origin = await listen(server.http, options);
    spareTime.begin();
    if (!options.quiet) {
      warnAbout(description.diagnostics, file, terminal);
      const rows = await countRows(description.model, store);
      announce(
        { ...options, model: description.model, file: typed, url: origin + options.basePath, dataFile, rows },
        options,
        terminal,
      );
    }
    const reloadable = { file, dataFile, store, server, appFor, options, terminal };
    const watch = options.watch ? await watchOver(description, reloadable) : undefined;
    await aborted(stop);
    watch?.close();
    await server.close();
    spareTime.end();
  } finally {
    await store.close();
  }
  if (!options.quiet && !options.json) terminal.print('Stopped.');
}

/** The data, and what to call it: the file as the user would type it, `undefined` in memory, or the server. */
async function openDataOf(
  typed: string,
  options: ServeOptions,
  model: ApiModel,
  { terminal, stop }: { readonly terminal: Terminal; readonly stop: AbortSignal },
): Promise<{ readonly store: Store; readonly dataFile: string | undefined }> {
  if (options.store !== undefined) {
    const store = await openServer(options.store, model, options, {
      stop,
      onFailure: (error) => terminal.complain(`${terminal.paint('red', 'error:')} ${reasonOf(error)}`),
    });
    return { store, dataFile: store.description };
  }
  const dataFile = dataFileFor(typed, options);
  return { store: await openData(dataFile, model, options), dataFile };
}

async function watchOver(description: GoodDescription, service: Reloadable): Promise<DescriptionWatch> {
  const { startWatching } = await import('./serve/reload.ts');
  return startWatching(description, service);
}

function announce(running: Running, { json }: ServeOptions, terminal: Terminal): void {
  terminal.print(json ? announcementData(running) : announcement(running, terminal.paint));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
