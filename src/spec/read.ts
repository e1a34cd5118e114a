/**
 * The front door of reading: a file in, a model and findings out.
 */
import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import type { ApiModel } from '../model/types.ts';
import { type CacheLocation, defaultCache, recall, remember } from './cache.ts';
import { withInclusions } from './inclusions.ts';
import { isFolder } from './json-schema/files.ts';
import type { ReadResult } from './result.ts';
import { withoutMultiplying } from './schema/multiplying.ts';
import { sniff } from './sniff.ts';
import { openSource, type Source } from './source.ts';

export interface ReadSpecOptions {
  /** Folder that reading is confined to. Default: the folder of the file. */
  readonly root?: string;
  /** Where read models are kept between starts. Default: the user's cache folder when built, none in development. */
  readonly cache?: CacheLocation | false;
  /** Given the writing of the cache, to be done when there is time; what is never done costs the next start its parser. */
  readonly later?: (write: () => void) => void;
}

export interface ReadSpecResult {
  /** Absent if the description cannot be understood at all. With errors among `diagnostics` it is not to be served. */
  readonly model?: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, relative to the root file's folder. */
  readonly files: ReadResult['files'];
}

/**
 * Reads a description of any known format, told by its content, or a folder of JSON Schemas, and understands it. Never throws for what a
 * description says: that is in `diagnostics`, each with its place.
 *
 * @example
 * const { model, diagnostics } = await readSpec('specs/bookstore.raml');
 */
export async function readSpec(file: string, options: ReadSpecOptions = {}): Promise<ReadSpecResult> {
  const open = () => openSource(file, options.root === undefined ? {} : { root: options.root });
  // A file that is new in a folder belongs to the description, and no file that was read before tells of it.
  const cache = isFolder(open()) ? false : (options.cache ?? defaultCache());
  const remembered = cache ? recall(cache, open()) : undefined;
  if (remembered) return remembered;
  const source = open();
  const result = await readAfresh(source);
  const { later = (write) => write() } = options;
  if (cache) later(() => remember(cache, source, result));
  return result;
}

async function readAfresh(source: Source): Promise<ReadSpecResult> {
  const result = await readAndBuild(source);
  return { ...result, diagnostics: withInclusions(result.diagnostics, source.files(), source.rootFile) };
}

async function readAndBuild(source: Source): Promise<ReadSpecResult> {
  const { description, ...found } = await readDescription(source);
  if (!description) return found;
  const { buildModel } = await import('../model/build.ts');
  const { checkModel } = await import('../model/check.ts');
  const model = buildModel(description);
  const findings = checkModel(model).map((each) => diagnostic('unsupported-keyword', each.message, each));
  return { model, ...found, diagnostics: [...found.diagnostics, ...findings] };
}

/** Parsers are imported when they are needed: a second start, from the cache, needs none. */
async function readDescription(source: Source): Promise<ReadResult> {
  if (isFolder(source)) return readSchemas(source);
  const outcome = source.read(source.rootFile);
  if ('problem' in outcome) return { diagnostics: [outcome.problem], files: [] };
  const { path, text, sha256 } = outcome.file;
  const sniffed = sniff(text, path);
  if ('problem' in sniffed) return { diagnostics: [sniffed.problem], files: [{ path, sha256 }] };
  if (sniffed.reader === 'openapi') {
    const [{ readOpenApi }, { withFit }] = await Promise.all([import('./openapi/read.ts'), import('./fit.ts')]);
    return withFit(withoutMultiplying(readOpenApi(source)));
  }
  if (sniffed.reader === 'json-schema') return readSchemas(source);
  const { readRaml } = await import('./raml/read.ts');
  return withoutMultiplying(await readRaml(source));
}

async function readSchemas(source: Source): Promise<ReadResult> {
  const { readJsonSchemas } = await import('./json-schema/read.ts');
  return withoutMultiplying(await readJsonSchemas(source));
}
