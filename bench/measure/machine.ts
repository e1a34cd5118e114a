/** What a reader needs to know to judge the numbers of a run. */
import { cpus, loadavg, totalmem } from 'node:os';
import { pinning } from './pinning.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly pinning: string;
  /** One-minute load when the run began: above about 0.5, others were at work. */
  readonly loadAtStart: number;
  readonly date: string;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    pinning: pinning.why,
    loadAtStart: loadavg()[0] ?? Number.NaN,
    date: new Date().toISOString(),
  };
}
