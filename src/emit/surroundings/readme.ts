import { shellQuoted } from '../../shell-quoted.ts';
import type { ProjectFacts, ProjectOperation } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { secretCommand } from './kubernetes/configuration.ts';
import { code, codeBlock, words } from './markdown.ts';
import { oldestNode } from './packages.ts';
import { variablesOf } from './variables.ts';

/** `README.md`, which people go on writing, and `REQUESTS.md`, with a command for each operation. */
export function readmeFiles(facts: ProjectFacts): readonly ProjectFile[] {
  return [
    { path: 'README.md', class: 'merged', text: readme(facts) },
    { path: 'REQUESTS.md', class: 'generated', text: requests(facts) },
  ];
}

function readme(facts: ProjectFacts): string {
  return [
    introduction(facts),
    begin(facts),
    routes(facts),
    changes(facts),
    configuration(facts),
    deployment(facts),
    lambda(facts),
  ].join('\n');
}

function introduction({ title, version, description = '', descriptionFile }: ProjectFacts): string {
  const first = description.trim().split(/\n\s*\n/, 1)[0] ?? '';
  const said = first === '' ? '' : `\n${words(first.length > 500 ? `${first.slice(0, 500)}…` : first)}\n`;
  return `# ${words([title, version].filter(Boolean).join(' '))}
${said}
A service that answers as ${code(`api/${descriptionFile}`)} declares.
It was emitted by Cartouche, and can be emitted again after both the description and the code have changed.
`;
}

function begin(facts: ProjectFacts): string {
  const { store, port, basePath } = facts;
  const first = facts.routers
    .flatMap(({ operations }) => operations)
    .find(({ method, path }) => method === 'GET' && !path.includes('{'));
  const url = `http://localhost:${port}${basePath}`;
  const needs = { sqlite: '', mongodb: ' and a MongoDB', 'mongodb+elasticsearch': ', a MongoDB and an Elasticsearch' }[
    store
  ];
  const servers =
    store === 'sqlite'
      ? ''
      : `\nWithout servers of your own, \`docker compose up --build --wait\` starts them together with the service.\n`;
  return `## Begin

It needs Node ${oldestNode} or newer${needs}.
${servers}
${codeBlock('sh', ['npm ci', 'cp .env.example .env', 'npm run dev'].join('\n'))}
Then, in another terminal:

${codeBlock('sh', first ? curlOf(first) : ['curl', `${url}/healthz`].map(shellQuoted).join(' '))}
| command | what it does |
| --- | --- |
| \`npm run dev\` | runs the sources, and starts again when one changes |
| \`npm test\` | asks the service what the description promises |
| \`npm run typecheck\`, \`npm run lint\` | check the code; \`npm run format\` mends what can be mended |
| \`npm run build\`, \`npm start\` | compile to \`dist/\`, and run that |
| \`npm run emit\` | emits the project again |
| \`npm run emit:check\` | fails where the code is behind the description |
`;
}

function routes({ routers, basePath }: ProjectFacts): string {
  const rows = routers.flatMap(({ file, operations }) =>
    operations.map(
      ({ id, method, path, does }) =>
        `| ${method} | ${code(basePath + path)} | ${words(does)} | ${code(id)} in ${code(`src/handlers/${file}.ts`)} |`,
    ),
  );
  return `## Routes

| method | path | what it does | its hook |
| --- | --- | --- | --- |
${rows.join('\n')}

[REQUESTS.md](REQUESTS.md) has a command for each of them.
\`/healthz\` answers while the process lives, \`/readyz\` while its data can be reached; \`/openapi.json\` describes the service.
`;
}

function changes({ descriptionFile }: ProjectFacts): string {
  return `## Change it

- **What the API promises** stands in ${code(`api/${descriptionFile}`)}: change it there, and run \`npm run emit\`.
- **What an operation does** stands in \`src/handlers\`: each operation takes \`before\`, \`after\` and \`handle\`, typed by the description. Cartouche writes these files once, and never again.
- **How the service starts** stands in \`src/main.ts\`, \`src/config.ts\` and \`src/open-store.ts\`: change them, and what else is around \`src\`, as you like. What Cartouche has to add later is merged into your changes; what both have changed is a conflict, and told.
- **Everything else** in \`src\` begins with a line that says that it is generated: changes there stop the next emission, and are not lost.

After \`npm run emit\`, an operation that is new is an error of the compiler in its file of \`src/handlers\`, which says what to add; \`{}\` means: as described.
Where it changed package.json, \`npm install\` brings the lock file in step with packages that you have added.
`;
}

function configuration(facts: ProjectFacts): string {
  const rows = variablesOf(facts).map(({ name, says, example, fallback }) => {
    const usual = name === 'HOST' ? '0.0.0.0' : example;
    return `| \`${name}\` | ${words(says)} | ${fallback === undefined ? 'must be set' : code(usual)} |`;
  });
  return `## Configuration

The environment is checked at the start: what is wrong is told all at once.
Each variable can be given as a file, too, as secrets are mounted: \`PORT_FILE=/run/secrets/port\`.
SIGTERM and SIGINT stop the service: it answers what it has, closes its data, and exits with 0.

| variable | meaning | without it |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function deployment(facts: ProjectFacts): string {
  const { name, store, port } = facts;
  const data = store === 'sqlite' ? '-v data:/data ' : '--env-file .env ';
  const secret = secretCommand(facts);
  const one =
    store === 'sqlite'
      ? 'SQLite is a file with one writer: there is one pod, and no more. For more, emit the project with `--store mongodb`; `cartouche copy` brings the data over.\n\n'
      : '';
  return `## Place it

${codeBlock('sh', [`docker build -t ${name} .`, `docker run --read-only --tmpfs /tmp -p ${port}:${port} ${data}${name}`].join('\n'))}
The image holds nothing but Node, \`dist\` and its packages; it runs as any user of group 0, for amd64 and arm64 alike.

${one}${codeBlock('sh', [...(secret === undefined ? [] : [secret]), 'kubectl apply -k k8s/base', '# or, on OpenShift:', 'oc apply -k k8s/overlays/openshift'].join('\n'))}`;
}

function lambda({ store }: ProjectFacts): string {
  const warning =
    store === 'sqlite'
      ? '**Its data does not last there**: each instance has a file of its own in `/tmp`, and loses it. A function that keeps data needs `cartouche emit --store mongodb`.\n'
      : '';
  return `## AWS Lambda

\`dist/lambda.handler\` answers events of API Gateway (both formats) and of function URLs: \`npm run build && npm prune --omit=dev\`, then pack \`dist\`, \`api\`, \`node_modules\` and \`package.json\`.
${warning}Or run the image as it is, with one line more, by AWS Lambda Web Adapter:

${codeBlock('dockerfile', 'COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:1.0.0 /lambda-adapter /opt/extensions/lambda-adapter')}`;
}

function requests({ routers }: ProjectFacts): string {
  const sections = routers.map(({ file, operations }) =>
    [
      `## ${words(file)}\n`,
      ...operations.map((operation) => `${words(operation.does)}:\n\n${codeBlock('sh', curlOf(operation))}`),
    ].join('\n'),
  );
  return `# Requests

<!-- Generated by Cartouche from the description. -->

A request for each operation, with the examples of the description or with samples.

${sections.join('\n')}`;
}

/** JSON and URLs have escapes for what nobody sees. */
function curlOf({ curl }: ProjectOperation): string {
  return ['curl', ...curl].map((word) => shellQuoted(word.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOf))).join(' ');
}

function escapeOf(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
