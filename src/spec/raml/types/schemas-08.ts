/**
 * RAML 0.8's schemas (RAML 0.8, "Schemas"): declared by name at the root, or written or included where they are used.
 */
import type { JsonSchema, Position } from '../../../model/description.ts';
import { joinPointer } from '../../pointer.ts';
import type { Json } from '../../record.ts';
import { isTextOfUnreadFile, placeOf, textOf } from '../parsed.ts';
import { type ExternalSchemas, isExternal } from './external.ts';
import { nameOf } from './facets.ts';

export class Schemas08 {
  readonly #external: ExternalSchemas;
  readonly #names = new Map<string, string>();
  /** Declared, but in files that were not read. */
  readonly #unread = new Set<string>();

  constructor(external: ExternalSchemas) {
    this.#external = external;
  }

  /** Takes the root's `schemas`. */
  declare(declarations: readonly Json[], root: Position): void {
    for (const declaration of declarations) {
      const text = textOf(declaration.value);
      if (isTextOfUnreadFile(text)) this.#unread.add(nameOf(declaration));
      if (text === undefined || isTextOfUnreadFile(text) || this.#names.has(nameOf(declaration))) continue;
      const path = textOf(declaration.schemaPath);
      const name = this.#external.define(nameOf(declaration), { text, path, at: placeOf(declaration, root) });
      this.#names.set(nameOf(declaration), name);
    }
  }

  /** The names that a body may use. */
  names(): readonly string[] {
    return [...this.#names.keys(), ...this.#unread];
  }

  /** The schema of a body, `true` if its file was not read; `undefined` if `schema` is a name that is not declared. */
  schemaOf(body: Json, wanted: string, at: Position): JsonSchema | undefined {
    const text = textOf(body.schema)?.trim() ?? '';
    const name = this.#names.get(text);
    if (name !== undefined) return { $ref: joinPointer('#/$defs', name) };
    if (this.#unread.has(text)) return true;
    if (!isExternal(text)) return undefined;
    return this.#external.refer(wanted, { text, path: textOf(body.schemaPath), at });
  }
}
