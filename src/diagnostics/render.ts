/**
 * Findings as people read them: the place (which editors and terminals make a link of), the message, the line with a
 * caret under the column, what included the file, and what to do.
 *
 *     specs/api.raml:12:5: error: Unknown facet "minLenght". [schema-invalid]
 *       11 |   title:
 *       12 |     minLenght: 1
 *          |     ^
 *       hint: did you mean "minLength"?
 */
import type { Diagnostic, Severity } from '../diagnostics.ts';
import type { Position } from '../model/description.ts';
import { printable } from '../printable.ts';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green';

/** Adds the escape sequences of a style, or returns the text as it is where nobody would see them. */
export type Paint = (style: Style, text: string) => string;

export interface Frames {
  /** The lines of a file of the description, by its path in positions; `undefined` where it cannot be shown. */
  readonly lines: (file: string) => readonly string[] | undefined;
  /** The same path as the user would type it. */
  readonly display: (file: string) => string;
  readonly paint: Paint;
}

/** So many places of a group are named. */
const MOST_PLACES = 4;

/** One finding, without a newline at the end. `others` are more places where it holds. */
export function renderDiagnostic(finding: Diagnostic, frames: Frames, others: readonly Position[] = []): string {
  const { paint } = frames;
  const place = finding.at ? `${printable(placeOf(finding.at, frames))}: ` : '';
  const severity = paint(severityStyle[finding.severity], `${finding.severity}:`);
  // Without newlines: a name from the description could look like another finding.
  const message = printable(finding.message);
  return [
    `${paint('bold', place)}${severity} ${message} ${paint('dim', `[${finding.code}]`)}`,
    ...(finding.at ? codeFrame(finding.at, frames) : []),
    ...(finding.includedFrom ? [`  ${paint('cyan', 'included from')} ${wayOf(finding.includedFrom, frames)}`] : []),
    ...(finding.hint ? [`  ${paint('cyan', 'hint:')} ${printable(finding.hint)}`] : []),
    ...(others.length > 0 ? [`  ${paint('cyan', 'also:')} ${otherPlaces(others, frames)}`] : []),
  ].join('\n');
}

/** @example 'types.raml:4:12, included from api.raml:10:11' */
function wayOf(references: readonly Position[], frames: Frames): string {
  return references.map((at) => printable(placeOf(at, frames))).join(', included from ');
}

/** @example '3 more places: api.raml:12:5, :40:5, book.raml:3:1' */
function otherPlaces(others: readonly Position[], frames: Frames): string {
  const shown = others.slice(0, MOST_PLACES).map((at, index) => {
    const sameFile = index > 0 && others[index - 1]?.file === at.file;
    return printable(sameFile ? `:${at.line}:${at.column}` : placeOf(at, frames));
  });
  const left = others.length - shown.length;
  const count = `${others.length} more ${others.length === 1 ? 'place' : 'places'}`;
  return `${count}: ${shown.join(', ')}${left > 0 ? `, … and ${left} more` : ''}`;
}

/** Errors first, then warnings, then notes; within one severity in the order of the files and lines. */
export function bySeverity(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return findings.toSorted((a, b) => severityRank[a.severity] - severityRank[b.severity] || comparePlaces(a.at, b.at));
}

/** In the order of files and lines; what has no place comes first. */
export function byPlace(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return findings.toSorted((a, b) => comparePlaces(a.at, b.at));
}

const severityStyle = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, Style>;
const severityRank = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;

function comparePlaces(a: Position | undefined, b: Position | undefined): number {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

function placeOf(at: Position, frames: Frames): string {
  return `${frames.display(at.file)}:${at.line}:${at.column}`;
}

const CONTEXT_BEFORE = 1;
const WIDTH = 100;

function codeFrame(at: Position, frames: Frames): string[] {
  const lines = frames.lines(at.file);
  const line = lines?.[at.line - 1];
  if (!lines || line === undefined) return [];
  const first = Math.max(1, at.line - CONTEXT_BEFORE);
  const gutter = String(at.line).length;
  const start = windowStart(line, at.column);
  const shown = lines.slice(first - 1, at.line).map((text, index) => {
    const number = String(first + index).padStart(gutter);
    return `  ${frames.paint('dim', `${number} |`)} ${visible(text, start)}`.trimEnd();
  });
  const caret = visible(line.slice(0, Math.max(0, at.column - 1)), start, Number.POSITIVE_INFINITY);
  return [
    ...shown,
    `  ${frames.paint('dim', `${' '.repeat(gutter)} |`)} ${' '.repeat(columnsOf(caret))}${frames.paint('red', '^')}`,
  ];
}

/** Columns of a terminal that a text takes: two for a wide character, none for what is set upon the one before it. */
function columnsOf(text: string): number {
  return [...text.replace(NO_COLUMN, '').replace(WIDE, '  ')].length;
}

const NO_COLUMN = /\p{Mn}|\p{Me}|\u200d/gu;
/** East Asian Wide and Fullwidth (Unicode Standard Annex 11), and emoji. Anything else counts once. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/gu;

/** A minified line is shown around its column only. */
function windowStart(line: string, column: number): number {
  return line.length <= WIDTH || column < WIDTH - 20 ? 0 : column - 40;
}

/** Tabs become two spaces, so that the caret stands where it should whatever the terminal's tab stops are. */
function visible(line: string, start: number, width = WIDTH): string {
  const cut = line.slice(start, start + width);
  return `${start > 0 ? '…' : ''}${printable(cut).replaceAll('\t', '  ')}${line.length > start + width ? '…' : ''}`;
}
