/** What a run prints: the machine, what each peer did in each cell, and the goals. */
import type { Facts } from './facts.ts';
import type { Verdict } from './goals.ts';
import type { Machine } from './measure/machine.ts';

/** One line per peer and cell: CPU per request, requests per second, and both as ratios to E. */
export function throughputTable(facts: Facts): string {
  const cells = facts.entries().flatMap(([name]) => (name.endsWith('/cpu') ? [name.slice(0, -'/cpu'.length)] : []));
  const rows = cells.map((cell) => {
    const [operation = '', rowCount = '', connections = '', peer = ''] = cell.split('/');
    const reference = `${operation}/${rowCount}/${connections}/express`;
    return [
      operation,
      rowCount,
      connections,
      peer,
      ratio(facts.ratio(`${reference}/cpu`, `${cell}/cpu`)),
      ratio(facts.ratio(`${cell}/rate`, `${reference}/rate`)),
      amount(facts, `${cell}/cpu`, 1),
      amount(facts, `${cell}/rate`, 0),
      amount(facts, `${cell}/p50`, 2),
      amount(facts, `${cell}/p99`, 2),
      percent(facts.get(`${cell}/cpu`)?.spread),
      percent(facts.get(`${cell}/server busy`)?.median),
      percent(facts.get(`${cell}/generator busy`)?.median),
    ];
  });
  const head = [
    'cell',
    'rows',
    'conn.',
    'peer',
    'CPU ×E',
    'req/s ×E',
    'CPU µs',
    'req/s',
    'p50 ms',
    'p99 ms',
    'spread',
    'server',
    'load',
  ];
  return rows.length === 0 ? '' : markdownTable(head, rows);
}

/** Everything that is not one peer under load: start, memory, routing, ranges, size. */
export function otherFactsTable(facts: Facts): string {
  const rows = facts
    .entries()
    .filter(([name]) => name.split('/').length < 5)
    .map(([name, { median, spread }]) => [name, median.toFixed(1), percent(spread)]);
  return rows.length === 0 ? '' : markdownTable(['what', 'median', 'spread'], rows);
}

export function goalsTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ goal, value, met, far }) => [
    goal.claim,
    `${goal.bound === 'at least' ? '≥' : '≤'} ${goal.target} ${goal.unit}`,
    `${value.toFixed(2)} ${goal.unit}`,
    met ? 'met' : far ? 'FAR' : 'missed',
  ]);
  return rows.length === 0 ? '' : markdownTable(['goal', 'target', 'now', ''], rows);
}

export function machineLines(machine: Machine, builtFrom: string): string {
  return [
    `${machine.date}, Node ${machine.node}, ${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB`,
    `Pinning: ${machine.pinning}. Load when it began: ${machine.loadAtStart.toFixed(1)}.`,
    `Cartouche from ${builtFrom === 'dist' ? 'the built bundle' : 'its sources through tsx (start-up and memory are not those of the bundle)'}.`,
    'Absolute numbers hold for this machine and moment only; compare the ratios. A spread above 50 % is noise.',
  ].join('\n');
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

function ratio(value: number | undefined): string {
  return value === undefined ? '' : `${value.toFixed(2)}×`;
}

function amount(facts: Facts, name: string, digits: number): string {
  return facts.get(name)?.median.toFixed(digits) ?? '';
}

function percent(value: number | undefined): string {
  return value === undefined ? '' : `${Math.round(value * 100)} %`;
}
