import type { Format } from '../../model/description.ts';
import type { Answer } from '../present/answer.ts';

/** A file of the description; `path` is relative to the root file's folder, with `/`. */
export interface DescriptionFile {
  readonly path: string;
  readonly text: string;
}

/** The root file as given. `Content-Location` is where its relative references start from. */
export function rootAnswer(root: DescriptionFile, format: Format, base: string): Answer {
  return fileAnswer(root, mediaTypeOf(root.path, format), `${base}/description/${encodePath(root.path)}`);
}

/** A file that the root includes, at the same relative place. `undefined` for anything else: nothing is read from disk. */
export function includedAnswer(files: readonly DescriptionFile[], path: string, format: Format): Answer | undefined {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) return undefined;
  return fileAnswer(file, file === files[0] ? mediaTypeOf(path, format) : mediaTypeOf(path, undefined), undefined);
}

/** The registered media types: RAML's, and OpenAPI's in YAML or JSON. */
function mediaTypeOf(path: string, format: Format | undefined): string {
  const isJson = path.endsWith('.json');
  if (format?.startsWith('openapi')) {
    return isJson ? 'application/vnd.oai.openapi+json' : 'application/vnd.oai.openapi';
  }
  if (format?.startsWith('raml') || path.endsWith('.raml')) return 'application/raml+yaml';
  if (isJson) return 'application/json';
  return /\.ya?ml$/.test(path) ? 'application/yaml' : 'text/plain; charset=utf-8';
}

/** A description may hold anything; a browser must show it as text and never run it. */
function fileAnswer(file: DescriptionFile, mediaType: string, location: string | undefined): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': mediaType,
      'X-Content-Type-Options': 'nosniff',
      ...(location !== undefined && { 'Content-Location': location }),
    },
    body: file.text,
  };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
