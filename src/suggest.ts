/**
 * "Did you mean": the known name nearest to a mistyped one, or `undefined` when none is near enough to be worth saying.
 *
 * Distance is Damerau–Levenshtein (optimal string alignment) over code points, letter case and `-`, `_`, space ignored;
 * about one slip per three letters is forgiven. Of equally near names the first wins, so pass them in a stable order.
 *
 * @example suggest('tilte', ['title', 'pages']) // 'title'
 * @example suggest('_limt', ['_limit', '_start']) // '_limit'
 * @example suggest('colour', ['title', 'pages']) // undefined
 */
export function suggest(wanted: string, known: Iterable<string>): string | undefined {
  // Of thousands of names each mistake would be compared with all: a description with both would take minutes.
  const candidates = [...known];
  if (candidates.length > mostNames) return undefined;
  // Names come from strangers: the table below is quadratic, so that a 1 MB "name" must not get that far.
  if (wanted.length > longestName) return undefined;
  const from = letters(wanted);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(from.length / 3)) + 1;
  for (const name of candidates) {
    if (name.length > longestName || name === wanted) continue;
    const to = letters(name);
    if (Math.abs(to.length - from.length) >= bestDistance) continue;
    const distance = editDistance(from, to);
    // A name of which every letter must change is no slip, however short.
    if (distance < bestDistance && distance < Math.max(from.length, to.length)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

const longestName = 128;
const mostNames = 1_500;

function letters(name: string): readonly string[] {
  return [...name.toLowerCase().replace(/(?<=.)[-_ ]/gsu, '')];
}

/** Damerau–Levenshtein. Its cost is the product of both lengths. */
export function editDistance(from: readonly string[], to: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const replaced = at(last, column) + (letter === other ? 0 : 1);
      let distance = Math.min(replaced, at(last, column + 1) + 1, at(current, column) + 1);
      const swapped = row > 0 && column > 0 && letter === to[column - 1] && other === from[row - 1];
      if (swapped) distance = Math.min(distance, at(beforeLast, column - 1) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
