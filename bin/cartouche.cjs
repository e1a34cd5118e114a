#!/usr/bin/env node
'use strict';

// Checks the version of Node, then runs the bundle (dist/cli.cjs) with V8's code cache, which halves the time to start.
// Everything here must parse on a Node that is too old, or nobody would read the message.

const version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(`Cartouche needs Node.js 20.19 or newer; this is Node.js ${process.versions.node}.`);
  process.exit(2);
}

const { existsSync } = require('node:fs');
const path = require('node:path');

const bundle = path.join(__dirname, '..', 'dist', 'cli.cjs');

if (existsSync(bundle)) {
  const { runCached } = require('./run-cached.cjs');
  runCached(bundle, process.argv[2]);
} else {
  // A clone that nobody has built: `npx cartouche` runs its source. What npm packs has the bundle always.
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import('../src/cli.ts');
  });
}
