/** Keeps servers on one core and the load generator on another, so that neither takes time from the other. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** `starting`: nobody sends load, and Node compiles and collects garbage on all cores, as it does where people start it. */
export type Role = 'server' | 'generator' | 'starting';

/** A process must not be pinned where there is one core, or no taskset(1). */
export const pinning: { readonly possible: boolean; readonly why: string } = findOut();

/** The command line that runs `command` on the core of its role. */
export function pinned(role: Role, command: readonly string[]): string[] {
  if (role === 'starting' || !pinning.possible) return [...command];
  return ['taskset', '-c', role === 'server' ? '0' : '1', ...command];
}

function findOut(): { possible: boolean; why: string } {
  if (availableParallelism() < 2) return { possible: false, why: 'this machine has one core' };
  const { status } = spawnSync('taskset', ['-c', '1', 'true']);
  if (status !== 0) return { possible: false, why: 'taskset is not installed' };
  return { possible: true, why: 'server on core 0, load generator on core 1' };
}
