import type { Paint } from '../../diagnostics/render.ts';
import type { ApiModel } from '../../model/types.ts';
import { printable } from '../../printable.ts';
import { columns, counted } from '../columns.ts';
import { formatName } from '../format-name.ts';
import { type Inventory, inventoryOf } from '../inventory.ts';
import { jsonLine } from '../json-line.ts';
import { tryIt } from './try-it.ts';

/** What is true of a server that has begun to listen. */
export interface Running {
  readonly model: ApiModel;
  /** As the user typed it. */
  readonly file: string;
  /** Origin and base path, no trailing slash: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** `undefined`: in memory. As the user typed it. */
  readonly dataFile: string | undefined;
  /** Where an index lies beside it. */
  readonly search?: string;
  readonly rows: readonly { readonly resource: string; readonly count: number }[];
  readonly readOnly: boolean;
  readonly watch: boolean;
}

/** Paths listed before the table says where the rest is. */
const TABLE_LINES = 24;

/** What `serve` prints once it listens. */
export function announcement(running: Running, paint: Paint): string {
  const inventory = inventoryOf(running.model);
  const curl = tryIt(running.model, running.url, running);
  return [
    heading(running, paint),
    '',
    ...facts(running, paint),
    '',
    ...table(running, inventory, paint),
    ...section(notes(running, inventory)),
    ...(curl ? ['', 'Try it:', '', `  ${printable(curl)}`] : []),
    '',
    paint('dim', running.watch ? 'Watching for changes. Ctrl+C stops.' : 'Ctrl+C stops.'),
  ].join('\n');
}

/** The same for programs: one line of JSON. */
export function announcementData(running: Running): string {
  const { model, url } = running;
  const inventory = inventoryOf(model);
  return jsonLine('listening', {
    title: model.title,
    version: model.version,
    format: model.format,
    file: running.file,
    url,
    data: running.dataFile ?? ':memory:',
    readOnly: running.readOnly,
    watching: running.watch,
    resources: inventory.resources.map(({ resource, paths }) => ({
      name: resource.name,
      rows: running.rows.find((row) => row.resource === resource.name)?.count ?? 0,
      paths,
    })),
    samples: inventory.samples,
    inferences: model.inferences.length,
    securityEnforced: false,
    securitySchemes: model.securitySchemes.map(({ name }) => name),
    try: tryIt(model, url, running),
  });
}

function heading({ model, file }: Running, paint: Paint): string {
  const name = [model.title, model.version].filter(Boolean).join(' ');
  return `${paint('bold', printable(name))} ${paint('dim', `(${formatName[model.format]}, ${printable(file)})`)}`;
}

function facts(running: Running, paint: Paint): readonly string[] {
  const { model, url } = running;
  const declared = (path: string) => model.paths.some((candidate) => candidate.path === path);
  const rows = [
    ['API', paint('bold', url)],
    ...(declared('/') ? [] : [['Index', `${url}/`]]),
    ...(declared('/openapi.json') ? [] : [['OpenAPI', `${url}/openapi.json`]]),
    ['Data', dataFacts(running)],
  ];
  return columns(rows).map((line) => `  ${line}`);
}

function dataFacts(running: Running): string {
  const name = dataName(running);
  // The store's own description says it already, where no file is named.
  const isSearched = running.search !== undefined && !name.includes('searched in');
  return `${name}${isSearched ? ', searched in Elasticsearch' : ''}${running.readOnly ? ', read-only' : ''}`;
}

function dataName({ dataFile, rows }: Running): string {
  if (dataFile === undefined) return 'in memory; gone when the server stops';
  const filled = rows.filter(({ count }) => count > 0);
  if (filled.length === 0) return `${printable(dataFile)} (empty)`;
  const shown = filled.slice(0, 6).map(({ resource, count }) => `${resource}: ${count.toLocaleString('en-US')}`);
  const more = filled.length > shown.length ? `, and ${filled.length - shown.length} more` : '';
  return `${printable(dataFile)} (${shown.join(', ')}${more})`;
}

function table({ file }: Running, inventory: Inventory, paint: Paint): readonly string[] {
  const rows = inventory.resources.flatMap(({ resource, paths }) =>
    paths.map(({ path, operations }, index) => [
      index === 0 ? printable(resource.name) : '',
      printable(path),
      operations.map(({ method, does }) => `${method} ${printable(does)}`).join(', '),
    ]),
  );
  const left = rows.length - TABLE_LINES;
  return [
    ...columns(rows.slice(0, TABLE_LINES)).map((line) => `  ${line}`),
    ...(left > 0 ? [paint('dim', `  … and ${counted(left, 'more path')}: cartouche inspect ${printable(file)}`)] : []),
  ];
}

/** What somebody would otherwise find out by surprise. */
function notes({ model, file }: Running, { samples }: Inventory): readonly string[] {
  const named = samples.slice(0, 4).map(({ method, path }) => `${method} ${printable(path)}`);
  const more = samples.length > named.length ? `, and ${samples.length - named.length} more` : '';
  const schemes = model.securitySchemes.map(({ name }) => printable(name)).join(', ');
  const isEmpty = model.paths.every(({ operations }) => operations.length === 0);
  return [
    ...(isEmpty ? ['No operations are declared: all other paths are answered 404.'] : []),
    ...(samples.length > 0
      ? [
          `${counted(samples.length, 'operation answers', 'operations answer')} with samples: ${named.join(', ')}${more}`,
        ]
      : []),
    ...(model.securitySchemes.length > 0 ? [`Declared security is not enforced yet: ${schemes}`] : []),
    ...(model.inferences.length > 0
      ? [
          `${counted(model.inferences.length, 'conclusion was', 'conclusions were')} inferred: cartouche inspect ${printable(file)}`,
        ]
      : []),
  ];
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', ...lines] : [];
}
