import type { JsonSchema, SchemaObject } from '../../model/description.ts';
import { asArray, isRecord, isSchema, referenceName } from '../../model/schema.ts';
import { lineWidth, widthOf } from './literal.ts';
import { comment, memberName, quoted } from './text.ts';

export interface TypeNames {
  /** The identifier of a definition's type. */
  nameOf(definition: string): string | undefined;
}

/** Nesting of inline types after which nobody would read on. */
const DEEPEST = 12;

/**
 * The TypeScript type of the values that a schema accepts, as near as types come: what they cannot say (lengths,
 * patterns, formats) is left to the validator, and nothing that a schema accepts is excluded.
 *
 * @param indent of the line that the type begins on
 * @example typeOf({ type: ['string', 'null'] }, names) // 'string | null'
 */
export function typeOf(schema: JsonSchema, names: TypeNames, indent = ''): string {
  return joined(alternativesOf(schema, names, indent, 0), ' | ');
}

/** A type of its own: an interface where the schema is an object's, an alias otherwise. */
export function declarationOf(name: string, schema: JsonSchema, names: TypeNames): string {
  const about = isRecord(schema) && typeof schema.description === 'string' ? comment(schema.description) : '';
  const members = isRecord(schema) && isPlainObject(schema) ? membersOf(schema, names, '', 0) : undefined;
  if (members?.startsWith('{')) return `${about}export interface ${name} ${members}\n`;
  return about + aliasOf(name, alternativesOf(schema, names, '', 0));
}

/** A name for a union, over several lines where one is too short. */
export function aliasOf(name: string, alternatives: readonly string[]): string {
  return memberLine(`export type ${name} =`, joined(alternatives, ' | '), '', alternatives);
}

/**
 * What begins with `start` and goes on with a type: beside it, or with a line for each alternative where that is too long.
 */
export function memberLine(start: string, type: string, indent: string, alternatives?: readonly string[]): string {
  const beside = `${start} ${type};`;
  const parts = alternatives ?? type.split(' | ');
  const isLong = !type.includes('\n') && widthOf(beside) > lineWidth;
  const [, elements] = /^\((.*)\)\[\]$/.exec(type) ?? [];
  if (isLong && elements !== undefined) {
    const members = elements.split(' | ');
    if (!members.every(isWhole)) return `${beside}\n`;
    return `${start} (\n${members.map((member) => `${indent}  | ${member}\n`).join('')}${indent})[];\n`;
  }
  // Splitting is for plain alternatives: a text or a nested type with ` | ` in it stays whole.
  if (!isLong || parts.length < 2 || !parts.every(isWhole)) return `${beside}\n`;
  return `${start}\n${parts.map((part) => `${indent}  | ${part}`).join('\n')};\n`;
}

function isWhole(part: string): boolean {
  return /^(?:[\w.]+(?:\[\])*(?:<[^|]*>)?|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\w.]+<[^'"]*>)$/.test(part);
}

type Types = readonly string[];

function alternativesOf(schema: JsonSchema, names: TypeNames, indent: string, depth: number): Types {
  if (schema === false) return ['never'];
  if (schema === true || depth > DEEPEST) return ['unknown'];
  const parts = conjunctsOf(schema, names, indent, depth);
  if (parts.length === 0) return ['unknown'];
  if (parts.length === 1) return parts[0] ?? ['unknown'];
  return [parts.map((types) => (types.length > 1 ? `(${joined(types, ' | ')})` : (types[0] ?? 'unknown'))).join(' & ')];
}

/** All of these hold. Each is a list of alternatives. */
function conjunctsOf(schema: SchemaObject, names: TypeNames, indent: string, depth: number): readonly Types[] {
  const reference = referenceName(schema);
  const named = reference === undefined ? undefined : names.nameOf(reference);
  const parts: Types[] = named === undefined ? [] : [[named]];
  const own = ownTypes(schema, names, indent, depth);
  if (own !== undefined) parts.push(own);
  for (const member of asArray(schema.allOf).filter(isSchema)) {
    parts.push(alternativesOf(member, names, indent, depth + 1));
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const members = asArray(schema[keyword]).filter(isSchema);
    if (members.length === 0) continue;
    parts.push(members.flatMap((member) => alternativesOf(member, names, indent, depth + 1)));
  }
  // `unknown & T` is T; two equal parts are one.
  const telling = parts.map((types) => [...new Set(types)]).filter((types) => !types.includes('unknown'));
  return telling.filter((types, at) => telling.findIndex((other) => other.join() === types.join()) === at);
}

function ownTypes(schema: SchemaObject, names: TypeNames, indent: string, depth: number): Types | undefined {
  if ('const' in schema) return [literalOf(schema.const)];
  if (Array.isArray(schema.enum)) return schema.enum.length === 0 ? ['never'] : schema.enum.map(literalOf);
  const types = asArray(schema.type).filter((type) => typeof type === 'string');
  if (types.length === 0) {
    if (isRecord(schema.properties)) types.push('object');
    else if (schema.items !== undefined || schema.prefixItems !== undefined) types.push('array');
    else return undefined;
  }
  return types.map((type) => typeNamed(type, schema, names, indent, depth));
}

function typeNamed(type: string, schema: SchemaObject, names: TypeNames, indent: string, depth: number): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return listOf(schema, names, indent, depth);
    case 'object':
      return membersOf(schema, names, indent, depth);
    default:
      return 'unknown';
  }
}

