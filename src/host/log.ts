import type { LogEntry } from '../runtime/log.ts';

/** What a process tells, besides what the runtime does. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  /** A thrown value; its stack is logged. */
  readonly cause?: unknown;
  readonly [detail: string]: unknown;
}

/** Writes a line of JSON to the standard output, where containers' logs are collected. */
export function log(line: LogLine | LogEntry): void {
  process.stdout.write(`${logLine(line, new Date())}\n`);
}

/** @example logLine({ level: 'info', message: 'listening' }, new Date(0)) // '{"time":"1970-…","level":"info","message":"listening"}' */
export function logLine({ cause, ...rest }: LogLine | LogEntry, time: Date): string {
  const { level, message, ...details } = rest;
  return JSON.stringify({
    time: time.toISOString(),
    level,
    message,
    ...details,
    ...(cause !== undefined && { error: cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause) }),
  });
}
