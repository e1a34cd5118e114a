import { ApiError } from '../../errors.ts';
import type { JsonSchema } from '../../model/description.ts';
import { type Definitions, isRecord, shapeOf } from '../../model/schema.ts';
import type { Resource } from '../../model/types.ts';
import { once } from '../once.ts';
import type { ReceivedBody } from '../request/document.ts';
import { valueAt, withValueAt } from '../request/wrapper.ts';
import type { OperationContext } from '../service.ts';
import { changeSchemas } from '../validation/document-schema.ts';
import { compileReadOnly } from '../validation/read-only.ts';
import type { Check } from '../validation/validator.ts';
import { type Members, memberOf } from './members.ts';
import { compileTimestamps } from './timestamps.ts';

/** What clients send, on its way to becoming a document. */
export interface DocumentRules {
  /** What a body holds as the document: within its declared wrapper, else the body itself; `{}` for no body. */
  documentIn(body: ReceivedBody): unknown;
  /** An object without what belongs to the server. Throws `ApiError` `invalid-body` for anything else. */
  received(value: unknown, pointer?: string): Members;
  /**
   * A new document, without an id that is the server's: like all that is `readOnly` it is left out, and refused where
   * it is not declared so, since nothing that is sent is silently ignored. Throws `ApiError` `invalid-body`.
   */
  withoutGivenId(document: Members, pointer?: string): Members;
  /** The document with the `readOnly` values that are stored, and no others. */
  keepReadOnly(document: Members, stored: Members): Members;
  /** Checks against what is declared for the body, and fills in defaults. Throws `ApiError` `invalid-body`. */
  checkBody(document: Members, body: ReceivedBody, pointer?: string): void;
  /** Checks a merge patch, where a schema is declared for it alone. Throws `ApiError` `invalid-body`. */
  checkChange(patch: Members, body: Pick<ReceivedBody, 'bytes'>): void;
  /** Checks the document that a change leads to. Throws `ApiError` `invalid-body`. */
  checkResult(document: Members, body: Pick<ReceivedBody, 'bytes'>): void;
  /** The document with the times of its creation and of this write, where it has a place for them. */
  stamped(document: Members, stored?: Members): Members;
}

export async function compileDocumentRules(context: OperationContext, resource: Resource): Promise<DocumentRules> {
  const { service, binding } = context;
  const validator = await service.validator();
  const { $defs } = service.model;
  const schemas = once(() => changeSchemas({ ...context, model: service.model }, resource));
  const stamp = compileTimestamps(resource);
  const readOnly = compileReadOnly(resource.schema, $defs, resource.id.property);
  const hidden = binding.dialect === 'ramses' ? undeclared(ramsesMembers, resource) : [];
  const { property } = resource.id;
  const mayChooseId = resource.id.clientMayChoose || resource.id.generate === 'none';
  const isIdReadOnly = isReadOnly(resource, $defs);
  const wrapped = binding.requestWrapper?.document;
  return {
    documentIn({ value = {} }) {
      if (wrapped === undefined) return value;
      const document = valueAt(value, wrapped);
      if (document === undefined) throw invalidBody([{ pointer: wrapped, message: 'is required' }]);
      return document;
    },
    received(value, pointer = wrapped ?? '') {
      if (!isRecord(value)) throw invalidBody([{ pointer, message: 'must be object' }]);
      const own = hidden.some((name) => Object.hasOwn(value, name)) ? without(value, hidden) : value;
      return readOnly ? readOnly.without(own) : own;
    },
    withoutGivenId(document, pointer = wrapped ?? '') {
      if (mayChooseId || property === undefined || memberOf(document, property) === undefined) return document;
      if (isIdReadOnly) return without(document, [property]);
      const message = 'is chosen by the server; leave it out';
      throw invalidBody([{ pointer: `${pointer}/${property}`, message }]);
    },
    keepReadOnly: (document, stored) => (readOnly ? readOnly.keep(document, stored) : document),
    checkBody(document, body, pointer = '') {
      // Where nothing is declared for the body, it is the document that is sent.
      const declared = body.declared?.schema ?? (pointer === '' ? resource.schema : { items: resource.schema });
      if (wrapped !== undefined && body.declared?.schema !== undefined) {
        // The same object, so that defaults reach the document.
        check(validator.request(declared, reportFor(body)), withValueAt(body.value, wrapped, document), '');
        return;
      }
      const schema = pointer === '' ? declared : itemsOf(declared, $defs);
      check(validator.request(schema, reportFor(body)), document, pointer);
    },
    checkChange(patch, body) {
      const { change } = schemas();
      if (change === undefined) return;
      // A copy: defaults of a patch would overwrite what is stored.
      check(validator.request(change, reportFor(body)), withoutRemovals(patch, change, $defs), wrapped ?? '');
    },
    checkResult: (document, body) => check(validator.request(schemas().result, reportFor(body)), document, ''),
    stamped: (document, stored) => (stamp ? stamp(document, stored) : document),
  };
}

/** `null` removes (RFC 7396), whatever the property's schema says; where it may be null, that is what it becomes. */
function withoutRemovals(patch: Members, schema: JsonSchema, definitions: Definitions): Members {
  const { properties } = shapeOf(schema, definitions);
  const kept = Object.entries(patch).filter(
    ([name, value]) => value !== null || shapeOf(properties.get(name), definitions).nullable || !properties.has(name),
  );
  return structuredClone(Object.fromEntries(kept));
}

/** Nobody writes so much by hand, and every violation costs time and memory. */
function reportFor({ bytes }: Pick<ReceivedBody, 'bytes'>): 'all' | 'first' {
  return bytes > 64 * 1024 ? 'first' : 'all';
}

/** What Ramses adds to every document that it shows; sent back by clients that read and then write. */
const ramsesMembers = ['_type', '_pk', '_self', '_version', '_score'];

function isReadOnly({ schema, id }: Resource, definitions: Definitions): boolean {
  const declared = shapeOf(schema, definitions).properties.get(id.property ?? '');
  return shapeOf(declared, definitions).schema.readOnly === true;
}

function undeclared(names: readonly string[], { schema }: Resource): readonly string[] {
  const properties: unknown = schema === true ? undefined : schema.properties;
  return isRecord(properties) ? names.filter((name) => !Object.hasOwn(properties, name)) : names;
}

function without(document: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

function itemsOf(schema: JsonSchema, definitions: Definitions): JsonSchema {
  return shapeOf(schema, definitions).items ?? true;
}

function check(checker: Check, document: unknown, pointer: string): void {
  const violations = checker(document);
  if (violations.length === 0) return;
  throw invalidBody(violations.map((violation) => ({ ...violation, pointer: pointer + (violation.pointer ?? '') })));
}

export function invalidBody(violations: readonly { readonly pointer?: string; readonly message: string }[]): ApiError {
  const [first] = violations;
  const where = first?.pointer ? `"${first.pointer}"` : 'The body';
  const message = first?.message ?? 'is not valid';
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  return new ApiError('invalid-body', sentence(`${where} ${message}${more}`), {
    violations: violations.map((violation) => ({ ...violation, in: 'body' as const })),
  });
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
