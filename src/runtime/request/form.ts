import { ApiError, type Violation } from '../../errors.ts';
import type { Encoding, MediaType, Parameter } from '../../model/description.ts';
import { type Definitions, type Shape, shapeOf } from '../../model/schema.ts';
import { decodeQuery, type QueryPair } from '../../query/decode.ts';
import type { Service } from '../service.ts';
import { compileCoercion, compileFormCoercion } from './coerce.ts';
import { parseJson } from './json.ts';
import { covers, isJsonType } from './media-type.ts';
import { type FormPart, parseMultipart } from './multipart.ts';
import { compileParameterStyle } from './parameter-styles.ts';
import { queryTexts } from './parameter-texts.ts';
import { memberNames } from './parameter-values.ts';

/** Reads the forms of one declared body: one object, whose members have the types that are declared. */
export interface Form {
  /** Throws `ApiError` `malformed-body`. */
  urlencoded(text: string): object;
  /** Throws `ApiError` `malformed-body`, `unsupported-media-type` or `invalid-body`, each with the part at fault. */
  multipart(body: Buffer, boundary: string | undefined): Promise<object>;
}

/**
 * `application/x-www-form-urlencoded` and `multipart/form-data`, as the schema and the `encoding` of a media type say
 * (OpenAPI 3.1.1 §4.8.15; RAML 1.0, "File"): what a part is, how arrays and objects are written, which headers a part
 * has. A part that does not say what it is is taken for what is declared. A file that is no UTF-8 text becomes base64.
 */
export function compileForm(
  { schema, encoding = [] }: Pick<MediaType, 'schema' | 'encoding'>,
  service: Pick<Service, 'model' | 'validator'>,
): Form {
  const { $defs } = service.model;
  const gather = compileFormCoercion(schema, $defs);
  const shape = shapeOf(schema, $defs);
  const styled = encoding.filter(isStyled).map((each) => compileStyled(each, shape, $defs));
  const rules = new Map(partNames(shape, encoding).map((name) => [name, compilePart(name, shape, encoding, $defs)]));
  const members = (form: Written): object => {
    const taken = new Set<number>();
    const read = styled.flatMap(({ name, covers: isOwn, read: readIt }) => {
      const own = form.pairs.flatMap(([given], index) => (isOwn(given) ? [index] : []));
      for (const index of own) taken.add(index);
      return own.length === 0 ? [] : [[name, readIt(form.texts(own))] as const];
    });
    const rest = form.pairs.filter((_, index) => !taken.has(index));
    return Object.fromEntries([...Object.entries(gather(rest)), ...read]);
  };
  return {
    urlencoded(text) {
      const pairs = decodeForm(text);
      for (const [name, value] of pairs) rules.get(name)?.check(name, value);
      return members({ pairs, texts: (indexes) => queryTexts(text, pairs, indexes) });
    },
    async multipart(body, boundary) {
      const parts = parseMultipart(body, boundary).map((part) => ({ ...part, name: plainName(part.name, shape) }));
      await checkHeaders(parts, encoding, service);
      const values = parts.map((part) => (rules.get(part.name) ?? anything).read(part));
      const isText = (index: number) => typeof values[index] === 'string';
      const texts = parts.flatMap(({ name }, index): QueryPair[] =>
        isText(index) ? [[name, String(values[index])]] : [],
      );
      const form = members({ pairs: texts, texts: (indexes) => queryTexts(undefined, texts, indexes) });
      return withDocuments(form, parts, values, shape, $defs);
    },
  };
}

/** PHP's and jQuery's way to say "array": no way round the rules of the property. */
function plainName(name: string, { properties }: Shape): string {
  return name.endsWith('[]') && !properties.has(name) ? name.slice(0, -2) : name;
}

interface Written {
  readonly pairs: readonly QueryPair[];
  readonly texts: (indexes: readonly number[]) => ReturnType<typeof queryTexts>;
}

function decodeForm(text: string): readonly QueryPair[] {
  try {
    return decodeQuery(text.trim());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError('malformed-body', 'The form cannot be decoded.', { hint: error.hint });
  }
}

// ── style, explode, allowReserved ───────────────────────────────────────────────────────────────────────────────────

/** Any of the three says that a property is written like a query parameter, whatever its `contentType`. */
function isStyled({ style, explode, allowReserved }: Encoding): boolean {
  return style !== undefined || explode !== undefined || allowReserved !== undefined;
}

function compileStyled({ name, style = 'form', explode }: Encoding, shape: Shape, definitions: Definitions) {
  const parameter: Parameter = {
    name,
    in: 'query',
    required: false,
    schema: shape.properties.get(name) ?? true,
    style,
    explode: explode ?? style === 'form',
    examples: [],
    extensions: [],
    at: { file: '', line: 1, column: 1 },
  };
  const others = [...shape.properties.keys()].filter((other) => other !== name);
  const isMember = memberNames(parameter, definitions, others);
  return {
    name,
    covers: (given: string) => given === name || isMember(given),
    read: compileParameterStyle(parameter, definitions),
  };
}

// ── what a part is ──────────────────────────────────────────────────────────────────────────────────────────────────

interface PartRule {
  read(part: FormPart): unknown;
  /** Of a text in an urlencoded form, for its type has no place of its own. */
  check(name: string, text: string): void;
}

const anything: PartRule = { read: (part) => contentOf(part, false), check: () => {} };

