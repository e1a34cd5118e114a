/** Runs one of the bench's own scripts to its end and gives back what it printed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pinned, type Role } from './measure/pinning.ts';
import { type Script, scriptPath } from './workspace.ts';

/** Throws with what it printed if it fails. On the server's core, unless told otherwise. */
export async function runScript(script: Script, given: readonly string[], role: Role = 'server'): Promise<string> {
  const [program = '', ...rest] = pinned(role, [process.execPath, scriptPath(script), ...given]);
  const { stdout } = await promisify(execFile)(program, rest, { maxBuffer: 2 ** 24 });
  return stdout;
}
