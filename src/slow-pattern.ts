/**
 * Whether a regular expression may need exponential time: `^(a+)+$` takes 2^n steps for n letters and a wrong end. A
 * repeated group that holds a repetition or a choice, and a back-reference, are the known ways there; some that are
 * found so are harmless, none of the known kinds is missed.
 *
 * @example mayExplode('^(a+)+$') // true
 * @example mayExplode('^[a-z]+(-[a-z]+)?$') // false
 */
export function mayExplode(source: string): boolean {
  if (/\\[1-9]/.test(source)) return true;
  // Escapes and classes are single characters.
  const plain = source.replace(/\\./gsu, '_').replace(/\[[^\]]*\]/g, '_');
  const groups: { repeats: boolean }[] = [];
  for (const [at, character] of [...plain].entries()) {
    if (character === '(') groups.push({ repeats: false });
    else if (character === ')') {
      const group = groups.pop();
      if (group?.repeats && '*+{'.includes(plain[at + 1] ?? ' ')) return true;
    } else if ('*+{|'.includes(character)) for (const group of groups) group.repeats = true;
  }
  return false;
}
