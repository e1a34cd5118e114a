/** The load generator's handle: starts it on its core and hands it jobs, one at a time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LoadJob, LoadMeasurement, LoadResult } from './load.ts';
import { pinned } from './measure/pinning.ts';
import { scriptPath } from './workspace.ts';

export class LoadGenerator {
  readonly #child: ChildProcess;

  constructor() {
    const [program = '', ...rest] = pinned('generator', [process.execPath, scriptPath('load')]);
    this.#child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  /** Throws what went wrong: a reply outside 2xx, a closed connection, silence. */
  async run(job: LoadJob): Promise<LoadMeasurement> {
    this.#child.send(job);
    const [result] = (await once(this.#child, 'message')) as [LoadResult];
    if ('failure' in result) throw new Error(result.failure);
    return result;
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
