import type { Extension, JsonSchema, Operation, PathItem, SecurityRequirement } from '../../model/description.ts';
import { fieldPath } from '../../model/field-path.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { describedServers, openapiInfo, openapiTags } from '../../model/openapi/info.ts';
import { aboutPath, openapiPaths } from '../../model/openapi/paths.ts';
import { translateSchemas } from '../../model/openapi/schemas.ts';
import { translateSecurity } from '../../model/openapi/security.ts';
import { declaredIds } from '../../model/operations.ts';
import { isRecord } from '../../model/schema.ts';
import type { ApiModel } from '../../model/types.ts';
import { openapiOperation } from './openapi-operation.ts';
import type { ResponsesTranslation } from './openapi-responses.ts';
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
  const { schemas: declared, translate } = translateSchemas(model.$defs);
  const schemas = markServerSide(declared, model, translate);
  const { schemes: securitySchemes, requirements } = translateSecurity(model.securitySchemes);
  const problemName = freeName('Problem', schemas);
  const translation: ResponsesTranslation = {
    model,
    translate,
    security: (declared) => securityMember(declared, requirements),
    meaning: () => '',
    operationId: operationNames(model),
    problem: { $ref: '#/components/responses/Problem' },
    problemSchema: { $ref: `#/components/schemas/${problemName}` },
  };
  const paths = model.paths.map((item): [string, object] => [item.path, openapiPath(item, translation)]);
  const webhooks = openapiPaths(model.webhooks ?? [], translation);
  return {
    openapi: '3.1.1',
    info: openapiInfo(model),
    servers: [{ url: base || '/' }, ...describedServers(model.servers)],
    ...openapiTags(model),
    paths: { ...Object.fromEntries(paths), ...openapiExtensions(model.pathsExtensions ?? []) },
    ...(Object.keys(webhooks).length > 0 && { webhooks }),
    ...(model.security.length > 0 && securityMember(model.security, requirements)),
    components: {
      schemas: { ...schemas, [problemName]: problemSchema },
      responses: problemResponses(problemName),
      ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
      ...openapiExtensions(model.componentsExtensions ?? []),
    },
    ...openapiExtensions(publicOnly(model.extensions)),
  };
}

/**
 * What clients never see (Ramses' hidden fields) is `writeOnly` in OpenAPI, and an id that only the server makes is
 * `readOnly`: so tools know why a required property may be missing.
 */
function markServerSide(
  schemas: Readonly<Record<string, JsonSchema>>,
  { resources }: ApiModel,
  translate: (schema: JsonSchema) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  const marked: Record<string, JsonSchema> = { ...schemas };
  for (const { schema, secrets, id } of resources) {
    const reference = translate(schema);
    const name = isRecord(reference) ? String(reference.$ref).split('/').at(-1) : undefined;
    const component = name === undefined ? undefined : marked[name];
    if (name === undefined || !isRecord(component) || !isRecord(component.properties)) continue;
    const properties = Object.entries(component.properties).map(([property, declared]): [string, unknown] => {
      if (!isRecord(declared)) return [property, declared];
      if (secrets.includes(fieldPath([property]))) return [property, { ...declared, writeOnly: true }];
      const isGenerated = property === id.property && id.generate !== 'none' && !id.clientMayChoose;
      return [property, isGenerated ? { ...declared, readOnly: true } : declared];
    });
    marked[name] = { ...component, properties: Object.fromEntries(properties) };
  }
  return marked;
}

/**
 * The member `security`. It is left out where no alternative can be said, or only that none is needed: what stands there
 * must never ask for less than what is declared.
 */
function securityMember(
  declared: readonly SecurityRequirement[],
  requirements: (declared: readonly SecurityRequirement[]) => readonly object[],
): object {
  const said = requirements(declared);
  const isWhole = said.length === declared.length;
  return isWhole || said.some((requirement) => Object.keys(requirement).length > 0) ? { security: said } : {};
}

/** Ramses' `_…` keys tell about storage, and stay at home. */
function publicOnly(extensions: readonly Extension[]): readonly Extension[] {
  return extensions.filter(({ name }) => !name.startsWith('_'));
}

function openapiPath(item: PathItem, translation: ResponsesTranslation): object {
  const operations = item.operations.map((operation): [string, object] => [
    operation.method,
    openapiOperation(item, operation, translation),
  ]);
  const shown = { ...item, extensions: publicOnly(item.extensions) };
  return { ...aboutPath(shown, translation), ...Object.fromEntries(operations) };
}

/** Declared ids; for RAML, which has none, `getBooks`, `getBooksByIsbn`. Unique, as tools make functions of them. */
function operationNames({ paths, webhooks = [] }: ApiModel): (operation: Operation) => string | undefined {
  const names = new Map(declaredIds([...paths, ...webhooks]));
  const taken = new Set(names.values());
  for (const { path, operations } of paths) {
    for (const operation of operations) {
      if (names.has(operation)) continue;
      const isDeclared = !operation.id.includes(' ');
      const base = isDeclared ? operation.id : operation.method + camelCase(path);
      let name = base;
      for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
      taken.add(name);
      names.set(operation, name);
    }
  }
  return (operation) => names.get(operation);
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
