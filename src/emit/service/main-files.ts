import type { ProjectStore } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { quoted } from '../typescript/text.ts';

export interface MainOptions {
  readonly store: ProjectStore;
  readonly port: number;
  readonly basePath: string;
  /** Of the data, where it is in a file or a database: `bookstore`. */
  readonly dataName: string;
}

const yours = 'Yours to change: Cartouche merges what it has to add.';

/** What people add to: the process, the service in it, and its configuration. */
export function mainFiles(options: MainOptions): readonly ProjectFile[] {
  return [mainFile, serviceFile(options), configFile(options)];
}

const mainFile: ProjectFile = {
  path: 'src/main.ts',
  class: 'merged',
  text: `/** Runs the service until it is told to stop. ${yours} */
import { listen } from './cartouche/host/listen.ts';
import { log } from './cartouche/host/log.ts';
import { run } from './cartouche/host/run.ts';
import { readConfig } from './config.ts';
import { openService } from './service.ts';

await run(async ({ atEnd }) => {
  const config = readConfig(process.env);
  const { server, store } = await openService(config);
  atEnd(() => store.close());
  atEnd(() => server.close());
  const url = (await listen(server.http, config)) + config.basePath;
  log({ level: 'info', message: 'listening', url, store: store.description });
});
`,
};

function serviceFile({ store }: MainOptions): ProjectFile {
  const { imports, open } = openings[store];
  const text = `/** The service with its data, as \`src/main.ts\` runs it. ${yours} */
import { createService, model } from './app.ts';
import { log } from './cartouche/host/log.ts';
import { plantSeeds } from './cartouche/runtime/seeds.ts';
import { type ApiServer, createServer } from './cartouche/runtime/server.ts';
import { type Store, StoreError } from './cartouche/stores/contract.ts';
${imports.map((line) => `${line}\n`).join('')}import type { Config } from './config.ts';

/** Whoever opens it closes the server first, then the store. */
export async function openService(config: Config): Promise<{ readonly server: ApiServer; readonly store: Store }> {
  const store = await openStore(config);
  try {
    if (!config.readOnly) await plantSeeds(model, store);
  } catch (error) {
    // A database that is away at the start is waited for while serving.
    if (!(error instanceof StoreError && error.kind === 'unavailable')) throw error;
  }
  const { basePath, bodyLimit, checkResponses, cors, readOnly } = config;
  const app = createService(store, { basePath, bodyLimit, checkResponses, cors, readOnly, log });
  return { server: createServer(app), store };
}

${open}`;
  return { path: 'src/service.ts', class: 'merged', text };
}

const openings: Readonly<Record<ProjectStore, { readonly imports: readonly string[]; readonly open: string }>> = {
  sqlite: {
    imports: ["import { openSqliteStore } from './cartouche/stores/sqlite/store.ts';"],
    open: `function openStore({ acceptSchemaChanges, dataPath, readOnly }: Config): Promise<Store> {
  return openSqliteStore(dataPath, model, { acceptSchemaChanges, readOnly });
}
`,
  },
  mongodb: {
    imports: ["import { openMongoStore } from './cartouche/stores/mongo/store.ts';"],
    open: `function openStore({ acceptSchemaChanges, mongodbUrl }: Config): Promise<Store> {
  return openMongoStore(mongodbUrl, model, { acceptSchemaChanges });
}
`,
  },
  'mongodb+elasticsearch': {
    imports: [
      "import { openMongoStore } from './cartouche/stores/mongo/store.ts';",
      "import { withSearch } from './cartouche/stores/search/store.ts';",
    ],
    open: `async function openStore({ acceptSchemaChanges, elasticsearchUrl, mongodbUrl, searchWaits }: Config): Promise<Store> {
  const data = await openMongoStore(mongodbUrl, model, { acceptSchemaChanges, tracked: true });
  return withSearch(data, { server: elasticsearchUrl, schema: model, visible: searchWaits });
}
`,
  },
};

function configFile({ store, port, basePath, dataName }: MainOptions): ProjectFile {
  const kinds = ['byteCount', 'flag', 'integer', 'oneOf', 'origins', 'pathPrefix', 'text'];
  if (store !== 'sqlite') kinds.unshift('address');
  const text = `/** What the environment says. ${yours} */
import { readFileSync } from 'node:fs';
import { type Environment, readEnvironment } from './cartouche/host/environment.ts';
import { ${kinds.join(', ')} } from './cartouche/host/variables.ts';

const variables = {
  /** 0 takes a free one. */
  port: integer('PORT', { from: 0, to: 65_535, fallback: ${port} }),
  host: text('HOST', { fallback: '0.0.0.0' }),
  /** What all paths begin with: \`/api\`. */
  basePath: pathPrefix('BASE_PATH', { fallback: ${quoted(basePath)} }),
${storeVariables(store, dataName)}  /** Go on where stored documents may no longer fit a changed description. */
  acceptSchemaChanges: flag('ACCEPT_SCHEMA_CHANGES', { fallback: false }),
  /** Refuse all writes. */
  readOnly: flag('READ_ONLY', { fallback: false }),
  /** Compare answers with the description: log what does not fit, or answer 500 instead. */
  checkResponses: oneOf('CHECK_RESPONSES', ['off', 'warn', 'strict'], { fallback: 'off' }),
  /** Origins of browsers that may ask: \`*\`, \`none\`, or a list with commas. */
  cors: origins('CORS_ORIGINS', { fallback: true }),
  /** Largest request body. */
  bodyLimit: byteCount('BODY_LIMIT', { fallback: 1024 ** 2 }),
};

export type Config = ReturnType<typeof readConfig>;

/** @throws EnvironmentError that tells all mistakes at once */
export function readConfig(environment: Environment) {
  return readEnvironment(environment, variables, (path) => readFileSync(path, 'utf8'));
}
`;
  return { path: 'src/config.ts', class: 'merged', text };
}

function storeVariables(store: ProjectStore, dataName: string): string {
  if (store === 'sqlite') {
    return `  /** The SQLite file, or \`:memory:\`. */
  dataPath: text('DATA_PATH', { fallback: ${quoted(`${dataName}.db`)} }),
`;
  }
  const mongodb = "  mongodbUrl: address('MONGODB_URL', ['mongodb:', 'mongodb+srv:']),\n";
  if (store === 'mongodb') return mongodb;
  return `${mongodb}  elasticsearchUrl: address('ELASTICSEARCH_URL', ['http:', 'https:']),
  /** Writes wait until searches see them. */
  searchWaits: flag('SEARCH_WAITS', { fallback: false }),
`;
}
