import type { JsonSchema, MediaType, Parameter } from '../../model/description.ts';
import { mergeParameters } from '../../model/parameter.ts';
import { isRecord, referenceName, resolve } from '../../model/schema.ts';
import type { ProjectFile } from '../file.ts';
import { lineWidth, widthOf } from '../typescript/literal.ts';
import { comment, memberName, quoted } from '../typescript/text.ts';
import { aliasOf, declarationOf, memberLine, typeOf } from '../typescript/type-of.ts';
import { generated, importLine } from './header.ts';
import type { OperationOutline, Outline, ResourceOutline } from './outline.ts';

const hooks = '../cartouche/runtime/hooks';

/**
 * `src/types/books.ts` and its neighbours: the types of what is stored, sent and answered, and of handlers. A definition
 * stands where its resource is, or where it alone is used; what several use is in `shared.ts`.
 */
export function typesFiles(outline: Outline): readonly ProjectFile[] {
  const homes = homesOf(outline);
  const files = new Map<string, string[]>(outline.routers.map(({ file }) => [file, []]));
  for (const [definition, file] of homes) {
    const parts = files.get(file) ?? [];
    files.set(file, parts);
    parts.push(definition);
  }
  const written = [...files].map(([file, definitions]) => typesFile(file, definitions, outline, homes));
  return [...written, collectionsFile(outline, homes)];
}

/** HEAD and OPTIONS are answered by Cartouche itself. */
function isHooked({ binding }: OperationOutline): boolean {
  return binding.action.kind !== 'head' && binding.action.kind !== 'options';
}

/** Names that a file's text mentions, and where they come from. */
class Mentions {
  readonly #names = new Map<string, Set<string>>();

  add(name: string, from: string): string {
    const known = this.#names.get(from) ?? new Set();
    this.#names.set(from, known.add(name));
    return name;
  }

