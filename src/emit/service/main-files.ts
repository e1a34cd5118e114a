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

/** `src/main.ts`: configuration, data, HTTP, and a stop in which nothing is lost. Merged: people add to it. */
export function mainFile({ store }: MainOptions): ProjectFile {
  const { imports, open } = openings[store];
  const text = `/** Starts the service, and stops it when it is asked to. Yours to change: Cartouche merges what it has to add. */
import { createService, model } from './app.ts';
import { plantSeeds } from './cartouche/runtime/seeds.ts';
import { createServer } from './cartouche/runtime/server.ts';
import { ConfigurationError } from './cartouche/service/environment.ts';
import { type Store, StoreError } from './cartouche/stores/contract.ts';
${imports.map((line) => `${line}\n`).join('')}import { type Config, readConfig } from './config.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const store = await openStore(config);
  if (!config.readOnly) await plantSeeds(model, store).catch(ignoreAbsence);
  const { basePath, bodyLimit, checkResponses, cors, readOnly } = config;
  const server = createServer(createService(store, { basePath, bodyLimit, checkResponses, cors, readOnly, log }));
  server.http.on('error', fail);
  server.http.listen(config.port, config.host, () => {
    const address = server.http.address();
    const port = address !== null && typeof address === 'object' ? address.port : config.port;
    log({ level: 'info', message: \`listening on http://\${config.host}:\${port}\${basePath}\`, store: store.description });
  });
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= server.close(config.stopWithin).then(() => store.close());
    stopping.catch(fail);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}

${open}
/** A database that is away at the start is waited for while serving. */
function ignoreAbsence(error: unknown): void {
  if (!(error instanceof StoreError && error.kind === 'unavailable')) throw error;
}

interface Event {
  readonly level: string;
  readonly message: string;
  readonly store?: string;
  readonly cause?: unknown;
}

/** A line of JSON for each event, on standard output. */
function log({ cause, ...event }: Event): void {
  const stack = cause instanceof Error ? cause.stack : undefined;
  process.stdout.write(\`\${JSON.stringify({ time: new Date().toISOString(), ...event, stack })}\\n\`);
}

function fail(error: unknown): void {
  const isExpected = error instanceof ConfigurationError || error instanceof StoreError;
  process.stderr.write(\`\${error instanceof Error && !isExpected ? error.stack : String(error)}\\n\`);
  process.exit(1);
}

main().catch(fail);
`;
  return { path: 'src/main.ts', class: 'merged', text };
}

const openings: Readonly<Record<ProjectStore, { readonly imports: readonly string[]; readonly open: string }>> = {
  sqlite: {
    imports: ["import { openSqliteStore } from './cartouche/stores/sqlite/store.ts';"],
    open: `function openStore({ acceptSchemaChanges, dataFile, readOnly }: Config): Promise<Store> {
  return openSqliteStore(dataFile, model, { acceptSchemaChanges, readOnly });
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

/** `src/config.ts`: what the environment can say. Merged. */
export function configFile({ store, port, basePath, dataName }: MainOptions): ProjectFile {
  const text = `/** What the environment says. Yours to change: Cartouche merges what it has to add. */
import { readEnvironment } from './cartouche/service/environment.ts';

export type Config = ReturnType<typeof readConfig>;

/** Each variable can also be given as a file: \`PORT_FILE\` names a file that holds the port. Throws \`ConfigurationError\`. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const read = readEnvironment(environment);
  const config = {
    /** 0 takes a free one. */
    port: read.integer('PORT', ${port}, { from: 0, to: 65_535 }),
    host: read.text('HOST', '0.0.0.0'),
    /** What all paths begin with: \`/api\`. */
    basePath: read.text('BASE_PATH', ${quoted(basePath)}),
${stored(store, dataName)}    /** Go on where stored documents may no longer fit a changed description. */
    acceptSchemaChanges: read.flag('ACCEPT_SCHEMA_CHANGES', false),
    readOnly: read.flag('READ_ONLY', false),
    /** Compare answers with the description: log what does not fit, or answer 500 instead. */
    checkResponses: read.oneOf('CHECK_RESPONSES', ['off', 'warn', 'strict']),
    /** Origins of browsers that may ask, separated by commas; without it, any may. */
    cors: read.list('CORS_ORIGINS') ?? true,
    /** Largest request body in bytes. */
    bodyLimit: read.integer('BODY_LIMIT', 1_048_576, { from: 1, to: 1_073_741_824 }),
    /** Milliseconds that requests under way have to end when the service is stopped. */
    stopWithin: read.integer('STOP_WITHIN', 10_000, { from: 0, to: 600_000 }),
  };
  read.assertFine();
  return config;
}
`;
  return { path: 'src/config.ts', class: 'merged', text };
}

function stored(store: ProjectStore, dataName: string): string {
  if (store === 'sqlite') {
    return `    /** The SQLite file, or \`:memory:\`. */\n    dataFile: read.text('DATA_FILE', ${quoted(`${dataName}.db`)}),\n`;
  }
  const mongodb = `    mongodbUrl: read.required('MONGODB_URL', ${quoted(`mongodb://localhost:27017/${dataName}`)}),\n`;
  if (store === 'mongodb') return mongodb;
  return `${mongodb}    elasticsearchUrl: read.required('ELASTICSEARCH_URL', 'http://localhost:9200'),
    /** Writes wait until searches see them. */
    searchWaits: read.flag('SEARCH_WAITS', false),
`;
}
