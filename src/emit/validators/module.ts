/**
 * The text of a JavaScript module with functions that ajv made. Ajv has a writer of its own (`ajv/dist/standalone`); its
 * modules `require` their helpers, lose properties called `__proto__`, and know no keywords but ajv's own.
 */

import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { ValueScopeName } from 'ajv/dist/compile/codegen/scope.js';
import type { SchemaEnv } from 'ajv/dist/compile/index.js';
import type { CheckLibrary } from '../../runtime/validation/ahead.ts';
import { literal, withoutInvisible } from './literal.ts';

/** Statements that define functions and what they need, in an order in which they can be run. */
export class Functions {
  /** Schemas of all functions so far: what an error may show. */
  readonly schemas = new Set<unknown>();
  readonly #lines: string[] = [];
  readonly #written = new Set<string>();
  readonly #library: ReadonlyMap<unknown, keyof CheckLibrary>;

  constructor(library: CheckLibrary) {
    const { formats: _, ...functions } = library;
    this.#library = new Map(Object.entries(functions).map(([name, value]) => [value, name as keyof CheckLibrary]));
  }

  /** Writes a function and all that it calls, each once. Gives its name. Throws for what cannot be written. */
  add({ source, evaluated }: ValidateFunction): string {
    if (!source) throw new TypeError('the function was compiled without its source');
    const { validateName, validateCode, scopeValues } = source;
    const name = String(validateName);
    if (this.#written.has(name)) return name;
    this.#written.add(name);
    for (const names of Object.values(scopeValues)) for (const each of names ?? []) this.#define(each);
    this.#lines.push(withoutInvisible(validateCode));
    if (evaluated) this.#lines.push(`${name}.evaluated = ${literal(evaluated)};`);
    return name;
  }

  text(): string {
    return this.#lines.join('\n');
  }

  #define(scopeName: ValueScopeName): void {
    const { prefix, value } = scopeName;
    if (prefix === 'validate' && isValidate(value?.ref)) {
      this.add(value.ref);
      return;
    }
    const name = String(scopeName);
    if (this.#written.has(name)) return;
    this.#written.add(name);
    // Before what it holds: a schema may lead back to itself.
    const at = this.#lines.push('') - 1;
    this.#lines[at] = `const ${name} = ${this.#valueOf(scopeName)};`;
  }

  #valueOf({ prefix, value }: ValueScopeName): string {
    const helper = this.#library.get(value?.ref);
    if (helper !== undefined) return helper;
    switch (prefix) {
      case 'schema':
        this.schemas.add(value?.ref);
        return literal(value?.ref);
      case 'formats':
        return `formats[${literal(value?.key)}]`;
      case 'pattern':
        return withoutInvisible(String(value?.code));
      case 'wrapper':
      case 'root':
        if (isCompiled(value?.ref)) return `{ validate: ${this.add(value.ref.validate)} }`;
    }
    throw new TypeError(`nothing is known of ${prefix}`);
  }
}

function isValidate(value: unknown): value is ValidateFunction {
  return typeof value === 'function' && 'source' in value;
}

function isCompiled(value: unknown): value is SchemaEnv & { readonly validate: ValidateFunction } {
  return typeof value === 'object' && value !== null && 'validate' in value && isValidate(value.validate);
}
