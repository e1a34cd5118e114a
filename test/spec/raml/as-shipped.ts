/**
 * The parser without its optional parts, as it is bundled (`scripts/build.ts`), for tests that read in their own thread.
 * Imported before it.
 *
 * One of them, libxml2 in asm.js, gives up at random: it writes to standard error how long it took to begin, which is an
 * exception to it, wherever a millisecond of the clock ends in between. The parser takes that for "valid".
 */
import { createRequire, Module } from 'node:module';

const require = createRequire(import.meta.url);

for (const name of ['raml-xml-validation', 'raml-json-validation']) {
  const path = require.resolve(name);
  require.cache[path] = Object.assign(new Module(path), { loaded: true });
}
