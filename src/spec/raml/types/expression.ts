/**
 * RAML type expressions (RAML 1.0, "Type Expressions"): `Book`, `Book[]`, `(Cat | Dog)[]`, `string | nil`, `string?`.
 */
export type TypeExpression =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'array'; readonly items: TypeExpression }
  | { readonly kind: 'union'; readonly options: readonly TypeExpression[] };

/**
 * Parses an expression. `undefined` for text that is none, such as unbalanced brackets.
 *
 * @example parseTypeExpression('(Cat | Dog)[]')
 * // { kind: 'array', items: { kind: 'union', options: [{ kind: 'name', name: 'Cat' }, { kind: 'name', name: 'Dog' }] } }
 */
export function parseTypeExpression(text: string): TypeExpression | undefined {
  // One name is by far the most frequent expression.
  if (/^[^()[\]|?\s]+$/.test(text)) return { kind: 'name', name: text };
  const tokens = text.match(/\(|\)|\[\s*\]|\||\?|[^()[\]|?\s]+|[[\]]/g) ?? [];
  const reader: TokenReader = { tokens, at: 0 };
  const expression = readUnion(reader, 0);
  return reader.at === tokens.length ? expression : undefined;
}

/** Every type name in an expression, in order, repeats included. */
export function namesIn(expression: TypeExpression): readonly string[] {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'array':
      return namesIn(expression.items);
    case 'union':
      return expression.options.flatMap(namesIn);
  }
}

interface TokenReader {
  readonly tokens: readonly string[];
  at: number;
}

/** Brackets nest; nobody writes more than a few. The bound keeps a hostile text from exhausting the stack. */
const maximumNesting = 64;

function readUnion(reader: TokenReader, depth: number): TypeExpression | undefined {
  const options: TypeExpression[] = [];
  do {
    const option = readPostfix(reader, depth);
    if (!option) return undefined;
    options.push(...(option.kind === 'union' ? option.options : [option]));
  } while (take(reader, '|'));
  const [only] = options;
  return options.length === 1 ? only : { kind: 'union', options };
}

function readPostfix(reader: TokenReader, depth: number): TypeExpression | undefined {
  let expression = readPrimary(reader, depth);
  while (expression) {
    const token = reader.tokens[reader.at];
    if (token === undefined || !(token.startsWith('[') || token === '?')) break;
    if (token === '[') return undefined;
    reader.at++;
    expression =
      token === '?'
        ? { kind: 'union', options: [expression, { kind: 'name', name: 'nil' }] }
        : { kind: 'array', items: expression };
  }
  return expression;
}

function readPrimary(reader: TokenReader, depth: number): TypeExpression | undefined {
  if (take(reader, '(')) {
    if (depth >= maximumNesting) return undefined;
    const inner = readUnion(reader, depth + 1);
    return inner && take(reader, ')') ? inner : undefined;
  }
  const token = reader.tokens[reader.at];
  if (token === undefined || /^[()[\]|?]/.test(token)) return undefined;
  reader.at++;
  return { kind: 'name', name: token };
}

function take(reader: TokenReader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at++;
  return true;
}
