/** Manifests as kubectl renders them: types, required fields, and rules of our own, each of which was seen to fail. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, stringify } from 'yaml';
import { surroundingsOf } from '../../../src/emit/surroundings/surroundings.ts';
import { bookstore, stores } from './facts.ts';
import { type Manifest, policyFindings } from './kubernetes-policy.ts';

const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0;
const skip = hasKubectl ? false : 'there is no kubectl on this machine, which renders the overlays';
const require = createRequire(import.meta.url);

describe('manifests for Kubernetes', { skip }, () => {
  let folder: string;
  const rendered = new Map<string, readonly Manifest[]>();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cartouche-k8s-'));
    for (const store of stores) {
      for (const { path, text } of surroundingsOf(bookstore(store))) {
        const place = join(folder, store, path);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
      }
      for (const overlay of ['base', 'overlays/openshift']) {
        const text = execFileSync('kubectl', ['kustomize', join(folder, store, 'k8s', overlay)], { encoding: 'utf8' });
        rendered.set(
          `${store} ${overlay}`,
          parseAllDocuments(text).map((document): Manifest => document.toJS()),
        );
      }
    }
  });

  after(() => rmSync(folder, { recursive: true }));

  it('each has what its kind requires, of the right types', () => {
    for (const [name, manifests] of rendered) {
      for (const manifest of manifests.filter(({ kind }) => kind !== 'Route')) {
        const Model = require(`kubernetes-models/${manifest.apiVersion}`)[manifest.kind];
        assert.doesNotThrow(() => new Model(manifest).validate(), `${name}: ${manifest.kind}`);
      }
    }
  });

  it('none has a field that Kubernetes does not know', () => {
    const lines = [...rendered.values()].flat().filter(({ kind }) => kind !== 'Route');
    const text = lines.map(
      ({ apiVersion, kind, ...rest }) =>
        `(${JSON.stringify({ apiVersion, kind, ...rest })}) satisfies import('kubernetes-types/${moduleOf(apiVersion)}.js').${kind};`,
    );
    assert.equal(compilerFindings(text), '');
    const slipped = text.map((line) => line.replace('"readinessProbe"', '"readinesProbe"'));
    assert.match(compilerFindings(slipped), /readinesProbe/);
  });

  for (const store of stores) {
    for (const overlay of ['base', 'overlays/openshift']) {
      it(`${store}, ${overlay}: keep to our rules`, () => {
        assert.deepEqual(policyFindings(rendered.get(`${store} ${overlay}`) ?? [], store), []);
      });
    }
  }

  it('OpenShift chooses users and groups by itself', () => {
    for (const store of stores)
      assert.doesNotMatch(stringify(rendered.get(`${store} overlays/openshift`)), /fsGroup|runAsUser/);
  });

  /** What is changed in the rendered text, and what must be found then. */
  const breakages: readonly (readonly [from: RegExp, to: string, finding: string])[] = [
    [/runAsNonRoot: true/, 'runAsNonRoot: false', 'it may run as root'],
    [/type: RuntimeDefault/, 'type: Unconfined', 'it may call anything of the kernel'],
    [/allowPrivilegeEscalation: false/, 'allowPrivilegeEscalation: true', 'it may get more rights'],
    [/readOnlyRootFilesystem: true/, 'readOnlyRootFilesystem: false', 'it may write its root'],
    [/- ALL/, '- NET_RAW', 'it keeps capabilities'],
    [/automountServiceAccountToken: false\n {6,}/, '      ', 'it gets a token of the cluster'],
    [/livenessProbe/, 'otherProbe', 'livenessProbe is missing'],
    [/startupProbe/, 'otherProbe', 'startupProbe is missing'],
    [/path: \/api\/readyz/, 'path: /readyz', 'readinessProbe does not ask /api/readyz'],
    [/memory: 512Mi/, 'other: 1', 'its memory has no limit'],
    [/image: bookstore:0\.1\.0/, 'image: bookstore:latest', 'the image has no version'],
    [/containerPort: 3000/, 'containerPort: 80', 'the port is not PORT'],
    [/targetPort: http/, 'targetPort: web', 'the Service leads to no port'],
    [/PORT: "3000"/, 'PORTT: "3000"', 'PORTT is no variable of the service'],
    [/terminationGracePeriodSeconds: 30/, 'terminationGracePeriodSeconds: 10', 'it is killed before it has stopped'],
    [/( +)seconds: 5/, '$1seconds: 0', 'requests still come while it stops'],
    [
      /matchLabels:\n( +)app\.kubernetes\.io\/component: api/,
      'matchLabels:\n$1app.kubernetes.io/component: other',
      'a selector fits no pod',
    ],
  ];
  for (const [from, to, finding] of breakages) {
    it(`is found: ${finding}`, () => {
      for (const store of stores) {
        const text = (rendered.get(`${store} base`) ?? []).map((manifest) => `---\n${stringify(manifest)}`).join('');
        const broken = text.replace(from, to);
        assert.notEqual(broken, text);
        const manifests = parseAllDocuments(broken).map((document): Manifest => document.toJS());
        assert.ok(policyFindings(manifests, store).includes(finding), JSON.stringify(policyFindings(manifests, store)));
      }
    });
  }

  it('is found: more than one writer of a file', () => {
    const manifests = rendered.get('sqlite base') ?? [];
    const text = manifests.map((manifest) => `---\n${stringify(manifest)}`).join('');
    const read = (changed: string) => parseAllDocuments(changed).map((document): Manifest => document.toJS());
    assert.ok(
      policyFindings(read(text.replace('replicas: 1', 'replicas: 2')), 'sqlite').includes(
        'a file has more than one writer',
      ),
    );
    assert.ok(
      policyFindings(read(text.replace('type: Recreate', 'type: RollingUpdate')), 'sqlite').includes(
        'a file has more than one writer',
      ),
    );
    const scaled = [
      ...manifests,
      ...(rendered.get('mongodb base') ?? []).filter(({ kind }) => kind === 'HorizontalPodAutoscaler'),
    ];
    assert.ok(policyFindings(scaled, 'sqlite').includes('a file has more than one writer'));
    assert.ok(
      policyFindings(read(text.replace('- ReadWriteOnce', '- ReadWriteMany')), 'sqlite').includes(
        'a file has more than one writer',
      ),
    );
  });
});

/** `kubernetes-types` names no group for what belongs to the core. */
function moduleOf(apiVersion: string): string {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `${group.replace(/\..*$/, '')}/${version}`;
}

/** What the TypeScript compiler says of these lines. */
function compilerFindings(lines: readonly string[]): string {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const folder = mkdtempSync(join(root, 'node_modules/.cartouche-types-'));
  try {
    writeFileSync(join(folder, 'manifests.ts'), `${lines.join('\n')}\nexport {};\n`);
    const options = [
      '--noEmit',
      '--strict',
      '--ignoreConfig',
      '--skipLibCheck',
      '--target',
      'es2023',
      '--module',
      'nodenext',
    ];
    const run = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), ...options, join(folder, 'manifests.ts')],
      { encoding: 'utf8' },
    );
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
