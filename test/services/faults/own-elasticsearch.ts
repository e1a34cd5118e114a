/** An Elasticsearch of this test alone, which may be stopped, killed and started again with its data. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const services = fileURLToPath(new URL('../../../../shared/services', import.meta.url));

/** For a printed reason: `false` where there is one to start. */
export const noOwnElasticsearch: string | false = existsSync(join(services, 'start-elasticsearch'))
  ? false
  : 'There is no ../shared/services/start-elasticsearch: no server of our own is stopped and started.';

export interface OwnElasticsearch {
  readonly url: string;
  /** It hangs: connections are taken, and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Starts it again with its data; resolves once it answers. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startOwnElasticsearch(): Promise<OwnElasticsearch> {
  const cache = await mkdtemp(join(tmpdir(), 'faults-services-'));
  const environment = { ...process.env, SERVICES_CACHE: cache };
  // Unpacked already: what is unpacked is only read.
  const unpacked = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'services', 'elasticsearch-8.19.5');
  if (existsSync(join(unpacked, '.complete'))) await symlink(unpacked, join(cache, 'elasticsearch-8.19.5'));
  const script = (name: string, ...parameters: string[]) =>
    promisify(execFile)(join(services, name), parameters, { env: environment });
  const { stdout } = await script('start-elasticsearch', 'auto');
  const url = stdout.trim().replace(/^ELASTICSEARCH_URL=/, '');
  const [pid = ''] = (await readFile(join(cache, 'run', 'elasticsearch.pid'), 'utf8')).split(' ');
  const program = await programOf(Number(pid));
  let group = Number(pid);
  const signal = (name: NodeJS.Signals): void => {
    process.kill(-group, name);
  };
  return {
    url,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    kill: async () => {
      signal('SIGKILL');
      await until(async () => !(await answers(url)), 10_000);
    },
    restart: async () => {
      const { command, parameters, ...options } = program;
      const child = spawn(command, parameters, { ...options, detached: true, stdio: 'ignore' });
      child.unref();
      if (child.pid === undefined) throw new Error('Elasticsearch does not start again.');
      group = child.pid;
      await until(() => answers(url), 120_000);
    },
    close: async () => {
      try {
        signal('SIGCONT');
        signal('SIGKILL');
      } catch {
        // It is dead already.
      }
      await pause(200);
      await script('stop', 'elasticsearch');
      await rm(cache, { recursive: true, force: true });
    },
  };
}

/** How a running process was started, so that it can be once more. */
async function programOf(pid: number) {
  const parts = async (name: string): Promise<readonly string[]> =>
    (await readFile(`/proc/${pid}/${name}`, 'utf8')).split('\0').filter((part) => part !== '');
  const [command = '', ...parameters] = await parts('cmdline');
  const env = Object.fromEntries(
    (await parts('environ')).map((variable) => {
      const end = variable.indexOf('=');
      return [variable.slice(0, end), variable.slice(end + 1)];
    }),
  );
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const idOf = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return {
    command,
    parameters,
    env,
    cwd: await readlink(`/proc/${pid}/cwd`),
    ...(process.getuid?.() === 0 && { uid: idOf('Uid'), gid: idOf('Gid') }),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const health = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`, {
      signal: AbortSignal.timeout(3000),
    });
    await health.text();
    return health.ok;
  } catch {
    return false;
  }
}

async function until(holds: () => Promise<boolean>, longest: number): Promise<void> {
  const end = Date.now() + longest;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('Elasticsearch did not come to that.');
    await pause(200);
  }
}
