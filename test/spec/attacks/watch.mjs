/**
 * Loaded before everything else, in the process and in its worker threads: writes down what is opened, listed, written,
 * connected to and started, one line each, into the file that WATCH_LOG names.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import workerThreads from 'node:worker_threads';

const { appendFileSync } = fs;
const log = process.env.WATCH_LOG;
let isLogging = false;

function note(kind, what) {
  if (isLogging || typeof what === 'number') return;
  isLogging = true;
  const target = Array.isArray(what) ? what[0] : what;
  const text = kind === 'connect' ? (target.path ?? `${target.host}:${target.port}`) : String(target);
  appendFileSync(log, `${JSON.stringify([kind, text])}\n`);
  isLogging = false;
}

function watch(object, names, kind) {
  for (const name of names) {
    const original = object[name];
    object[name] = function (...parameters) {
      note(kind, parameters[0]);
      return Reflect.apply(original, this, parameters);
    };
  }
}

const readers = ['open', 'readFile', 'readdir', 'opendir'];
const writers = ['writeFile', 'appendFile', 'mkdir', 'mkdtemp', 'rename', 'rm', 'unlink', 'symlink', 'copyFile'];
const both = (names) => names.flatMap((name) => [name, `${name}Sync`]);
watch(fs, [...both(readers), 'createReadStream'], 'read');
watch(fs, [...both(writers), 'createWriteStream'], 'write');
watch(fs.promises, readers, 'read');
watch(fs.promises, writers, 'write');
watch(net.Socket.prototype, ['connect'], 'connect');
watch(childProcess, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'], 'start');

/** The parser's thread takes none of this process's options, and one that runs a text preloads nothing (Node 20). */
workerThreads.Worker = class extends workerThreads.Worker {
  constructor(entry, options) {
    const watched = options?.eval ? `import(${JSON.stringify(import.meta.url)}).then(() => { ${entry} })` : entry;
    super(watched, { ...options, execArgv: [...(options?.execArgv ?? []), '--import', import.meta.url] });
  }
};
syncBuiltinESMExports();
