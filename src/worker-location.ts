/**
 * Where a worker thread's code is: TypeScript in development, one bundled file beside the others in the package.
 */
export interface WorkerLocation {
  /** A file to run, or the text of a script with `eval: true`. */
  readonly entry: URL | string;
  readonly eval: boolean;
}

/**
 * `here`: `import.meta.url` of who asks, which `scripts/build.ts` defines in bundles. The others are relative to it.
 *
 * @example workerLocationFor(import.meta.url, { source: './worker.ts', bundle: './raml-worker.cjs' })
 */
export function workerLocationFor(
  here: string,
  { source, bundle }: { readonly source: string; readonly bundle: string },
): WorkerLocation {
  if (here.endsWith('.ts')) return { entry: typeScriptBootstrap(new URL(source, here)), eval: true };
  return { entry: new URL(bundle, here), eval: false };
}

/**
 * Node takes a worker's entry file past `--import tsx`, and refuses `.ts`. So the entry is a script of two steps that
 * registers tsx first. Both addresses are ours.
 */
function typeScriptBootstrap(worker: URL): string {
  const tsx = import.meta.resolve('tsx/esm/api');
  return `import(${JSON.stringify(tsx)})
    .then(({ register }) => { register(); return import(${JSON.stringify(worker.href)}); })
    .catch((error) => { setImmediate(() => { throw error; }); });`;
}
