import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { lockedManifest, packageJson } from '../../../src/emit/surroundings/package-json.ts';
import { packageLock } from '../../../src/emit/surroundings/package-lock.ts';
import { developmentPackages, runtimePackages } from '../../../src/emit/surroundings/packages.ts';
import { bookstore, stores } from './facts.ts';

interface Locked {
  readonly version: string;
  readonly hasInstallScript?: true;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: true;
  readonly license?: string;
}

describe('packages of an emitted project', () => {
  for (const store of stores) {
    const lock: { name: string; packages: Record<string, Locked> } = JSON.parse(packageLock(bookstore(store)).text);
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

    it(`${store}: the lock file is in step with package.json, as npm ci wants it`, () => {
      const { dependencies, devDependencies, engines } = JSON.parse(packageJson(bookstore(store)).text);
      assert.deepEqual(lock.packages[''], { ...lockedManifest(store), name: 'bookstore' });
      assert.deepEqual(
        { ...lock.packages[''] },
        { name: 'bookstore', version: '0.1.0', dependencies, devDependencies, engines },
      );
      assert.equal(lock.name, 'bookstore');
    });

    it(`${store}: no package has an install script, or comes from an address of its own`, () => {
      for (const [path, { hasInstallScript, resolved, integrity }] of packages) {
        assert.deepEqual([path, hasInstallScript, resolved], [path, undefined, undefined]);
        assert.match(integrity ?? '', /^sha512-/, path);
      }
    });
  }

  it('those that Cartouche has too are of the versions that it is tested with', () => {
    const own: { packages: Record<string, Locked> } = JSON.parse(
      readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
    );
    const wanted = Object.keys({ ...runtimePackages('mongodb+elasticsearch'), ...developmentPackages });
    const lock: { packages: Record<string, Locked> } = JSON.parse(packageLock(bookstore('mongodb+elasticsearch')).text);
    const differing = wanted
      // Types of the oldest Node that each of them runs on.
      .filter((name) => name !== '@types/node')
      .map((name) => `node_modules/${name}`)
      .filter((path) => own.packages[path]?.version !== lock.packages[path]?.version);
    assert.deepEqual(differing, []);
  });
});
