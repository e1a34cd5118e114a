/**
 * A large block mapping cut into parts at the beginnings of its entries, so that the parser's trees, which take ten times
 * the room of the text, are there for one part at a time.
 *
 * Lines tell where entries begin: what stands behind a key is indented deeper than the key. Where that is not so (within
 * a text in quotes that goes over several lines), the part before ends in the middle, which its parser tells.
 */

/** What to do with a piece of the text, in the order in which it stands there. */
export type Part =
  /** Whole entries of the mapping that is open. */
  | { readonly kind: 'entries'; readonly from: number; readonly to: number }
  /** The line of a key whose mapping opens, and is closed again by the next `end`. */
  | { readonly kind: 'open'; readonly from: number; readonly to: number }
  | { readonly kind: 'end' };

/**
 * The parts of a text that is a block mapping; `undefined` for any other.
 *
 * @param size characters that a part may have; a single entry that no entries can be told of may have more
 */
export function partsOf(text: string, size: number): readonly Part[] | undefined {
  const start = /^---[ \t]*\n/.exec(text)?.[0].length ?? 0;
  // More documents, or directives.
  if (/^(?:---|\.\.\.|%)/m.test(text.slice(start))) return undefined;
  const parts: Part[] = [];
  return split(text, start, text.length, size, parts) ? parts : undefined;
}

function split(text: string, from: number, to: number, size: number, parts: Part[]): boolean {
  const starts = entryStarts(text, from, to);
  if (starts.length === 0) return false;
  let begin = from;
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? to;
    if (end - start > size) {
      const lineEnd = text.indexOf('\n', start) + 1;
      const inner: Part[] = [];
      if (OPENING.test(text.slice(start, lineEnd)) && split(text, lineEnd, end, size, inner)) {
        if (begin < start) parts.push({ kind: 'entries', from: begin, to: start });
        parts.push({ kind: 'open', from: start, to: lineEnd }, ...inner, { kind: 'end' });
        begin = end;
        continue;
      }
    }
    if (end - begin < size && index < starts.length - 1) continue;
    parts.push({ kind: 'entries', from: begin, to: end });
    begin = end;
  }
  if (begin < to) parts.push({ kind: 'entries', from: begin, to });
  return true;
}

/** A key with nothing behind it on its line, so that what follows is its value. */
const OPENING = /^ *(?:"[^"\\\n]*"|'[^'\n]*'|[\w$/.{][^\s:#][^:#\n]*|[\w$]{1,2}):[ \t]*(?:#.*)?\r?\n$/;

/** Where entries of the mapping begin that begins here; none if it is no block mapping. */
function entryStarts(text: string, from: number, to: number): readonly number[] {
  const starts: number[] = [];
  let indent: number | undefined;
  for (let at = from; at < to; ) {
    let first = at;
    while (text.charCodeAt(first) === SPACE) first++;
    const character = text[first] ?? '\n';
    const isBlank = character === '\n' || character === '\r' || character === '#';
    if (!isBlank) {
      indent ??= first - at;
      const isHere = first - at === indent;
      const isKey = isHere && /["'\w$/.{<]/.test(character);
      // A list may stand below its key without being indented, and brackets may close there.
      const goesOn = isHere && starts.length > 0 && /[-\]}]/.test(character);
      if (first - at < indent || (isHere && !isKey && !goesOn)) return [];
      if (isKey) starts.push(at);
    }
    const end = text.indexOf('\n', first);
    at = end === -1 ? to : end + 1;
  }
  return starts;
}

const SPACE = 0x20;
