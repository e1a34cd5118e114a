import type { ProjectFacts } from '../facts.ts';
import { quoted } from '../typescript/text.ts';

/** A variable of the environment that an emitted service reads: the one place that all its files know it from. */
export interface ServiceVariable {
  readonly name: string;
  /** Its name in `Config`. */
  readonly key: string;
  /** The call that makes it, of `src/host/variables.ts`, without its fallback. */
  readonly kind: 'address' | 'byteCount' | 'flag' | 'integer' | 'oneOf' | 'origins' | 'pathPrefix' | 'text';
  /** Further arguments of that call, in TypeScript. */
  readonly options?: string;
  /** In TypeScript. Absent: the variable must be set. */
  readonly fallback?: string;
  /** As text of the environment: the fallback, or what to set while developing. */
  readonly example: string;
  /** A sentence, without what stands in its example. */
  readonly says: string;
  /** Belongs into a secret. */
  readonly isSecret?: true;
}

export function variablesOf({ name, store, port, basePath }: ProjectFacts): readonly ServiceVariable[] {
  const mongodb: ServiceVariable = {
    name: 'MONGODB_URL',
    key: 'mongodbUrl',
    kind: 'address',
    options: "['mongodb:', 'mongodb+srv:']",
    example: `mongodb://localhost:27017/${name}`,
    says: 'The database.',
    isSecret: true,
  };
  const search: readonly ServiceVariable[] = [
    {
      name: 'ELASTICSEARCH_URL',
      key: 'elasticsearchUrl',
      kind: 'address',
      options: "['http:', 'https:']",
      example: 'http://localhost:9200',
      says: 'The index that answers lists and searches.',
      isSecret: true,
    },
    {
      name: 'SEARCH_WAITS',
      key: 'searchWaits',
      kind: 'flag',
      fallback: 'false',
      example: 'false',
      says: 'Writes are answered once searches see them, which takes up to a tenth of a second longer.',
    },
  ];
  const file: ServiceVariable = {
    name: 'DATA_PATH',
    key: 'dataPath',
    kind: 'text',
    fallback: quoted(`${name}.db`),
    example: `${name}.db`,
    says: 'The SQLite file, or :memory: for data that is gone with the process.',
  };
  return [
    {
      name: 'PORT',
      key: 'port',
      kind: 'integer',
      options: '{ from: 0, to: 65_535 }',
      fallback: String(port),
      example: String(port),
      says: 'The port to listen on; 0 takes a free one.',
    },
    {
      name: 'HOST',
      key: 'host',
      kind: 'text',
      fallback: "'0.0.0.0'",
      example: '127.0.0.1',
      says: 'The address to listen on: 0.0.0.0 for all networks, 127.0.0.1 for this machine alone.',
    },
    ...(store === 'sqlite' ? [file] : store === 'mongodb' ? [mongodb] : [mongodb, ...search]),
    {
      name: 'BASE_PATH',
      key: 'basePath',
      kind: 'pathPrefix',
      fallback: quoted(basePath),
      example: basePath,
      says: 'What all paths begin with, such as /api.',
    },
    {
      name: 'CORS_ORIGINS',
      key: 'cors',
      kind: 'origins',
      fallback: 'true',
      example: '*',
      says: 'Origins of browsers that may ask, separated by commas; * for any, none for none.',
    },
    {
      name: 'BODY_LIMIT',
      key: 'bodyLimit',
      kind: 'byteCount',
      fallback: '1_048_576',
      example: '1mb',
      says: 'The largest body of a request.',
    },
    {
      name: 'READ_ONLY',
      key: 'readOnly',
      kind: 'flag',
      fallback: 'false',
      example: 'false',
      says: 'All writes are refused.',
    },
    {
      name: 'CHECK_RESPONSES',
      key: 'checkResponses',
      kind: 'oneOf',
      options: "['off', 'warn', 'strict']",
      fallback: "'off'",
      example: 'off',
      says: 'Answers are compared with the description: what does not fit is logged (warn), or answered with 500 (strict).',
    },
    {
      name: 'ACCEPT_SCHEMA_CHANGES',
      key: 'acceptSchemaChanges',
      kind: 'flag',
      fallback: 'false',
      example: 'false',
      says: 'The service starts although stored documents may no longer fit a changed description.',
    },
    {
      name: 'STOP_WITHIN',
      key: 'stopWithin',
      kind: 'integer',
      options: '{ from: 0, to: 15 }',
      fallback: '10',
      example: '10',
      says: 'Seconds that requests under way have to end when the service is stopped.',
    },
  ];
}
