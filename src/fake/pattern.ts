import { compilePattern } from '../guarded-pattern.ts';
import { mayExplode } from '../slow-pattern.ts';
import { type PatternNode, parsePattern } from './pattern-syntax.ts';
import type { Random } from './random.ts';

export interface PatternWish {
  readonly minLength: number;
  readonly maxLength: number;
  /** Whether a candidate will do: other patterns, formats. */
  readonly accepts: (text: string) => boolean;
}

/**
 * A text that matches a regular expression of ECMAScript, or `undefined` when none was found. What the generator does
 * not look into (lookarounds, boundaries) is settled by trying: every candidate is tested against the expression.
 *
 * @example textFor('^[A-Z]{2}\\d+$', { minLength: 0, maxLength: 9, accepts: () => true }, random) // 'KQ17'
 */
export function textFor(pattern: string, wish: PatternWish, random: Random): string | undefined {
  const expression = compilePattern(pattern);
  const syntax = parsePattern(pattern);
  if (!syntax || wish.minLength > longestText) return undefined;
  const fits = (text: string): boolean => {
    const length = [...text].length;
    return length >= wish.minLength && length <= wish.maxLength && expression.test(text) && wish.accepts(text);
  };
  const shortest = generate(syntax, () => 0, random);
  // Each test of such an expression may take as long as one may, so that a few are all.
  if (mayExplode(pattern)) return [shortest, generate(syntax, () => 1, random)].find(fits);
  const missing = wish.minLength - [...shortest].length;
  for (const extra of [1, 2, missing, 0, 3, 4, 5, 6, 7, 8].filter((count) => count >= 0)) {
    for (let attempt = 0; attempt < 4; attempt++) {
      const text = generate(syntax, (room) => Math.min(room, extra), random);
      if (fits(text)) return text;
    }
  }
  const most = Math.min(64, Math.max(8, wish.minLength));
  for (let attempt = 0; attempt < 200; attempt++) {
    const text = generate(syntax, (room) => random.between(0, Math.min(room, most)), random);
    if (fits(text)) return text;
  }
  // An expression without anchors allows anything around its match.
  const padded = shortest + 'a'.repeat(Math.max(0, missing));
  return fits(padded) ? padded : undefined;
}

/** Beyond this, nobody wants to read it; an expression that demands more gets no text that fits. */
const longestText = 10_000;

/** `extra` says how often to repeat beyond the minimum, given how much room there is. */
function generate(root: PatternNode, extra: (room: number) => number, random: Random): string {
  const captured = new Map<number, string>();
  let length = 0;
  const write = (node: PatternNode): string => {
    switch (node.kind) {
      case 'empty':
        return '';
      case 'characters':
        length++;
        return node.characters[random.below(node.characters.length)] ?? '';
      case 'sequence':
        return node.nodes.map(write).join('');
      case 'choice':
        return write(node.options[random.below(node.options.length)] ?? { kind: 'empty' });
      case 'repeat': {
        const count = node.minimum + extra(node.maximum - node.minimum);
        const parts: string[] = [];
        while (parts.length < Math.min(count, 2000) && length < longestText) parts.push(write(node.node));
        return parts.join('');
      }
      case 'group': {
        const text = write(node.node);
        captured.set(node.index, text);
        return text;
      }
      case 'reference':
        return captured.get(node.index) ?? '';
    }
  };
  return write(root);
}
