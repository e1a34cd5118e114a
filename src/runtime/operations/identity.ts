import { randomFillSync } from 'node:crypto';
import { ApiError } from '../../errors.ts';
import { isRecord } from '../../model/schema.ts';
import { idValue, isIntegerId } from '../keys.ts';
import type { Stored } from '../service.ts';
import { invalidBody } from './documents.ts';
import { type Members, memberOf } from './members.ts';

/** The id that a create request chooses, or `undefined` where the server is to choose it. */
export function givenId({ resource }: Stored, document: Members): string | undefined {
  const { property, clientMayChoose, generate } = resource.id;
  if (property === undefined || !(clientMayChoose || generate === 'none')) return undefined;
  const value = memberOf(document, property);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw invalidBody([{ pointer: `/${property}`, message: `must be ${resource.id.type}` }]);
  }
  return validId({ type: resource.id.type, pointer: `/${property}` }, String(value));
}

/** The id of the document that a body is about. Throws `ApiError` `invalid-body` where it has none. */
export function idInBody({ resource }: Pick<Stored, 'resource'>, document: unknown): string {
  const { property = '', type } = resource.id;
  const pointer = `/${property}`;
  const value = isRecord(document) ? memberOf(document, property) : undefined;
  if (value === undefined || value === null) throw invalidBody([{ pointer, message: 'is required' }]);
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw invalidBody([{ pointer, message: `must be ${type}` }]);
  }
  return validId({ type, pointer }, String(value));
}

function validId(
  { type, pointer }: { readonly type: 'string' | 'integer'; readonly pointer: string },
  id: string,
): string {
  if (id === '') throw invalidBody([{ pointer, message: 'must not be empty' }]);
  if (type === 'integer' && !isIntegerId(id)) throw invalidBody([{ pointer, message: 'must be integer' }]);
  return id;
}

/** A fresh id. Throws `ApiError` `invalid-body` where only the client can choose one. */
export async function newId({ resource, collection }: Stored): Promise<string> {
  switch (resource.id.generate) {
    case 'uuid':
      return uuid();
    case 'sequence':
      return String(await collection.nextId());
    case 'none':
      throw invalidBody([{ pointer: `/${resource.id.property ?? ''}`, message: 'is required' }]);
  }
}

/** The document with its id as first member, where the id has a place in it. */
export function withId({ resource }: Pick<Stored, 'resource'>, document: Members, id: string): Members {
  const { property } = resource.id;
  if (property === undefined) return document;
  const value = idValue(resource, id);
  if (memberOf(document, property) === value) return document;
  return { [property]: value, ...(Object.hasOwn(document, property) ? without(document, property) : document) };
}

/** A document for the path of an id: without one it gets it, with another one it contradicts the path. */
export function identified({ resource }: Pick<Stored, 'resource'>, document: Members, id: string): Members {
  const { property } = resource.id;
  if (property === undefined) return document;
  const given = memberOf(document, property);
  if (given !== undefined && given !== null && String(given) !== id) {
    const message = `must be ${JSON.stringify(idValue(resource, id))}, as in the path`;
    throw new ApiError('id-mismatch', `The body has another id than the path, which says "${id}".`, {
      violations: [{ pointer: `/${property}`, in: 'body', message }],
    });
  }
  return given === undefined || given === null ? withId({ resource }, document, id) : document;
}

function without(document: Members, name: string): Members {
  return Object.fromEntries(Object.entries(document).filter(([member]) => member !== name));
}

/** UUID version 7 (RFC 9562): sorts by time, so that new documents go to the end of an index. */
export function uuid(now = Date.now()): string {
  const bytes = randomFillSync(Buffer.alloc(16));
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
