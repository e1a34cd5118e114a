/**
 * Types that are written in another language: JSON Schema, lifted to 2020-12 into `$defs`, and XML Schema, kept as text.
 */
import type { JsonSchema, Position } from '../../../model/description.ts';
import { childOf, type DocumentNode, rootOf } from '../../document/library.ts';
import { joinPointer, stepsOf } from '../../pointer.ts';
import { isObject } from '../../record.ts';
import type { SchemaRegistry } from '../../schema/registry.ts';

/** A schema's text and where it was found. */
export interface ExternalText {
  readonly text: string;
  /** The file that was included, with a fragment perhaps: `schemas/all.json#/definitions/user`. */
  readonly path: string | undefined;
  readonly at: Position;
}

export function isExternal(text: string): boolean {
  return /^\s*[{[<]/.test(text);
}

export class ExternalSchemas {
  readonly #registry: SchemaRegistry;
  /** By file and fragment, else by text: RAML copies a schema to every place that names it. */
  readonly #names = new Map<string, string>();

  constructor(registry: SchemaRegistry) {
    this.#registry = registry;
  }

  /** Declares a schema that has a name of its own, before those that are only found on the way. */
  define(name: string, external: ExternalText): string {
    const defined = this.#add(name, external);
    const key = keyOf(external);
    // The first name stays for inline uses of the same text.
    if (!this.#names.has(key)) this.#names.set(key, defined);
    return defined;
  }

  /** The reference for a schema that stands inline, named after its title or file, else as wanted. */
  refer(wanted: string, external: ExternalText): JsonSchema {
    const key = keyOf(external);
    const name = this.#names.get(key) ?? this.define(this.#goodName(external) ?? wanted, external);
    return { $ref: joinPointer('#/$defs', name) };
  }

  #add(name: string, external: ExternalText): string {
    if (/^\s*</.test(external.text)) return this.#addXml(name, external);
    return this.#registry.define(name, this.#nodeOf(external));
  }

  #addXml(name: string, { text, at }: ExternalText): string {
    const reserved = this.#registry.reserve(name);
    this.#registry.$defs[reserved] = { type: 'string', contentMediaType: 'application/xml', 'x-xml-schema': text };
    this.#registry.place(joinPointer('#/$defs', reserved), at);
    return reserved;
  }

  #nodeOf({ text, path, at }: ExternalText): DocumentNode {
    const { library } = this.#registry;
    const [file = '', fragment = ''] = path?.split('#') ?? [];
    // A RAML file that was included is no schema: one stands somewhere in it.
    if (/\.(raml|ya?ml)$/i.test(file)) return rootOf(library.embed(text, { file, line: 1, column: 1 }));
    const document = (file !== '' && library.open(file, undefined, at)) || library.embed(text, at);
    return fragment.startsWith('/') ? childOf(rootOf(document), ...stepsOf(fragment)) : rootOf(document);
  }

  #goodName(external: ExternalText): string | undefined {
    if (external.path !== undefined) return baseName(external.path);
    const { value } = this.#nodeOf(external);
    const title = isObject(value) ? value.title : undefined;
    return typeof title === 'string' && title.length <= 60 ? title.replace(/\s+schema$/i, '') : undefined;
  }
}

function keyOf({ text, path }: ExternalText): string {
  return path ?? text;
}

/** @example baseName('schemas/user-schema.json') // 'user' */
function baseName(path: string): string {
  const [file = '', fragment = ''] = path.split('#');
  const last = stepsOf(fragment).at(-1);
  return last ?? file.replace(/^.*\//, '').replace(/([.-]schema)?(\.[A-Za-z]+)?$/, '');
}
