/**
 * Descriptions that the RAML parser would not finish in time: they are told before it starts.
 *
 * Its cost grows with the resources, and with the square of the entries of one mapping. The largest description that
 * anybody published as one API has a few hundred resources.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';

/** Of one file each. */
const MAX_RESOURCES = 5_000;
const MAX_SIBLINGS = 5_000;
const MAX_ENTRIES = 100_000;
/** Each costs the parser some 5 KB. */
const MAX_ELEMENTS = 50_000;

/** A finding if a file holds more than is read; counted by its lines, without a parser. */
export function sizeProblem(text: string, file: string): Diagnostic | undefined {
  // JSON is parsed by us, and in time; nothing else of that few lines can be too much.
  if (/\.json$/i.test(file) || text.length < MAX_SIBLINGS * 4) return undefined;
  const { resources, siblings, entries } = count(text);
  if (resources > MAX_RESOURCES) return tooMany(resources, 'resources', MAX_RESOURCES, file);
  if (siblings > MAX_SIBLINGS) return tooMany(siblings, 'entries in one mapping', MAX_SIBLINGS, file);
  if (entries > MAX_ENTRIES) return tooMany(entries, 'entries', MAX_ENTRIES, file);
  const elements = mostElements(text);
  if (elements > MAX_ELEMENTS) return tooMany(elements, 'elements of lists', MAX_ELEMENTS, file);
  return undefined;
}

function tooMany(found: number, what: string, limit: number, file: string): Diagnostic {
  const number = (value: number) => value.toLocaleString('en');
  return diagnostic(
    'size-limit',
    `The file has ${number(found)} ${what}; RAML of more than ${number(limit)} is not read in reasonable time.`,
    { at: { file, line: 1, column: 1 }, hint: 'split it into several descriptions, or write it as OpenAPI' },
  );
}

interface Counts {
  resources: number;
  /** Of the largest mapping in block style. */
  siblings: number;
  entries: number;
}

function count(text: string): Counts {
  const counts: Counts = { resources: 0, siblings: 0, entries: 0 };
  /** Entries so far of the mappings that are open, by indentation. */
  const open: number[] = [];
  for (const [, indentation = '', key = ''] of text.matchAll(
    /^( *)(?:- )?(["']?[\w/{}().?@+-][^:\r\n]*):(?=[ \r\n]|$)/gm,
  )) {
    counts.entries++;
    if (key.startsWith('/')) counts.resources++;
    open.length = Math.min(open.length, indentation.length + 1);
    const siblings = (open[indentation.length] ?? 0) + 1;
    open[indentation.length] = siblings;
    counts.siblings = Math.max(counts.siblings, siblings);
  }
  return counts;
}

/** Of all lists in block style, and of what may be one list in flow style: what stands on one line. */
function mostElements(text: string): number {
  let block = 0;
  let flow = 0;
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    if (/^ *- /.test(line)) block += 1;
    if (line.length > MAX_ELEMENTS) flow = Math.max(flow, line.split(',').length);
  }
  return Math.max(block, flow);
}
