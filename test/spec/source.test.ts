import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openSource, type ReadOutcome, type SourceOptions } from '../../src/spec/source.ts';

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cartouche-source-'));
  mkdirSync(join(folder, 'api/schemas'), { recursive: true });
  mkdirSync(join(folder, 'api-secret'));
  writeFileSync(join(folder, 'secret.json'), '{"secret":true}');
  writeFileSync(join(folder, 'api-secret/secret.json'), '{}');
  writeFileSync(join(folder, 'api/api.raml'), '#%RAML 1.0\n');
  writeFileSync(join(folder, 'api/schemas/user.json'), '\uFEFF{"title":"Ngũgĩ"}');
  writeFileSync(join(folder, 'api/schemas/latin1.json'), Buffer.from([0x22, 0xe9, 0x22]));
  writeFileSync(join(folder, 'api/schemas/binary.json'), Buffer.from([0x22, 0x00, 0x22]));
  writeFileSync(join(folder, 'api/big.json'), 'x'.repeat(2000));
  symlinkSync('../secret.json', join(folder, 'api/link-out.json'));
  symlinkSync('schemas/user.json', join(folder, 'api/link-in.json'));
  symlinkSync('..', join(folder, 'api/up'));
  symlinkSync('loop.json', join(folder, 'api/loop.json'));
  execFileSync('mkfifo', [join(folder, 'api/pipe.json')]);
});

after(() => rmSync(folder, { recursive: true }));

const open = (options?: SourceOptions) => openSource(join(folder, 'api/api.raml'), options);

/** The tests type the absolute path of the description, so that the folder for `--root` may be told as one. */
function withoutTyped(hint: string | undefined): string | undefined {
  return hint?.replace(/--root .*/, '--root …');
}

/** The path of the file, or the code of the problem. */
function verdict(outcome: ReadOutcome): string {
  return 'file' in outcome ? outcome.file.path : outcome.problem.code;
}

describe('read', () => {
  const cases: readonly (readonly [reference: string, from: string | undefined, verdict: string])[] = [
    ['api.raml', undefined, 'api.raml'],
    ['schemas/user.json', undefined, 'schemas/user.json'],
    ['./schemas/../schemas/user.json', undefined, 'schemas/user.json'],
    ['user.json', 'schemas/other.json', 'schemas/user.json'],
    ['../api.raml', 'schemas/user.json', 'api.raml'],
    ['link-in.json', undefined, 'link-in.json'],
    ['../secret.json', undefined, 'file-outside-root'],
    ['../missing.json', undefined, 'file-outside-root'],
    ['../api-secret/secret.json', undefined, 'file-outside-root'],
    ['../../secret.json', 'schemas/user.json', 'file-outside-root'],
    ['/etc/passwd', undefined, 'file-outside-root'],
    ['link-out.json', undefined, 'file-outside-root'],
    ['up/secret.json', undefined, 'file-outside-root'],
    ['file:///etc/passwd', undefined, 'file-outside-root'],
    ['http://localhost:1/x.json', undefined, 'network-refused'],
    ['HTTPS://localhost:1/x.json', undefined, 'network-refused'],
    ['ftp://localhost/x.json', undefined, 'network-refused'],
    ['//localhost/share/x.json', undefined, 'network-refused'],
    ['\\\\localhost\\share\\x.json', undefined, 'network-refused'],
    ['schemas/missing.json', undefined, 'file-not-found'],
    ['schemas/us\0er.json', undefined, 'file-not-found'],
    ['loop.json', undefined, 'file-not-found'],
    ['schemas', undefined, 'file-unreadable'],
    ['pipe.json', undefined, 'file-unreadable'],
    ['schemas/latin1.json', undefined, 'file-unreadable'],
    ['schemas/binary.json', undefined, 'file-unreadable'],
    ['api.raml/x.json', undefined, 'file-not-found'],
  ];
  for (const [reference, from, expected] of cases) {
    test(`${JSON.stringify(reference)}${from ? ` in ${from}` : ''} → ${expected}`, () => {
      const outcome = open().read(reference, from);
      assert.equal(verdict(outcome), expected);
      const told = 'problem' in outcome ? { ...outcome.problem, hint: withoutTyped(outcome.problem.hint) } : '';
      assert.ok(!JSON.stringify(told).includes(folder), 'no path of the machine');
    });
  }

  test('an absolute path inside of the folder is followed', () => {
    assert.equal(verdict(open().read(join(folder, 'api/schemas/user.json'))), 'schemas/user.json');
  });

  test('a wider root lets `..` out of the folder, and no further', () => {
    const source = open({ root: folder });
    assert.equal(verdict(source.read('../secret.json')), '../secret.json');
    assert.equal(verdict(source.read('link-out.json')), 'link-out.json');
    assert.equal(verdict(source.read('/etc/passwd')), 'file-outside-root');
  });

  test('the text has no byte order mark, the digest is of the bytes', () => {
    const outcome = open().read('schemas/user.json');
    assert.ok('file' in outcome);
    assert.equal(outcome.file.text, '{"title":"Ngũgĩ"}');
    assert.equal(outcome.file.sha256, createHash('sha256').update('\uFEFF{"title":"Ngũgĩ"}').digest('hex'));
  });

  test('a hint never tells what lies outside', () => {
    const outcome = open().read('up/secre.json');
    assert.ok('problem' in outcome);
    assert.equal(outcome.problem.hint, undefined);
  });

  test('a file over the limit is refused with both sizes', () => {
    const outcome = open({ maxFileBytes: 1000 }).read('big.json');
    assert.ok('problem' in outcome);
    assert.equal(outcome.problem.code, 'file-too-large');
  });

  test('a missing file is reported where it was asked for, with the nearest sibling', () => {
    const source = open();
    const at = { file: 'api.raml', line: 3, column: 7 };
    assert.deepEqual(source.read('schemas/usr.json', 'api.raml', at), {
      problem: {
        code: 'file-not-found',
        severity: 'error',
        message: 'The file "schemas/usr.json" does not exist.',
        at,
        hint: 'did you mean "user.json"?',
      },
    });
    assert.deepEqual(source.read('schemas/usr.json', 'api.raml', { ...at, line: 9 }), {
      problem: {
        code: 'file-not-found',
        severity: 'error',
        message: 'The file "schemas/usr.json" does not exist.',
        at: { ...at, line: 9 },
        hint: 'did you mean "user.json"?',
      },
    });
  });

  test('a missing root file is a finding, a missing folder too', () => {
    assert.equal(verdict(openSource(join(folder, 'api/nope.raml')).read('nope.raml')), 'file-not-found');
    assert.equal(verdict(openSource(join(folder, 'nowhere/nope.raml')).read('nope.raml')), 'file-not-found');
  });
});

