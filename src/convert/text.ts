import { Document, Scalar, visit } from 'yaml';
import { printable } from '../printable.ts';

/**
 * A document as YAML that readers of YAML 1.1 and 1.2 understand alike: `no`, dates and the like are quoted. What YAML
 * does not allow in its text, or a terminal would obey, stands as an escape, within double quotes.
 */
export function yamlText(document: object): string {
  const yaml = new Document(document, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(yaml, {
    Scalar: (_, scalar) => {
      if (needsEscapes(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(yaml.toString({ lineWidth: 0 }));
}

/** A RAML 1.0 document: YAML that says so in its first line. */
export function ramlText(document: object): string {
  return `#%RAML 1.0\n${yamlText(document)}`;
}

/** A document as JSON, indented; escapes as in `yamlText`. */
export function jsonText(document: object): string {
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

function needsEscapes(value: unknown): boolean {
  return typeof value === 'string' && escaped(value) !== value;
}

/** `\u009b` means the same to YAML, between double quotes, to JSON, and to people. */
function escaped(text: string): string {
  return printable(text, { newlines: true });
}
