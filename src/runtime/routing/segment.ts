/** One segment of a path template, ready to be compared with segments of requests. */
export interface SegmentMatcher {
  readonly kind: 'literal' | 'parameter' | 'mixed' | 'rest';
  /** Equal for segments that match the same requests: the text with the names of parameters taken out. */
  readonly shape: string;
  readonly parameters: readonly string[];
  /** Appends the values of its parameters and says yes, or leaves `values` alone and says no. */
  match(text: string, values: string[]): boolean;
}

/**
 * @example compileSegment('{id}.json').match('42.json', []) // true
 * @example compileSegment('{lat},{lng}').parameters // ['lat', 'lng']
 */
export function compileSegment(text: string): SegmentMatcher {
  if (!text.includes('{')) return literalSegment(text);
  // Odd pieces are names. RFC 6570 allows `{+name}`, which spans segments, and `{name*}`, which here does not.
  const pieces = text.split(/\{([^{}]*)\}/);
  const parameters = pieces.filter((_, index) => index % 2 === 1).map((name) => name.replace(/^[+#]|[*+?]$/g, ''));
  const literals = pieces.filter((_, index) => index % 2 === 0);
  if (parameters.length === 0) return literalSegment(text);
  if (parameters.length === 1 && literals.every((literal) => literal === '')) {
    const kind = text.startsWith('{+') ? 'rest' : 'parameter';
    return { kind, shape: '{}', parameters, match: (given, values) => values.push(given) > 0 };
  }
  const mayBeEmpty = parameters.map((name) => name === 'mediaTypeExtension');
  return {
    kind: 'mixed',
    shape: literals.join('{}'),
    parameters,
    match: (given, values) => matchMixed(given, literals, mayBeEmpty, values),
  };
}

function literalSegment(text: string): SegmentMatcher {
  const literal = decodeLiteral(text);
  return { kind: 'literal', shape: literal, parameters: [], match: (given) => given === literal };
}

/**
 * Each value is as short as the text that follows it allows: a walk with `indexOf`, never a regular expression made
 * from a description.
 */
function matchMixed(
  given: string,
  literals: readonly string[],
  mayBeEmpty: readonly boolean[],
  values: string[],
): boolean {
  const [first = ''] = literals;
  if (!given.startsWith(first)) return false;
  const found: string[] = [];
  let from = first.length;
  for (const [index, optional] of mayBeEmpty.entries()) {
    const literal = literals[index + 1] ?? '';
    const least = from + (optional ? 0 : 1);
    const isLast = index === mayBeEmpty.length - 1;
    const until = isLast ? given.length - literal.length : literal === '' ? least : given.indexOf(literal, least);
    if (until < least || (isLast && !given.endsWith(literal))) return false;
    found.push(given.slice(from, until));
    from = until + literal.length;
  }
  values.push(...found);
  return true;
}

/** Descriptions write literals both ways: `/café` and `/caf%C3%A9`. */
export function decodeLiteral(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
