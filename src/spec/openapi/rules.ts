/**
 * What a list of fields cannot say: which keys a map may have, which fields exclude or need each other, and where
 * things belong that people know from elsewhere.
 */
import type { DiagnosticCode, Severity } from '../../diagnostics.ts';
import { suggest } from '../../suggest.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { statusOf } from './bodies.ts';
import { entriesOf, has, textOf } from './reading.ts';
import type { KeyRule, ShapeName } from './shapes.ts';

export interface KeyProblem {
  readonly message: string;
  readonly hint?: string;
  readonly mild?: true;
}

/** What is wrong with a key. */
export const KEY_RULES: Readonly<Record<KeyRule, (key: string) => KeyProblem | undefined>> = {
  path: (key) => {
    if (!key.startsWith('/')) return { message: `The path "${key}" does not begin with "/".`, hint: `write "/${key}"` };
    const open = key.split('{').length !== key.split('}').length || /\{[^}]*\{|\}[^{]*\}|\{\}/.test(key);
    return open ? { message: `The braces of the path "${key}" do not match.`, hint: 'write {name}' } : undefined;
  },
  status: (key) => {
    const status = statusOf(key);
    if (status === key) return undefined;
    if (status !== undefined)
      return { message: `The range "${key}" is written "${status}".`, hint: `write ${status}`, mild: true };
    return { message: `"${key}" is no status code.`, hint: 'a code such as 200, a range such as 4XX, or default' };
  },
  component: (key) =>
    /^[a-zA-Z0-9._-]+$/.test(key)
      ? undefined
      : {
          message: `The name "${key}" of a component has other characters than letters, digits, ".", "_" and "-".`,
          hint: 'rename it',
        },
  'media-type': (key) =>
    /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;.*)?$/.test(key)
      ? undefined
      : { message: `"${key}" is no media type.`, hint: 'e.g. application/json' },
};

export interface ShapeFinding {
  readonly node: DocumentNode;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: Severity;
  /** Default: `openapi-invalid`. */
  readonly code?: DiagnosticCode;
}

/** What is wrong with an object beyond its single fields, and `exclusive` ones. */
export const SHAPE_RULES: Partial<Record<ShapeName, (node: DocumentNode) => readonly ShapeFinding[]>> = {
  Parameter: (node) => [...schemaOrContent(node), ...exclusive(node, 'example', 'examples'), ...placeRules(node)],
  Header: (node) => [...schemaOrContent(node), ...exclusive(node, 'example', 'examples')],
  Link: (node) => [
    ...exclusive(node, 'operationId', 'operationRef'),
    ...(has(node, 'operationId') || has(node, 'operationRef')
      ? []
      : [
          {
            node,
            message: 'A link names its operation by "operationId" or "operationRef".',
            hint: 'add "operationId"',
            code: 'missing-key' as const,
          },
        ]),
  ],
  SecurityScheme: schemeRules,
  Server: serverRules,
  ServerVariable: variableRules,
};

/** A finding if an object has two fields that exclude each other. */
export function exclusive(node: DocumentNode, one: string, other: string): readonly ShapeFinding[] {
  if (!has(node, one) || !has(node, other)) return [];
  return [
    {
      node: childOf(node, other),
      message: `"${one}" and "${other}" exclude each other.`,
      hint: 'remove one of the two',
    },
  ];
}

function schemaOrContent(node: DocumentNode): readonly ShapeFinding[] {
  const content = entriesOf(node, 'content');
  if (has(node, 'content') && content.length !== 1) {
    return [{ node: childOf(node, 'content'), message: `"content" of a parameter has exactly one media type.` }];
  }
  if (has(node, 'schema') || has(node, 'content')) return exclusive(node, 'schema', 'content');
  const near = entriesOf(node).some(([key]) => key === 'type');
  return [
    {
      node,
      message: `"${textOf(node, 'name') ?? 'A header'}" has neither "schema" nor "content".`,
      hint: near ? 'write schema: { type: … }' : 'add "schema"',
      code: 'missing-key',
    },
  ];
}

const STYLES_BY_PLACE: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

function placeRules(node: DocumentNode): readonly ShapeFinding[] {
  const place = textOf(node, 'in') ?? '';
  const style = textOf(node, 'style');
  const styles = Object.hasOwn(STYLES_BY_PLACE, place) ? STYLES_BY_PLACE[place] : undefined;
  const findings: ShapeFinding[] = [];
  if (styles && style !== undefined && !styles.includes(style)) {
    const message = `A ${place} parameter has no style "${style}".`;
    findings.push({
      node: childOf(node, 'style'),
      message,
      hint: `one of ${styles.join(', ')}`,
      code: 'invalid-value',
    });
  }
  if (place === 'path' && childOf(node, 'required').value !== true) {
    const at = has(node, 'required') ? childOf(node, 'required') : node;
    const message = `The path parameter "${textOf(node, 'name') ?? ''}" does not say required: true; it is required all the same.`;
    findings.push({ node: at, message, hint: 'add required: true', severity: 'warning', code: 'missing-key' });
  }
  return findings;
}