describe('--root of a hint, from where the user stands', () => {
  const cases: readonly (readonly [typed: string, reference: string, from: string, root: string | undefined])[] = [
    ['api.raml', '../secret.json', 'api.raml', '..'],
    ['./api.raml', '../missing.json', 'api.raml', '..'],
    ['api.raml', '../../secret.json', 'schemas/user.json', '..'],
    ['../api/api.raml', '../secret.json', 'api.raml', '..'],
    ['api.raml', '../a b/secret.json', 'api.raml', '..'],
    ['api.raml', 'link-out.json', 'api.raml', undefined],
    ['api.raml', 'up/secret.json', 'api.raml', undefined],
    ['api.raml', '/secret.json', 'api.raml', undefined],
  ];
  for (const [typed, reference, from, expected] of cases) {
    test(`${reference} in ${from} of ${typed} → ${expected}`, () => {
      const before = process.cwd();
      process.chdir(join(folder, 'api'));
      try {
        const outcome = openSource(typed).read(reference, from);
        assert.ok('problem' in outcome);
        assert.equal(outcome.problem.code, 'file-outside-root');
        assert.equal(/--root (.*)/.exec(outcome.problem.hint ?? '')?.[1], expected);
        if (expected !== undefined) {
          const wider = openSource(typed, { root: expected }).read(reference, from);
          assert.ok('file' in wider || wider.problem.code === 'file-not-found', 'the hint helps');
        }
      } finally {
        process.chdir(before);
      }
    });
  }

  test('a folder with a space is quoted, and an absolute one is told to who typed one', () => {
    mkdirSync(join(folder, 'my apis/shop'), { recursive: true });
    const outcome = openSource(join(folder, 'my apis/shop/api.raml')).read('../common.json');
    assert.ok('problem' in outcome);
    assert.ok(outcome.problem.hint?.endsWith(`--root "${folder}/my apis"`), outcome.problem.hint);
  });
});

describe('did you mean', () => {
  const cases: readonly (readonly [reference: string, from: string, hint: string | undefined])[] = [
    ['schemas/usr.json', 'api.raml', 'user.json'],
    ['scemas/user.json', 'api.raml', 'schemas/user.json'],
    ['scemas/usr.json', 'api.raml', 'schemas/user.json'],
    ['../scemas/user.json', 'schemas/other.json', 'schemas/user.json'],
    ['up/secre.json', 'api.raml', undefined],
    ['upp/secret.json', 'api.raml', undefined],
    ['nowhere/near.json', 'api.raml', undefined],
    [`${'schemas/'.repeat(100)}user.json`, 'api.raml', undefined],
  ];
  for (const [reference, from, expected] of cases) {
    test(`${reference.slice(0, 40)} in ${from} → ${expected}`, () => {
      const outcome = open().read(reference, from);
      assert.ok('problem' in outcome);
      assert.equal(outcome.problem.hint, expected && `did you mean "${expected}"?`);
    });
  }
});

test('one reading sees one version of a file', () => {
  const source = open();
  writeFileSync(join(folder, 'api/changing.json'), '1');
  const first = source.read('changing.json');
  writeFileSync(join(folder, 'api/changing.json'), '2');
  assert.equal(source.read('changing.json'), first);
  assert.equal(source.read('./changing.json'), first);
});

test('files() lists what was read, adopted files included, findings not', () => {
  const source = open();
  source.read('schemas/user.json');
  source.read('missing.json');
  source.adopt([{ path: 'api.raml', text: 'adopted', sha256: '0' }]);
  assert.deepEqual(
    source.files().map((file) => file.path),
    ['schemas/user.json', 'api.raml'],
  );
  const outcome = source.read('api.raml');
  assert.ok('file' in outcome && outcome.file.text === 'adopted');
});

test('list() shows the folder and nothing outside of it', () => {
  const source = open();
  assert.deepEqual([...source.list('schemas')].sort(), ['binary.json', 'latin1.json', 'user.json']);
  assert.ok(source.list('.').includes('schemas/'));
  for (const reference of ['..', '/', 'up', 'nowhere', 'api.raml', 'http://localhost/']) {
    assert.deepEqual(source.list(reference), [], reference);
  }
});