function partNames({ properties }: Shape, encoding: readonly Encoding[]): readonly string[] {
  return [...new Set([...properties.keys(), ...encoding.map(({ name }) => name)])];
}

function compilePart(
  name: string,
  { properties }: Shape,
  encoding: readonly Encoding[],
  definitions: Definitions,
): PartRule {
  const said = encoding.find((each) => each.name === name);
  const property = shapeOf(properties.get(name), definitions);
  const one = property.type === 'array' ? shapeOf(property.items, definitions) : property;
  const types = said !== undefined && isStyled(said) ? [] : declaredTypes(said, one);
  const isDocument = types.length > 0 && types.every(isJsonType);
  return {
    read(part) {
      const { type } = part;
      if (type && types.length > 0 && !types.some((declared) => covers(declared, type.essence))) {
        throw wrongType(part.name, type.essence, types);
      }
      checkSize(part, one);
      return contentOf(part, isDocument);
    },
    check(given, text) {
      if (isDocument) parsed(given, text);
    },
  };
}

/** `contentType` of the encoding, else `contentMediaType` (JSON Schema), else `fileTypes` (RAML). None: any. */
function declaredTypes(said: Encoding | undefined, { schema }: Shape): readonly string[] {
  const { contentMediaType, 'x-fileTypes': fileTypes } = schema;
  if (said?.contentType !== undefined) return said.contentType.split(',').map(essenceOf);
  if (typeof contentMediaType === 'string') return [essenceOf(contentMediaType)];
  return Array.isArray(fileTypes) ? fileTypes.filter((type) => typeof type === 'string').map(essenceOf) : [];
}

function essenceOf(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

function wrongType(name: string, given: string, types: readonly string[]): ApiError {
  const list = types.join(', ');
  return new ApiError('unsupported-media-type', `The part "${name}" is ${given}, and must be ${list}.`, {
    hint: `Send one of ${list}, and say so in the Content-Type of the part.`,
    violations: [{ in: 'body', pointer: pointerTo(name), message: `must be ${list}` }],
  });
}

/** Here the length of a file is known; later it may be that of base64, and is judged mildly. */
function checkSize({ name, bytes: { length } }: FormPart, { schema }: Shape): void {
  const { format, minLength: least, maxLength: most } = schema;
  const message =
    typeof least === 'number' && length < least
      ? `must NOT have fewer than ${least} octets`
      : typeof most === 'number' && length > most
        ? `must NOT have more than ${most} octets`
        : undefined;
  if (format !== 'binary' || message === undefined) return;
  const violations = [{ in: 'body' as const, pointer: pointerTo(name), message }];
  throw new ApiError('invalid-body', `The part "${name}" ${message}.`, { violations });
}

/** A document in JSON as what it says, everything else as text. */
function contentOf({ name, type, bytes }: FormPart, isDocument: boolean): unknown {
  const text = textOf(bytes);
  return (type === undefined && isDocument) || (type && isJsonType(type.essence)) ? parsed(name, text) : text;
}

function parsed(name: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const violations = [{ in: 'body' as const, pointer: pointerTo(name), message: 'must be JSON' }];
    throw new ApiError('malformed-body', `The part "${name}" must be JSON: ${error.message}`, { violations });
  }
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('base64');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Documents join the texts that are read already; of an array, each part is an item, in the order of the parts. */
function withDocuments(
  form: object,
  parts: readonly FormPart[],
  values: readonly unknown[],
  shape: Shape,
  definitions: Definitions,
): object {
  const names = new Set(parts.flatMap(({ name }, index) => (typeof values[index] === 'string' ? [] : [name])));
  if (names.size === 0) return form;
  const members = new Map<string, unknown>(Object.entries(form));
  for (const name of names) {
    const property = shape.properties.get(name);
    const isArray = shapeOf(property, definitions).type === 'array';
    const coerce = compileCoercion(isArray ? shapeOf(property, definitions).items : property, definitions);
    const all = parts.flatMap((part, index) => (part.name === name ? [values[index]] : []));
    const items = all.map((value) => (typeof value === 'string' ? coerce(value) : value));
    const [only] = items;
    members.set(name, items.length > 1 || (isArray && !Array.isArray(only)) ? items : only);
  }
  return Object.fromEntries(members);
}

// ── headers of parts ────────────────────────────────────────────────────────────────────────────────────────────────

async function checkHeaders(
  parts: readonly FormPart[],
  encoding: readonly Encoding[],
  { model, validator }: Pick<Service, 'model' | 'validator'>,
): Promise<void> {
  const violations: Violation[] = [];
  for (const { name, headers = [] } of encoding) {
    for (const part of headers.length > 0 ? parts.filter((each) => each.name === name) : []) {
      for (const header of headers) {
        const text = part.headers.get(header.name.toLowerCase());
        const report = (message: string) =>
          violations.push({ in: 'body', pointer: pointerTo(name), message: `its header ${header.name} ${message}` });
        if (text === undefined && header.required) report('is required');
        if (text === undefined) continue;
        const value = compileCoercion(header.schema, model.$defs)(text);
        for (const { message } of (await validator()).request(header.schema)(value)) report(message);
      }
    }
  }
  const [first] = violations;
  if (!first) return;
  throw new ApiError('invalid-body', `"${first.pointer}": ${first.message}.`, { violations });
}

function pointerTo(name: string): string {
  return `/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
