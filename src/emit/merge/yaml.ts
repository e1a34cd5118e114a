import { isDeepStrictEqual } from 'node:util';
import { type Document, isNode, parseDocument } from 'yaml';
import { changesFor, type Path } from './changes.ts';
import { textOf } from './json.ts';
import { mergeLines } from './lines.ts';
import type { Merge, ThreeWay } from './merge.ts';

/**
 * Merges YAML. By lines where that gives what merging by structure gives, since it keeps comments and layout of both
 * sides; else by structure, in the user's document. `undefined` where one of the three is no YAML.
 */
export function mergeYaml(files: ThreeWay): Merge | undefined {
  const documents = [files.base, files.ours, files.theirs].map(parse);
  const [before, mine, now] = documents;
  if (!before || !mine || !now) return undefined;
  const { changes, clashes } = changesFor(before.toJS(), mine.toJS(), now.toJS());
  for (const { path, ...change } of changes) {
    if (change.kind === 'delete') mine.deleteIn(path);
    else mine.setIn(path, nodeFor(change.value, path, now));
  }
  const conflicts = clashes.map(({ path, ours, theirs }) => ({
    place: path.join('.'),
    ours: textOf(ours),
    theirs: textOf(theirs),
  }));
  const byLines = mergeLines(files);
  if (conflicts.length === 0 && byLines.conflicts.length === 0 && means(byLines.text, mine)) return byLines;
  return { text: changes.length === 0 ? files.ours : String(mine), conflicts };
}

/** One document without errors; a member twice is an error, which is what lines that were added twice give. */
function parse(text: string): Document | undefined {
  const document = parseDocument(text, { uniqueKeys: true });
  return document.errors.length === 0 ? document : undefined;
}

/** Theirs itself where it is taken as it is, so that its comments come with it; a merged list is neither's. */
function nodeFor(value: unknown, path: Path, document: Document): unknown {
  const node = document.getIn(path, true);
  return isNode(node) && isDeepStrictEqual(node.toJS(document), value) ? node : value;
}

function means(text: string, document: Document): boolean {
  const parsed = parse(text);
  return parsed !== undefined && JSON.stringify(parsed.toJS()) === JSON.stringify(document.toJS());
}
