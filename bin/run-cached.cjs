'use strict';

/*
 * Runs a bundled CommonJS file with V8's code cache.
 *
 * Node 22 has module.enableCompileCache(), but Node 20 has not, and a cache that V8 makes before the code has run holds
 * none of the functions that are compiled lazily, which are most. So it is made after two seconds of running, or at the
 * end, and kept in $XDG_CACHE_HOME/cartouche, one for each content, version of Node, architecture and command.
 *
 * A cache is only ever a matter of speed: whatever is wrong with it, the file runs without.
 */

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');
const vm = require('node:vm');
const { optimizeLate, withUsualFlags } = require('./patient.cjs');

/** Commands that start often enough to keep a cache for. What one command runs is not what another does. */
const CACHED_COMMANDS = ['serve', 'inspect', 'validate'];
const SETTLED_MS = 2000;

/** Runs `file`, which must not contain `import()`, as Node would run a CommonJS module; with the cache of `command` where there is one. */
exports.runCached = function runCached(file, command) {
  // The bundler writes ASCII only, and Latin-1 text takes half the memory and none of the decoding.
  const source = fs.readFileSync(file, 'latin1');
  const cacheFile = CACHED_COMMANDS.includes(command) ? cacheFileFor(file, source, command) : undefined;
  const cachedData = cacheFile && readOwn(cacheFile);
  const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    cachedData,
  });
  if (cacheFile && (!cachedData || script.cachedDataRejected)) keepOnceSettled(script, cacheFile);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
  // Needed soon, with much behind it that comes out of Node's own cache before the flags are set, and not after.
  if (command === 'serve') require('node:http');
  optimizeLate();
};

function cacheFileFor(file, source, command) {
  const home = process.env.XDG_CACHE_HOME || (os.homedir() && path.join(os.homedir(), '.cache'));
  if (!home || !path.isAbsolute(home)) return undefined;
  const content = createHash('sha256').update(identityOf(file, source), 'latin1').digest('hex').slice(0, 32);
  return path.join(home, 'cartouche', `code-${command}-${process.version}-${process.arch}-${content}.bin`);
}

/**
 * Another text for another content: V8 itself compares lengths only. The digest that our build writes on the first line
 * saves each start from making it anew; the time betrays a bundle that was changed by hand.
 */
function identityOf(file, source) {
  const [digest] = /^\/\/ [0-9a-f]{64}\n/.exec(source) ?? [];
  return digest === undefined ? source : `${digest} ${source.length} ${fs.statSync(file).mtimeMs}`;
}

/** Cached code is run as it is, so only a file that nobody else can have written is good enough. */
function readOwn(file) {
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      const { uid, mode } = fs.fstatSync(descriptor);
      const own = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
      return own ? fs.readFileSync(descriptor) : undefined;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function keepOnceSettled(script, file) {
  const keep = () => {
    clearTimeout(timer);
    process.removeListener('exit', keep);
    try {
      const data = withUsualFlags(() => script.createCachedData());
      writeWhole(file, data);
      removeOutdated(file);
    } catch {
      // A read-only home, a full disk: the next start is as slow as this one.
    }
  };
  const timer = setTimeout(keep, SETTLED_MS);
  timer.unref();
  process.once('exit', keep);
}

/** Under another name first, so that a start at the same moment never sees half a file. */
function writeWhole(file, data) {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(unfinished, data, { mode: 0o600 });
  fs.renameSync(unfinished, file);
}

/** Caches of other contents for the same command, Node and architecture. */
function removeOutdated(file) {
  const folder = path.dirname(file);
  const kin = path.basename(file).replace(/[0-9a-f]+\.bin$/, '');
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(kin) && name !== path.basename(file)) fs.rmSync(path.join(folder, name), { force: true });
  }
}
