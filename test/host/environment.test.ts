import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Environment, EnvironmentError, readEnvironment } from '../../src/host/environment.ts';
import { address, byteCount, flag, integer, oneOf, origins, pathPrefix, text } from '../../src/host/variables.ts';

const variables = {
  port: integer('PORT', { from: 0, to: 65_535, fallback: 3000 }),
  host: text('HOST', { fallback: '0.0.0.0' }),
  database: address('MONGODB_URL', ['mongodb:', 'mongodb+srv:'], { fallback: 'mongodb://localhost' }),
  limit: byteCount('BODY_LIMIT', { fallback: 1024 }),
  readOnly: flag('READ_ONLY', { fallback: false }),
  check: oneOf('CHECK_RESPONSES', ['off', 'warn', 'strict'], { fallback: 'off' }),
  basePath: pathPrefix('BASE_PATH', { fallback: '' }),
  cors: origins('CORS_ORIGINS', { fallback: true }),
};

const files: Readonly<Record<string, string>> = { '/run/url': 'mongodb://db\n', '/run/port': '4000' };

function read(environment: Environment) {
  return readEnvironment(environment, variables, (path) => {
    const found = files[path];
    if (found === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
    return found;
  });
}

const good: readonly (readonly [Environment, keyof typeof variables, unknown])[] = [
  [{}, 'port', 3000],
  [{ PORT: '' }, 'port', 3000],
  [{ PORT: '0' }, 'port', 0],
  [{ PORT_FILE: '/run/port' }, 'port', 4000],
  [{ PORT: '8080', PORT_FILE: '' }, 'port', 8080],
  [{ MONGODB_URL_FILE: '/run/url' }, 'database', 'mongodb://db'],
  [{ MONGODB_URL: 'mongodb+srv://a' }, 'database', 'mongodb+srv://a'],
  [{ BODY_LIMIT: '2mb' }, 'limit', 2 * 1024 ** 2],
  [{ BODY_LIMIT: '17' }, 'limit', 17],
  [{ READ_ONLY: 'TRUE' }, 'readOnly', true],
  [{ READ_ONLY: '0' }, 'readOnly', false],
  [{ CHECK_RESPONSES: 'warn' }, 'check', 'warn'],
  [{ BASE_PATH: '/' }, 'basePath', ''],
  [{ BASE_PATH: '/api/v1/' }, 'basePath', '/api/v1'],
  [{ CORS_ORIGINS: '*' }, 'cors', true],
  [{ CORS_ORIGINS: 'none' }, 'cors', false],
  [{ CORS_ORIGINS: 'https://a.example, http://b:81' }, 'cors', ['https://a.example', 'http://b:81']],
];

const bad: readonly (readonly [Environment, string])[] = [
  [{ PORT: 'abc' }, 'PORT  "abc"  expected a whole number from 0 to 65535'],
  [{ PORT: '65536' }, 'PORT  "65536"  expected a whole number from 0 to 65535'],
  [{ PORT: '1\n2' }, 'PORT  "1\\n2"  expected a whole number from 0 to 65535'],
  [{ PORT: '1', PORT_FILE: '/run/port' }, 'PORT  set, and so is PORT_FILE  expected one of the two'],
  [{ PORT_FILE: '/no' }, 'PORT_FILE  "/no"  expected a file that can be read (ENOENT)'],
  [
    { MONGODB_URL: 'postgres://user:secret@db' },
    'MONGODB_URL  set, and a secret  expected an address that begins with mongodb:// or mongodb+srv://',
  ],
  [{ BODY_LIMIT: '0' }, 'BODY_LIMIT  "0"  expected a size such as 512kb or 10mb'],
  [{ READ_ONLY: 'yes' }, 'READ_ONLY  "yes"  expected true or false'],
  [{ CHECK_RESPONSES: 'Warn' }, 'CHECK_RESPONSES  "Warn"  expected off, warn, strict'],
  [{ BASE_PATH: 'api' }, 'BASE_PATH  "api"  expected the beginning of a path, such as /api'],
  [{ BASE_PATH: '/a/../b' }, 'BASE_PATH  "/a/../b"  expected the beginning of a path, such as /api'],
  [
    { CORS_ORIGINS: 'https://a/b' },
    'CORS_ORIGINS  "https://a/b"  expected *, none, or origins such as https://shop.example',
  ],
];

describe('the environment', () => {
  for (const [environment, key, expected] of good) {
    it(`${JSON.stringify(environment)}: ${key} is ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(read(environment)[key], expected);
    });
  }

  for (const [environment, expected] of bad) {
    it(`${JSON.stringify(environment)} is refused`, () => {
      assert.throws(() => read(environment), {
        name: 'EnvironmentError',
        message: `The environment is not as it must be:\n\n  ${expected}`,
      });
    });
  }

  it('tells all problems at once, in a table', () => {
    assert.throws(
      () => read({ PORT: 'x', CHECK_RESPONSES: 'maybe' }),
      (error) => {
        assert.ok(error instanceof EnvironmentError);
        assert.equal(error.problems.length, 2);
        assert.match(
          error.message,
          /PORT {13}"x" {6}expected a whole .*\n {2}CHECK_RESPONSES {2}"maybe" {2}expected off/,
        );
        return true;
      },
    );
  });

  it('tells of a variable that is missing, and of one that was perhaps meant', () => {
    const required = { url: address('MONGODB_URL', ['mongodb:']) };
    const missing = (environment: Environment) => () => readEnvironment(environment, required, () => '');
    assert.throws(missing({}), /MONGODB_URL {2}not set {2}expected an address/);
    assert.throws(missing({ MONGO_URL: 'mongodb://x' }), /MONGO_URL is set: was MONGODB_URL meant\?/);
  });
});
