import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Orders, Report } from './worker.ts';

const program = fileURLToPath(new URL('worker.ts', import.meta.url));

/** A process that may be killed at any moment, and what it told until then. */
export interface Running {
  readonly orders: Orders;
  readonly isReady: () => boolean;
  /** Resolves once it is dead and everything that it told has been heard. */
  kill(): Promise<void>;
}

export function start(orders: Orders, hear: (report: Report) => void): Running {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ORDERS: JSON.stringify(orders) },
  });
  if (child.stdout === null) throw new TypeError('The output is piped.');
  let isReady = false;
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    // The last line may have been cut off by the kill: then nothing was done yet, or it counts as not acknowledged.
    if (!line.endsWith('}')) return;
    const report: Report = JSON.parse(line);
    if (report.tells === 'ready') isReady = true;
    hear(report);
  });
  const heard = once(lines, 'close');
  const died = once(child, 'exit').then(([code, signal]) => {
    if (signal !== 'SIGKILL') hear({ tells: 'broken', promise: `a ${orders.role} ended by itself: ${code ?? signal}` });
  });
  return {
    orders,
    isReady: () => isReady,
    kill: async () => {
      child.kill('SIGKILL');
      await Promise.all([died, heard]);
    },
  };
}
