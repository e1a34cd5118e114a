import type { Operation, PathItem, Server } from '../../model/description.ts';
import type { ApiModel } from '../../model/types.ts';
import { type OperationTranslation, openapiOperation } from './openapi-operation.ts';
import { openapiParameters } from './openapi-parameters.ts';
import { translateSchemas } from './openapi-schemas.ts';
import { translateSecurity } from './openapi-security.ts';
import { problemResponses, problemSchema } from './problem-schema.ts';

export interface OpenapiOptions {
  /** Path that everything is mounted under, without a trailing slash; '' at the root. */
  readonly base: string;
}

/**
 * The served API as an OpenAPI 3.1 document: what is declared, and what the server adds to it (list parameters, ETags,
 * conditional requests, problems).
 *
 * @example openapiDocument(model, { base: '' }) // { openapi: '3.1.1', info: { title: 'Bookstore', … }, paths: … }
 */
export function openapiDocument(model: ApiModel, { base }: OpenapiOptions): object {
  const { schemas, translate } = translateSchemas(model.$defs);
  const { schemes: securitySchemes, requirements } = translateSecurity(model.securitySchemes);
  const problemName = freeName('Problem', schemas);
  const translation: OperationTranslation = {
    model,
    translate,
    security: requirements,
    operationId: operationNames(model),
    problem: { $ref: '#/components/responses/Problem' },
  };
  const paths = model.paths.map((item): [string, object] => [item.path, openapiPath(item, translation)]);
  const security = requirements(model.security);
  return {
    openapi: '3.1.1',
    info: {
      title: model.title,
      version: model.version ?? '1',
      ...descriptionOf(model),
    },
    servers: [{ url: base || '/' }, ...model.servers.filter(isOpenapiServer).map(openapiServer)],
    paths: Object.fromEntries(paths),
    ...(security.length > 0 && { security }),
    components: {
      schemas: { ...schemas, [problemName]: problemSchema },
      responses: problemResponses(problemName),
      ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
    },
  };
}

function openapiPath(item: PathItem, translation: OperationTranslation): object {
  const parameters = openapiParameters(item.parameters, translation.translate);
  const operations = item.operations.map((operation): [string, object] => [
    operation.method,
    openapiOperation(item, operation, translation),
  ]);
  return {
    ...(item.displayName !== undefined && { summary: item.displayName }),
    ...(item.description !== undefined && { description: item.description }),
    ...(parameters.length > 0 && { parameters }),
    ...Object.fromEntries(operations),
  };
}

/** RAML's documentation pages follow the description as sections. */
function descriptionOf({ description, documentation }: ApiModel): { readonly description?: string } {
  const sections = documentation.map(({ title, content }) => `## ${title}\n\n${content}`);
  const text = [...(description === undefined ? [] : [description]), ...sections].join('\n\n');
  return text === '' ? {} : { description: text };
}

/** Every `{variable}` of a server's URL must be described with a default. */
function isOpenapiServer({ url, variables }: Server): boolean {
  const used = [...url.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  return (
    url !== '' &&
    used.every((used) => variables.some(({ name, default: value }) => name === used && value !== undefined))
  );
}

function openapiServer({ url, description, variables }: Server): object {
  const described = variables
    .filter((variable) => variable.default !== undefined)
    .map(({ name, ...variable }): [string, object] => [
      name,
      {
        default: variable.default,
        ...(variable.enum && variable.enum.length > 0 && { enum: variable.enum }),
        ...(variable.description !== undefined && { description: variable.description }),
      },
    ]);
  return {
    url,
    ...(description !== undefined && { description }),
    ...(described.length > 0 && { variables: Object.fromEntries(described) }),
  };
}

/** Declared ids; for RAML, which has none, `getBooks`, `getBooksByIsbn`. Unique, as tools make functions of them. */
function operationNames(model: ApiModel): (operation: Operation) => string {
  const names = new Map<Operation, string>();
  const taken = new Set<string>();
  for (const { path, operations } of model.paths) {
    for (const operation of operations) {
      const isDeclared = !operation.id.includes(' ');
      const base = isDeclared ? operation.id : operation.method + camelCase(path);
      let name = base;
      for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
      taken.add(name);
      names.set(operation, name);
    }
  }
  return (operation) => names.get(operation) ?? operation.id;
}

function camelCase(path: string): string {
  const words = path.replace(/\{([^}]+)\}/g, ' by $1 ').split(/[^A-Za-z0-9]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Root';
}

function freeName(name: string, taken: Readonly<Record<string, unknown>>): string {
  let free = name;
  for (let number = 2; Object.hasOwn(taken, free); number++) free = `${name}_${number}`;
  return free;
}
