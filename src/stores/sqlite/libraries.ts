/**
 * Which libraries may be SQLite's: `node:sqlite` where Node has it, else a package of the same API, which is prebuilt.
 * An emitted project needs a Node that has it, and gets this file without the package (`emit/runtime.ts`).
 */
export const libraries: readonly string[] = ['node:sqlite', '@photostructure/sqlite'];

/** What to do where none is there. */
export const wanted = 'Use Node 22.13 or newer, or install the package "@photostructure/sqlite".';
