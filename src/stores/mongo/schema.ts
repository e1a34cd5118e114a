/** Stored documents, and the mongoose models that read them. What a document may hold is for ajv to say, and nobody else. */
import type { Connection, Model, Mongoose, SchemaDefinition } from 'mongoose';
import type { Resource } from '../../model/types.ts';
import { type Column, columnsOf, type Fields, foldedName } from './columns.ts';

/** A document in its collection. */
export interface Row {
  /** The store's key. */
  readonly _id: string;
  readonly _rev: number;
  /** By which an index orders its states, where that is not `_rev`: it was restored over a newer removal. */
  readonly _iv?: number;
  /** By link, under its stored name, the parent's key. */
  readonly _links?: Readonly<Record<string, string>>;
  /** Not confirmed to be in the index: since when, how often it was tried, why it was refused. */
  readonly _ix?: Pending;
  /** Removed then. Only key, revision and `_ix` are left, so that the revision never goes back. */
  readonly _del?: Date;
  /** Which form `fields` has (`formOf`). */
  readonly _form?: string;
  readonly doc?: unknown;
  readonly text?: string;
  readonly fields?: Fields;
}

export interface Pending {
  readonly at: Date;
  readonly n: number;
  readonly err?: string;
}

/** Makes the model of a resource; its collection has the resource's name. */
export function modelOf(mongoose: Mongoose, connection: Connection, resource: Resource): Model<Row> {
  const schema = new mongoose.Schema<Row>(
    {
      _id: { $type: String },
      _rev: { $type: Number },
      _iv: { $type: Number },
      _links: { $type: mongoose.Schema.Types.Mixed },
      _ix: { at: { $type: Date }, n: { $type: Number }, err: { $type: String } },
      _del: { $type: Date },
      _form: { $type: String },
      doc: { $type: mongoose.Schema.Types.Mixed },
      text: { $type: String },
      fields: fieldsDefinition(mongoose, resource),
    },
    {
      collection: resource.name,
      // A property may be called "type".
      typeKey: '$type',
      strict: true,
      minimize: false,
      versionKey: false,
      autoIndex: false,
      autoCreate: false,
    },
  );
  return connection.model<Row>(resource.name, schema, resource.name, { overwriteModels: true });
}

function fieldsDefinition(mongoose: Mongoose, resource: Resource): SchemaDefinition {
  const entries: [string, unknown][] = [];
  for (const column of columnsOf(resource)) {
    const $type = mongooseType(mongoose, column);
    const definition = { $type: column.array ? [$type] : $type };
    entries.push([column.name, definition]);
    if (column.type === 'string' || column.type === 'id') entries.push([foldedName(column), definition]);
  }
  return Object.fromEntries(entries) as SchemaDefinition;
}

function mongooseType(mongoose: Mongoose, { type }: Column): unknown {
  switch (type) {
    case 'string':
      return String;
    case 'number':
      return Number;
    case 'boolean':
      return Boolean;
    case 'id':
      return mongoose.Schema.Types.Mixed;
  }
}
