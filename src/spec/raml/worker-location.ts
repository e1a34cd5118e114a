/**
 * Where the worker's code is: TypeScript beside this file in development, one bundled file in the package.
 */
export interface WorkerLocation {
  /** A file to run, or the text of a script with `eval: true`. */
  readonly entry: URL | string;
  readonly eval: boolean;
}

/** The bundles keep `raml-worker.cjs` beside themselves; `scripts/build.ts` makes it and defines `import.meta.url`. */
export function workerLocation(here: string = import.meta.url): WorkerLocation {
  if (here.endsWith('.ts')) return { entry: typeScriptBootstrap(new URL('./worker.ts', here)), eval: true };
  return { entry: new URL('./raml-worker.cjs', here), eval: false };
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
