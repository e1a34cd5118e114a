import type { ProjectFacts, ProjectStore } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { type ServiceVariable, variablesOf } from './variables.ts';

/**
 * `src/main.ts`, `src/config.ts`, `src/open-store.ts` and `src/lambda.ts`: what is done around the application of
 * `src/app.ts`. Merged, since people add to them. What they call stands in `src/host`, and is copied.
 */
export function sourceFiles(facts: ProjectFacts): readonly ProjectFile[] {
  return [
    merged('src/main.ts', mainText),
    merged('src/config.ts', configText(variablesOf(facts))),
    merged('src/open-store.ts', openStoreText(facts.store)),
    merged('src/lambda.ts', lambdaText(facts.store)),
  ];
}

function merged(path: string, text: string): ProjectFile {
  return { path, class: 'merged', text };
}

const mainText = `/** Starts the service, and stops it when it is told to. Yours to change: Cartouche merges what it has to add. */
import { createService } from './app.ts';
import { listen } from './cartouche/host/listen.ts';
import { log } from './cartouche/host/log.ts';
import { run } from './cartouche/host/run.ts';
import { createServer } from './cartouche/runtime/server.ts';
import { readConfig } from './config.ts';
import { openStore } from './open-store.ts';

await run(async ({ atEnd }) => {
  const config = readConfig(process.env);
  const store = await openStore(config);
  atEnd(() => store.close());
  const server = createServer(createService(store, { ...config, log }));
  atEnd(() => server.close(config.stopWithin * 1000));
  const origin = await listen(server.http, config);
  log({ level: 'info', message: 'listening', url: origin + config.basePath, store: store.description });
});
`;

function configText(variables: readonly ServiceVariable[]): string {
  const kinds = [...new Set(variables.map(({ kind }) => kind))].sort();
  return `/** What the environment says. Yours to change: Cartouche merges what it has to add. */
import { readFileSync } from 'node:fs';
import { readEnvironment } from './cartouche/host/environment.ts';
import { ${kinds.join(', ')} } from './cartouche/host/variables.ts';

export type Config = ReturnType<typeof readConfig>;

/** Each variable can be given as a file, too: \`PORT_FILE\` names one that holds the port. Throws \`EnvironmentError\`. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  return readEnvironment(
    environment,
    {
${variables.map(memberOf).join('')}    },
    (path) => readFileSync(path, 'utf8'),
  );
}
`;
}

function memberOf({ name, key, kind, options, fallback, says }: ServiceVariable): string {
  const takesWords = kind === 'oneOf' || kind === 'address';
  const inner = takesWords ? undefined : options?.replace(/^\{ | \}$/g, '');
  const settings = [
    ...(inner === undefined ? [] : [inner]),
    ...(fallback === undefined ? [] : [`fallback: ${fallback}`]),
  ];
  const list = [
    `'${name}'`,
    ...(takesWords && options !== undefined ? [options] : []),
    ...(settings.length === 0 ? [] : [`{ ${settings.join(', ')} }`]),
  ];
  return `      /** ${says} */\n      ${key}: ${kind}(${list.join(', ')}),\n`;
}

interface Opening {
  readonly imports: readonly string[];
  readonly open: string;
}

const openings: Readonly<Record<ProjectStore, Opening>> = {
  sqlite: {
    imports: ["import { openSqliteStore } from './cartouche/stores/sqlite/store.ts';"],
    open: `  const store = await openSqliteStore(config.dataPath, model, config);
`,
  },
  mongodb: {
    imports: ["import { openMongoStore } from './cartouche/stores/mongo/store.ts';"],
    open: `  const store = await openMongoStore(config.mongodbUrl, model, config);
`,
  },
  'mongodb+elasticsearch': {
    imports: [
      "import { openMongoStore } from './cartouche/stores/mongo/store.ts';",
      "import { withSearch } from './cartouche/stores/search/store.ts';",
    ],
    open: `  const { acceptSchemaChanges, elasticsearchUrl, mongodbUrl, searchWaits } = config;
  const data = await openMongoStore(mongodbUrl, model, { acceptSchemaChanges, tracked: true });
  const store = await withSearch(data, { server: elasticsearchUrl, schema: model, visible: searchWaits });
`,
  },
};

function openStoreText(store: ProjectStore): string {
  const { imports, open } = openings[store];
  return `/** Opens the data. Yours to change: Cartouche merges what it has to add. */
import { model } from './app.ts';
import { plantSeeds } from './cartouche/runtime/seeds.ts';
import { type Store, StoreError } from './cartouche/stores/contract.ts';
${imports.map((line) => `${line}\n`).join('')}import type { Config } from './config.ts';

/** Throws \`StoreError\` for data that cannot be served. A database that is away is waited for while serving. */
export async function openStore(config: Config): Promise<Store> {
${open}  try {
    if (!config.readOnly) await plantSeeds(model, store);
  } catch (error) {
    if (!(error instanceof StoreError && error.kind === 'unavailable')) {
      await store.close();
      throw error;
    }
  }
  return store;
}
`;
}

function lambdaText(store: ProjectStore): string {
  const isFile = store === 'sqlite';
  const warning = isFile
    ? ` *
 * SQLite is no store for a function: only \`/tmp\` can be written, each instance has its own, and loses it when it ends.
 * That is enough to show the API, and nothing else: \`cartouche emit --store mongodb\` makes a service that keeps its data.
`
    : '';
  const config = isFile
    ? `  const config = readConfig({ DATA_PATH: '/tmp/data.db', ...process.env });
  log({ level: 'warning', message: 'the data of this instance is lost when it ends', path: config.dataPath });
`
    : '  const config = readConfig(process.env);\n';
  return `/**
 * The service as a function of AWS Lambda, behind API Gateway or a function URL: \`dist/lambda.handler\`.
${warning} */
import { createService } from './app.ts';
import { lambdaHandler } from './cartouche/host/lambda.ts';
import { log } from './cartouche/host/log.ts';
import { createServer } from './cartouche/runtime/server.ts';
import { readConfig } from './config.ts';
import { openStore } from './open-store.ts';

export const handler = lambdaHandler(async () => {
${config}  const store = await openStore(config);
  return createServer(createService(store, { ...config, log })).http;
});
`;
}