function schemeRules(node: DocumentNode): readonly ShapeFinding[] {
  const needs: Readonly<Record<string, readonly string[]>> = {
    apiKey: ['name', 'in'],
    http: ['scheme'],
    oauth2: ['flows'],
    openIdConnect: ['openIdConnectUrl'],
  };
  const type = textOf(node, 'type') ?? '';
  const keys = (Object.hasOwn(needs, type) ? needs[type] : undefined) ?? [];
  return keys
    .filter((key) => !has(node, key))
    .map((key) => ({
      node,
      message: `A security scheme of type ${type} needs "${key}".`,
      hint: `add "${key}"`,
      code: 'missing-key',
    }));
}

/** A variable of the url that nobody declares has no value; one that the url lacks gives it to nobody. */
function serverRules(node: DocumentNode): readonly ShapeFinding[] {
  const variables = entriesOf(node, 'variables').map(([name]) => name);
  const names = [...(textOf(node, 'url') ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const undeclared = names.filter((name) => !variables.includes(name));
  const idle = undeclared.length > 0 || !has(node, 'url') ? [] : variables.filter((name) => !names.includes(name));
  return [
    ...undeclared.map((name): ShapeFinding => {
      const message = `The variable "{${name}}" of this url is not declared.`;
      const hint = suggested(name, variables) ?? `add it to "variables", with a default`;
      return { node: childOf(node, 'url'), message, hint, severity: 'warning' };
    }),
    ...idle.map((name): ShapeFinding => {
      const message = `The url has no place for the variable "${name}".`;
      const hint = `write {${name}} into the url, or remove it`;
      return { node: childOf(node, 'variables', name), message, hint, severity: 'warning' };
    }),
  ];
}

/** OpenAPI 3.1.1 §4.8.6.1: an `enum` has at least one value, and the default is one of them. */
function variableRules(node: DocumentNode): readonly ShapeFinding[] {
  const values = childOf(node, 'enum').value;
  if (!Array.isArray(values)) return [];
  if (values.length === 0) {
    const message = '"enum" of a server variable has at least one value.';
    return [{ node: childOf(node, 'enum'), message, hint: 'remove it', code: 'invalid-value' }];
  }
  const standard = textOf(node, 'default');
  if (standard === undefined || values.map(String).includes(standard)) return [];
  return [
    {
      node: childOf(node, 'default'),
      message: `The default "${standard}" is none of the values of "enum".`,
      hint: suggested(standard, values.map(String)) ?? `one of ${values.join(', ')}`,
      severity: 'warning',
      code: 'value-mismatch',
    },
  ];
}

function suggested(name: string, known: readonly string[]): string | undefined {
  const near = suggest(name, known);
  return near && `did you mean "${near}"?`;
}

/** Keys that people know from Swagger 2.0, JSON Schema or another place, and where they belong. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  definitions: 'schemas stand in components.schemas',
  basePath: 'write it into the url of "servers"',
  host: 'write it into the url of "servers"',
  schemes: 'write it into the url of "servers"',
  consumes: 'media types are keys of "content" in the request body',
  produces: 'media types are keys of "content" in each response',
  securityDefinitions: 'security schemes stand in components.securitySchemes',
  schema: 'put it below a media type in "content"',
  type: 'put it into "schema"',
  format: 'put it into "schema"',
  enum: 'put it into "schema"',
  default: 'put it into "schema"',
  items: 'put it into "schema"',
  minimum: 'put it into "schema"',
  maximum: 'put it into "schema"',
  pattern: 'put it into "schema"',
  properties: 'put it into "schema"',
  $ref: 'a reference cannot stand here',
};

/** Values that people know from Swagger 2.0. */
export const OTHER_VALUES: Readonly<Record<string, string>> = {
  body: 'write "requestBody" beside "parameters" instead',
  formData: 'write "requestBody" with application/x-www-form-urlencoded or multipart/form-data instead',
  basic: 'write type: http with scheme: basic',
  bearer: 'write type: http with scheme: bearer',
  jwt: 'write type: http with scheme: bearer and bearerFormat: JWT',
};
