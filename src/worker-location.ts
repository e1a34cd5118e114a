/**
 * Where a worker thread's code is: TypeScript in development, JavaScript beside who asks for it where each file was
 * compiled by itself, one bundled file beside the others in the package.
 */
export interface WorkerLocation {
  /** A file to run, or the text of a script with `eval: true`. */
  readonly entry: URL | string;
  readonly eval: boolean;
  /** Of Node. */
  readonly execArgv: readonly string[];
}

/** `source` and `bundle` are relative to the file of who asks, which is called `asker` where it is not in a bundle. */
export interface WorkerFiles {
  readonly asker: string;
  readonly source: string;
  readonly bundle: string;
}

/**
 * `here`: `import.meta.url` of who asks, which `scripts/build.ts` defines in bundles.
 *
 * @example
 * workerLocationFor(import.meta.url, { asker: 'reader.ts', source: './worker.ts', bundle: './sqlite-reader.cjs' })
 */
export function workerLocationFor(here: string, { asker, source, bundle }: WorkerFiles): WorkerLocation {
  if (here.endsWith('.ts')) return typeScriptLocation(new URL(source, here));
  const isCompiledByItself = here.endsWith(`/${asker.replace(/\.ts$/, '.js')}`);
  const file = isCompiledByItself ? source.replace(/\.ts$/, '.js') : bundle;
  return { entry: new URL(file, here), eval: false, execArgv: [] };
}

/**
 * Node takes a worker's entry file past `--import tsx`, and refuses `.ts`. So with tsx the entry is a script of two steps
 * that registers it first; both addresses are ours. Without tsx Node strips types by itself, perhaps because it was told
 * to.
 */
function typeScriptLocation(worker: URL): WorkerLocation {
  const tsx = resolvedTsx();
  if (tsx === undefined) return { entry: worker, eval: false, execArgv: process.execArgv.filter(isAboutTypes) };
  const script = `import(${JSON.stringify(tsx)})
    .then(({ register }) => { register(); return import(${JSON.stringify(worker.href)}); })
    .catch((error) => { setImmediate(() => { throw error; }); });`;
  return { entry: script, eval: true, execArgv: [] };
}

function resolvedTsx(): string | undefined {
  try {
    return import.meta.resolve('tsx/esm/api');
  } catch {
    return undefined;
  }
}

function isAboutTypes(option: string): boolean {
  return /^--(?:experimental-)?(?:strip|transform)-types$/.test(option);
}