  imports(own: string): string {
    return [...this.#names]
      .filter(([from]) => from !== own)
      .sort(([one], [other]) => (one.replace(/\.ts$/, '') < other.replace(/\.ts$/, '') ? -1 : 1))
      .map(([from, names]) =>
        importLine(
          [...names].map((name) => `type ${name}`),
          from,
        ),
      )
      .join('');
  }
}

interface Types {
  readonly mentions: Mentions;
  nameOf(definition: string): string | undefined;
}

function typesIn(outline: Outline, homes: ReadonlyMap<string, string>): Types {
  const mentions = new Mentions();
  return {
    mentions,
    nameOf(definition) {
      const name = outline.typeNames.get(definition);
      const home = homes.get(definition);
      return name === undefined || home === undefined ? undefined : mentions.add(name, `./${home}.ts`);
    },
  };
}

function typesFile(
  file: string,
  definitions: readonly string[],
  outline: Outline,
  homes: ReadonlyMap<string, string>,
): ProjectFile {
  const types = typesIn(outline, homes);
  const router = outline.routers.find((candidate) => candidate.file === file);
  const declarations = definitions.map((definition) =>
    declarationOf(outline.typeNames.get(definition) ?? '', outline.model.$defs[definition] ?? true, types),
  );
  const hooked = (router?.operations ?? []).filter(isHooked);
  const operations = hooked.map((operation) => operationTypes(operation, types));
  const members = hooked.map((operation) => hooksMember(operation, types));
  const handlers = router
    ? [
        `${comment('Code of your own for each operation; `{}` is what is described.')}export interface ${router.typeName}Handlers {${members.length === 0 ? '' : `\n${members.join('')}`}}\n`,
      ]
    : [];
  const body = [...declarations, ...operations, ...handlers].join('\n');
  const text = `${generated}${types.mentions.imports(`./${file}.ts`)}\n${body}`;
  return { path: `src/types/${file}.ts`, class: 'generated', text: text.replace(/\n{3,}/g, '\n\n') };
}

function hooksMember({ operation, typeName, binding }: OperationOutline, { mentions }: Types): string {
  const type = mentions.add('OperationHooks', `${hooks}/hooks.ts`);
  const parameters = [`${typeName}Request`, `${typeName}Answer`];
  if (binding.action.kind === 'list') {
    parameters.push(`${typeName}Answer | ${mentions.add('PartialAnswer', `${hooks}/hooks.ts`)}`);
  }
  const start = `  readonly ${memberName(operation.id)}: ${type}<`;
  const line = `${start}${parameters.join(', ')}>;\n`;
  if (widthOf(line) <= lineWidth + 1) return line;
  return `${start}\n${parameters.map((each) => `    ${each}`).join(',\n')}\n  >;\n`;
}

/** `CreateBookRequest` and `CreateBookAnswer`, and the types of their bodies that have no names of their own. */
function operationTypes(outline: OperationOutline, types: Types): string {
  const { operation, item, binding, typeName } = outline;
  const parameters = mergeParameters(item.parameters, operation.parameters);
  const place = (where: Parameter['in'], as: string): string => {
    const lines = parameters
      .filter((parameter) => parameter.in === where)
      .map((parameter) => {
        const start = `    readonly ${memberName(parameter.name)}${isSent(parameter) ? '' : '?'}:`;
        return memberLine(start, typeOf(parameter.schema, types, '    '), '    ');
      });
    return lines.length === 0 ? '' : `  readonly ${as}: {\n${lines.join('')}  };\n`;
  };
  const about = comment(`What \`${binding.method.toUpperCase()} ${item.path}\` takes.`);
  const bodies: string[] = [];
  const body = bodyType(outline, types, bodies);
  const request = [
    `${about}export interface ${typeName}Request {\n`,
    place('path', 'parameters'),
    place('query', 'query'),
    place('header', 'headers'),
    place('cookie', 'cookies'),
    body === undefined ? '' : `  readonly body: ${body};\n`,
    `  readonly collections: ${types.mentions.add('Collections', './collections.ts')};\n`,
    '}\n',
  ].join('');
  const answers = aliasOf(`${typeName}Answer`, answerTypes(outline, types, bodies));
  return [...bodies, request, answers].join('\n');
}

function isSent({ required, schema }: Parameter): boolean {
  return required || (isRecord(schema) && schema.default !== undefined);
}

/** `undefined`: there is none. */
function bodyType({ operation, binding, typeName }: OperationOutline, types: Types, bodies: string[]) {
  const { requestBody } = operation;
  if (requestBody === undefined) return undefined;
  const kinds = requestBody.content.map((content) => contentType(content, types, `${typeName}Body`, bodies));
  if (/^update/.test(binding.action.kind)) kinds.push(types.mentions.add('JsonPatch', `${hooks}/patches.ts`));
  if (!requestBody.required) kinds.push('undefined');
  return unionOf(kinds);
}

function answerTypes({ operation, binding, typeName }: OperationOutline, types: Types, bodies: string[]) {
  const answer = types.mentions.add('Answer', '../cartouche/definition/answer.ts');
  const answers = operation.responses.map(({ status, headers, content }) => {
    const number = /^\d+$/.test(status) ? status : 'number';
    const suffix = status === 'default' ? 'Default' : status;
    const kinds = content.map((one) => contentType(one, types, `${typeName}${suffix}`, bodies));
    const parts = [number];
    if (kinds.length > 0 || headers.length > 0) parts.push(kinds.length === 0 ? 'undefined' : unionOf(kinds));
    if (headers.length > 0) {
      parts.push(named(`${typeName}${suffix}Headers`, headersSchema(headers), types, bodies));
    }
    return `${answer}<${parts.join(', ')}>`;
  });
  const isDeclared = operation.responses.some(({ status }) => status === String(binding.success));
  return isDeclared ? answers : [...answers, `${answer}<${binding.success}, unknown>`];
}

function headersSchema(headers: readonly Parameter[]): JsonSchema {
  return { type: 'object', properties: Object.fromEntries(headers.map(({ name, schema }) => [name, schema])) };
}

/** The type of a schema, which gets a name where it takes more than a line. */
function named(name: string, schema: JsonSchema, types: Types, bodies: string[]): string {
  const type = typeOf(schema, types);
  if (!type.includes('\n') && widthOf(type) < 60) return type;
  const free = bodies.some((body) => body.includes(` ${name} `)) ? `${name}${bodies.length + 1}` : name;
  bodies.push(declarationOf(free, schema, types));
  return free;
}

/** JSON and forms as the schema has them; anything else is text. */
function contentType({ mediaType, schema }: MediaType, types: Types, name: string, bodies: string[]): string {
  if (!/json|\*|form/.test(mediaType)) return 'string';
  return schema === undefined ? 'unknown' : named(name, schema, types, bodies);
}

function unionOf(types: readonly string[]): string {
  const different = [...new Set(types)];
  return different.length === 0 || different.includes('unknown') ? 'unknown' : different.join(' | ');
}

/** `src/types/collections.ts`: all that is stored, as handlers get at it. */
function collectionsFile(outline: Outline, homes: ReadonlyMap<string, string>): ProjectFile {
  const types = typesIn(outline, homes);
  const members = outline.resources.map((resource) => collectionMember(resource, outline, types));
  const text = `${generated}${types.mentions.imports('./collections.ts')}
${comment('All that is stored, by the names of the resources: `call.collections` of handlers.')}export interface Collections {${members.length === 0 ? '' : `\n${members.join('')}`}}
${members.some((member) => member.includes('Fillable<')) ? fillable : ''}`;
  return { path: 'src/types/collections.ts', class: 'generated', text };
}

const fillable = `
/** A document without those of its properties that the server fills in. */
type Fillable<Document, Names extends keyof Document> = Omit<Document, Names> & Partial<Pick<Document, Names>>;
`;

function collectionMember({ resource }: ResourceOutline, { model }: Outline, types: Types): string {
  const kind = resource.kind === 'singleton' ? 'DocumentSingleton' : 'DocumentCollection';
  const collection = types.mentions.add(kind, `${hooks}/documents.ts`);
  const name = referenceName(resource.schema === true ? undefined : resource.schema);
  const isObject = resolve(resource.schema, model.$defs).type === 'object';
  const type = name !== undefined && isObject ? types.nameOf(name) : undefined;
  if (type === undefined) return `  readonly ${memberName(resource.name)}: ${collection};\n`;
  const filled = filledIn(resource, resolve(resource.schema, model.$defs));
  const created = filled.length === 0 ? '' : `, Fillable<${type}, ${filled.map((each) => quoted(each)).join(' | ')}>`;
  return `  readonly ${memberName(resource.name)}: ${collection}<${type}${created}>;\n`;
}

/** Properties that need not be there when a document is created. */
function filledIn({ id, timestamps = [] }: ResourceOutline['resource'], schema: { readonly properties?: unknown }) {
  const declared = isRecord(schema.properties) ? schema.properties : {};
  const names = [
    ...(id.property !== undefined && id.generate !== 'none' ? [id.property] : []),
    ...timestamps.map(({ property }) => property),
  ];
  return names.filter((name) => Object.hasOwn(declared, name));
}

/** In which file each definition stands that is used at all, in the description's order. */
function homesOf({ model, routers, resources }: Outline): ReadonlyMap<string, string> {
  const files = new Set(routers.map(({ file }) => file));
  const users = new Map<string, Set<string>>();
  const use = (schema: unknown, file: string): void => {
    for (const name of referencedBy(schema)) {
      const known = users.get(name) ?? new Set<string>();
      users.set(name, known);
      if (known.has(file) || !Object.hasOwn(model.$defs, name)) continue;
      known.add(file);
      use(model.$defs[name], file);
    }
  };
  for (const { file, operations } of routers) {
    for (const { item, operation } of operations) {
      const { requestBody, responses } = operation;
      use([item.parameters, operation.parameters, requestBody, responses].map(schemasOf), file);
    }
  }
  const own = new Map<string, string>();
  for (const { resource, file } of resources) {
    const name = referenceName(resource.schema === true ? undefined : resource.schema);
    use(resource.schema, files.has(file) ? file : 'shared');
    if (name !== undefined && files.has(file) && !own.has(name)) own.set(name, file);
  }
  const shared = files.has('shared') ? 'shared-types' : 'shared';
  return new Map(
    Object.keys(model.$defs).flatMap((name): [string, string][] => {
      const [only, ...others] = users.get(name) ?? [];
      if (only === undefined) return [];
      return [[name, own.get(name) ?? (others.length === 0 ? only : shared)]];
    }),
  );
}

/** Examples are values: a `$ref` in them refers to nothing. */
function schemasOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemasOf);
  if (!isRecord(value)) return [];
  const { schema, content, headers } = value;
  return [schema, schemasOf(content), schemasOf(headers)];
}

function referencedBy(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencedBy);
  if (!isRecord(schema)) return [];
  const name = referenceName(schema as JsonSchema);
  const inner = Object.entries(schema).filter(
    ([keyword]) => !['enum', 'const', 'default', 'examples'].includes(keyword),
  );
  return [...(name === undefined ? [] : [name]), ...inner.flatMap(([, value]) => referencedBy(value))];
}
