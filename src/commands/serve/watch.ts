import { type FSWatcher, watch } from 'node:fs';
import { type FollowedFile, fingerprint, foldersOf, holdsWhatWasRead, type Ignore } from './fingerprint.ts';

export interface WatchOptions {
  /** Reads the description again, and calls `follow` with the files that it consists of now. Must not reject. */
  readonly onChange: () => Promise<void>;
  readonly ignore: Ignore;
  /** Milliseconds of quiet before a change counts, so that a save in several steps is one change. Default: 60. */
  readonly settle?: number;
  /** Milliseconds between looks without an event. Default: 1000. */
  readonly poll?: number;
}

/**
 * Tells when the files of a description have changed.
 *
 * The truth is their fingerprint. It is taken when something happens in their folders and, because change events do not
 * cross every network and container mount, once a second. `onChange` never overlaps with itself.
 */
export class DescriptionWatch {
  readonly #options: WatchOptions;
  readonly #poll: NodeJS.Timeout;
  readonly #folders = new Map<string, FSWatcher>();
  #files: readonly FollowedFile[] = [];
  #known = '';
  #settling: NodeJS.Timeout | undefined;
  /** The end of the queue of looks: each waits for the one before. */
  #looking: Promise<void> = Promise.resolve();
  #waiting = false;
  #closed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#poll = setInterval(() => this.#lookNext(), options.poll ?? 1000);
    this.#poll.unref();
  }

  /** From now on these files count. A change since they were read is noticed. */
  async follow(files: readonly FollowedFile[]): Promise<void> {
    this.#files = files;
    this.#known = await fingerprint(files, this.#options.ignore);
    this.#watchFolders();
    if (!(await holdsWhatWasRead(files))) {
      this.#known = '';
      this.#soon();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#settling);
    clearInterval(this.#poll);
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  #soon(): void {
    clearTimeout(this.#settling);
    if (!this.#closed) this.#settling = setTimeout(() => this.#lookNext(), this.#options.settle ?? 60);
  }

  #lookNext(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#looking = this.#looking.then(() => {
      this.#waiting = false;
      return this.#look();
    });
  }

  async #look(): Promise<void> {
    if (this.#closed || this.#files.length === 0) return;
    const seen = await fingerprint(this.#files, this.#options.ignore);
    if (this.#closed || seen === this.#known) return;
    this.#known = seen;
    await this.#options.onChange();
  }

  #watchFolders(): void {
    const wanted = new Set(foldersOf(this.#files));
    for (const [folder, watcher] of this.#folders) {
      if (!wanted.has(folder)) this.#forget(folder, watcher);
    }
    for (const folder of wanted) {
      if (!this.#closed && !this.#folders.has(folder)) this.#watchFolder(folder);
    }
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || !this.#options.ignore(name)) this.#soon();
      });
      watcher.on('error', () => this.#forget(folder, watcher));
      this.#folders.set(folder, watcher);
    } catch {
      // The folder is gone, or the system has no watches left: the look once a second still finds the change.
    }
  }

  #forget(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#folders.delete(folder);
  }
}
