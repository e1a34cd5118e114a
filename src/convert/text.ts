import { stringify } from 'yaml';

/** A document as YAML that readers of YAML 1.1 and 1.2 understand alike: `no`, dates and the like are quoted. */
export function yamlText(document: object): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' });
}

/** A RAML 1.0 document: YAML that says so in its first line. */
export function ramlText(document: object): string {
  return `#%RAML 1.0\n${yamlText(document)}`;
}