function listOf(schema: SchemaObject, names: TypeNames, indent: string, depth: number): string {
  const items = isSchema(schema.items) ? schema.items : true;
  const first = asArray(schema.prefixItems).filter(isSchema);
  const element = (member: JsonSchema, at: string): string =>
    joined(alternativesOf(member, names, at, depth + 1), ' | ');
  if (first.length === 0) return `${bracketed(element(items, indent), indent)}[]`;
  // A list may be shorter than what is said of its first elements.
  const places = (at: string): Types => [
    ...first.map((member) => `${bracketed(element(member, at), at)}?`),
    ...(items === false ? [] : [`...${bracketed(element(items, at), at)}[]`]),
  ];
  const line = `[${places(indent).join(', ')}]`;
  if (!line.includes('\n') && indent.length + line.length < lineWidth / 2) return line;
  const inner = `${indent}  `;
  return `[\n${places(inner)
    .map((place) => `${inner}${place},\n`)
    .join('')}${indent}]`;
}

function bracketed(type: string, indent: string): string {
  return isOne(type, indent) ? type : `(${type})`;
}

/** One name, list or object, which needs no brackets around it. */
function isOne(type: string, indent: string): boolean {
  if (/^[\w$]+(?:<[\w$, ]+>)?(?:\[\])*$/.test(type)) return true;
  const lines = type.split('\n');
  const within = lines.slice(1, -1);
  return (
    lines[0] === '{' &&
    /^ *\}(?:\[\])*$/.test(lines.at(-1) ?? '') &&
    within.every((line) => line.startsWith(`${indent}  `))
  );
}

/** Nothing but members of an object: what an interface can say. */
function isPlainObject(schema: SchemaObject): boolean {
  const { type } = schema;
  if (type !== 'object' && !(type === undefined && isRecord(schema.properties))) return false;
  return !['$ref', 'allOf', 'oneOf', 'anyOf', 'enum', 'const'].some((keyword) => keyword in schema);
}

function membersOf(schema: SchemaObject, names: TypeNames, indent: string, depth: number): string {
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const required = new Set(asArray(schema.required));
  const inner = `${indent}  `;
  const lines = properties.flatMap(([name, property]) => {
    if (!isSchema(property)) return [];
    const about = isRecord(property) && typeof property.description === 'string' ? property.description : '';
    const alternatives = alternativesOf(property, names, inner, depth + 1);
    const start = `${inner}${memberName(name)}${required.has(name) ? '' : '?'}:`;
    return [comment(about, inner) + memberLine(start, joined(alternatives, ' | '), inner, [...new Set(alternatives)])];
  });
  const others = othersOf(schema, names, inner, depth, properties.length > 0);
  if (others !== undefined) lines.push(`${inner}[name: string]: ${others};\n`);
  if (lines.length === 0)
    return schema.additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>';
  return `{\n${lines.join('')}${indent}}`;
}

/**
 * The type of members that are not declared. A schema that only leaves them open says nothing, so that a misspelled
 * member is a mistake to the compiler; where it says what they are, they must fit the declared ones too.
 */
function othersOf(
  schema: SchemaObject,
  names: TypeNames,
  indent: string,
  depth: number,
  besideOthers: boolean,
): string | undefined {
  const { additionalProperties: other, patternProperties } = schema;
  const patterns = isRecord(patternProperties) ? Object.keys(patternProperties).length > 0 : false;
  if (!isRecord(other) && !patterns) return undefined;
  if (besideOthers || patterns || !isRecord(other)) return 'unknown';
  return joined(alternativesOf(other, names, indent, depth + 1), ' | ');
}

function literalOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value === null ? 'null' : 'unknown';
  }
}

function joined(types: Types, by: string): string {
  const different = [...new Set(types)];
  return different.includes('unknown') ? 'unknown' : different.join(by);
}
