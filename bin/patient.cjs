'use strict';

/*
 * Lets V8 optimize what a start runs less eagerly, since most of it is run for the last time.
 *
 * Node 20 and 22 hand a function to the optimizing compiler early, which for a large description took as long as
 * reading it, and helped nothing that came after: a third of all CPU time of a cold start of 500 resources on Node 20,
 * a fifth on Node 22. Newer ones wait long enough by themselves.
 */

const v8 = require('node:v8');

/** By version of V8: the flag, its value while starting, and its default. Other versions may not know the flag. */
const FLAGS = {
  11.3: ['--interrupt-budget', 1_000_000, 67_584],
  12.4: ['--invocation-count-for-turbofan', 30_000, 3_000],
};

const [name, patient, usual] = FLAGS[process.versions.v8.split('.', 2).join('.')] ?? [];

/** Most starts take less than one; on a busy machine, a large description in RAML takes this long. */
const STARTING_MS = 10_000;

let isLate = false;

/** To be called when the program's modules are loaded: V8 takes no code cache, Node's own included, made under other flags. */
exports.optimizeLate = function optimizeLate() {
  set(true);
  setTimeout(set, STARTING_MS, false).unref();
};

/** Runs `work`, which makes a code cache for a start, under the flags that a start begins with. */
exports.withUsualFlags = function withUsualFlags(work) {
  const wasLate = isLate;
  set(false);
  try {
    return work();
  } finally {
    set(wasLate);
  }
};

function set(late) {
  if (name && late !== isLate) v8.setFlagsFromString(`${name}=${late ? patient : usual}`);
  isLate = late;
}
