/**
 * A text of YAML with values in it, each of which stays one scalar, whatever it holds: quoted as in JSON, which YAML 1.2
 * contains, unless it is a plain word.
 *
 * @example yaml`name: ${'it: { is'}\n` // 'name: "it: { is"\n'
 */
export function yaml(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.map((part, index) => part + (index < values.length ? scalar(values[index] ?? '') : '')).join('');
}

function scalar(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isPlain = /^[A-Za-z][A-Za-z0-9./_-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value);
  // Readers of YAML 1.1 take these for line ends.
  return isPlain ? value : JSON.stringify(value).replace(/[\u0085\u2028\u2029\ufeff]/g, escapeOf);
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
