/**
 * The model: what a description declares, and what Cartouche made of it. Everything but the readers reads only this.
 */
import type { ApiDescription, Method, Position, SchemaObject } from './description.ts';

/** A description, read and understood. JSON-serialisable, so it can be cached, emitted and compared. */
export interface ApiModel extends ApiDescription {
  readonly resources: readonly Resource[];
  /** One for each declared operation, in the description's order. */
  readonly bindings: readonly Binding[];
  /** What was concluded rather than declared; `cartouche inspect` prints it. */
  readonly inferences: readonly Inference[];
}

/**
 * A kind of thing that is stored: one table, one Mongo collection, one index.
 * Several paths may lead to it (`/stories`, `/users/{username}/stories`).
 */
export interface Resource {
  /** Unique, plural, lower case with `-`: `books`, `alien-users`. Names tables, hooks and emitted files. */
  readonly name: string;
  /** Singular, PascalCase: `Book`. Ramses' `_type`. */
  readonly typeName: string;
  /** `singleton`: at most one document (per parent), e.g. `/settings`, `/users/{username}/profile`. */
  readonly kind: 'collection' | 'singleton';
  /** The path that `Location` and `_self` use: the shallowest one. `/books`, and its item `/books/{isbn}`. */
  readonly path: string;
  readonly itemPath?: string;
  /** What a stored document looks like, `$ref`s into `$defs`; `true` when the description says nothing. */
  readonly schema: SchemaObject | true;
  readonly id: ResourceId;
  /** Declared scalar properties, which stores index; nested ones by dotted path. */
  readonly fields: readonly Field[];
  /** Ways up: parents that documents of this resource belong to. */
  readonly links: readonly Link[];
  /** Properties that the server fills with the time of a write. Absent: none. */
  readonly timestamps?: readonly Timestamp[];
  /** `writeOnly` and hidden properties, as dotted paths: never shown, filtered, sorted or searched. */
  readonly secrets: readonly string[];
  /** Documents that the description itself gives for a resource that nobody can create (JSON text each). */
  readonly seeds: readonly string[];
  readonly at: Position;
}

/** What a client sends, where it may send it, wins over the clock. */
export interface Timestamp {
  readonly property: string;
  /** `created`: filled once. `updated`: at each write. */
  readonly moment: 'created' | 'updated';
  readonly format: 'date-time' | 'date';
}

export interface ResourceId {
  /** The property that carries the id in documents; absent when the id lives in the path only. */
  readonly property?: string;
  readonly type: 'string' | 'integer';
  /** Who chooses it when a create request does not: a UUIDv7, the next integer, or nobody (the client must). */
  readonly generate: 'uuid' | 'sequence' | 'none';
  /** A create request may carry it. */
  readonly clientMayChoose: boolean;
  /** `parent`: unique only under its parent, as `/repos/{owner}/{repo}`. */
  readonly scope: 'global' | 'parent';
}

export interface Field {
  /** Dotted: `title`, `address.city`. */
  readonly path: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime';
  /** The value is an array of this type; or the path leads through an array of objects. */
  readonly array: boolean;
  readonly unique: boolean;
  /** Worth a secondary index: short scalar, filterable and sortable. */
  readonly indexed: boolean;
  /** Takes part in full-text search. */
  readonly text: boolean;
}

export interface Link {
  /** Unique within the resource: `user`. */
  readonly name: string;
  /** The parent resource. Absent: nobody stores the parent, so that any value is accepted and only remembered. */
  readonly resource?: string;
  /** The property that holds the parent's id. Absent: kept beside the document, invisible. */
  readonly property?: string;
}

/** What one declared operation does. */
export interface Binding {
  readonly operation: string;
  readonly path: string;
  readonly method: Method;
  readonly action: Action;
  /** `ramses`: RAML without a response schema; documents carry `_type`, `_pk`, `_self`, as Ramses' clients expect. */
  readonly dialect: 'plain' | 'ramses';
  /** The declared success status (the lowest 2XX), else the default of the action. */
  readonly success: number;
  /** The request body is an object around the document. Absent: it is the document. */
  readonly requestWrapper?: Wrapper;
  /** So is the body of the success answer. */
  readonly answerWrapper?: Wrapper;
}

/** A body that is an object around one document: `{ "data": {…} }`. */
export interface Wrapper {
  /** JSON pointer to the document: `/data`. */
  readonly document: string;
  /** Values for other required properties: a valid sample, by pointer. */
  readonly constants: readonly { readonly pointer: string; readonly value: unknown }[];
}

export type Action =
  | {
      readonly kind: 'list';
      readonly resource: string;
      readonly scope: readonly Ancestor[];
      readonly envelope: Envelope;
      readonly controls: readonly Control[];
      /** `Range` asks for a part of the list, counted in this unit, and 206 answers it. Absent: it has no meaning. */
      readonly ranges?: { readonly unit: string };
    }
  | { readonly kind: 'create'; readonly resource: string; readonly scope: readonly Ancestor[]; readonly many: boolean }
  | {
      /** `upsert`: PUT to an id that does not exist creates it (201). */
      readonly kind: 'read' | 'replace' | 'upsert' | 'update' | 'remove';
      readonly resource: string;
      readonly scope: readonly Ancestor[];
      readonly idParameter: string;
      /** `update`: query parameters that are the change, each called like its property: `POST /pet/{petId}?name=Rex`. */
      readonly changes?: readonly string[];
    }
  /** One document whose id the body carries, since the path does not: `PUT /pet` with `{ "id": 10, … }`. */
  | {
      readonly kind: 'replace' | 'upsert' | 'update' | 'remove';
      readonly resource: string;
      readonly scope: readonly Ancestor[];
      readonly idIn: 'body';
    }
  /** Ramses' collection PATCH and DELETE: all that match the filters. */
  | {
      readonly kind: 'update-many' | 'remove-many';
      readonly resource: string;
      readonly scope: readonly Ancestor[];
      readonly controls: readonly Control[];
    }
  /** A singleton; creating it anew answers like PUT or POST, as declared. */
  | {
      readonly kind: 'read-singleton' | 'write-singleton' | 'update-singleton' | 'remove-singleton';
      readonly resource: string;
      readonly scope: readonly Ancestor[];
    }
  /** A property of an item served at a path of its own: `/users/{username}/settings`. */
  | {
      readonly kind: 'read-attribute' | 'write-attribute' | 'replace-attribute' | 'remove-attribute';
      readonly resource: string;
      readonly scope: readonly Ancestor[];
      readonly idParameter: string;
      readonly attribute: string;
      readonly shape: 'list' | 'object' | 'value';
    }
  /** Declared HEAD and OPTIONS need no store. */
  | { readonly kind: 'head' | 'options' }
  /** No CRUD action: answers the declared example, else a valid sample of the declared schema. `why` is for `inspect`. */
  | { readonly kind: 'sample'; readonly why: string };

/** A step of the path above the thing itself, outermost first. */
export interface Ancestor {
  readonly parameter: string;
  /** The resource of that ancestor; absent: nobody stores it, so that any value is accepted and only remembered. */
  readonly resource?: string;
  /**
   * Name of the `Link` that points here. It belongs to the nearest stored thing below: the next ancestor with a
   * `resource`, else the resource of the action. So `/repos/{owner}/{repo}/issues`, where nobody stores repositories,
   * keeps both `owner` and `repo` with each issue.
   */
  readonly link: string;
}

/** The shape of a collection's answer. JSON pointers lead to where things go; absent ones are not filled. */
export interface Envelope {
  /** `ramses`: `{data, count, total, start, …}` and items with `_type`, `_pk`, `_self`. */
  readonly kind: 'array' | 'object' | 'ramses';
  /** The property that is the array (`object`), e.g. `items`, `data`. May be nested: `/result/items`. */
  readonly items: string;
  /** Pointers filled by meaning. `total` costs a count, so it is computed only if present. */
  readonly slots: readonly {
    readonly pointer: string;
    readonly meaning:
      | 'total'
      | 'count'
      | 'limit'
      | 'offset'
      | 'page'
      | 'pages'
      | 'cursor'
      | 'has-more'
      | 'next'
      | 'previous'
      | 'first'
      | 'last'
      | 'self';
    /**
     * What stands there when there is no value, e.g. `next` on the last page: null, nothing, `""`, the URL of the page
     * itself, the cursor that leads behind it. Default `null`.
     */
    readonly absent?: 'null' | 'omit' | 'empty' | 'self' | 'behind';
    /** The object that stands and falls with the value, by pointer: `/_links/next` of `/_links/next/href`. */
    readonly whole?: string;
  }[];
  /** Values for required properties that mean nothing to us: a valid sample, by pointer. */
  readonly constants: readonly { readonly pointer: string; readonly value: unknown }[];
}

/** A query parameter of the description that controls the list or filters it. */
export interface Control {
  readonly parameter: string;
  readonly meaning:
    | 'limit'
    | 'offset'
    | 'page'
    | 'page-from-zero'
    | 'cursor'
    | 'sort'
    | 'order'
    | 'fields'
    | 'search'
    | 'count'
    | 'filter'
    /** An object of filters with free names: `filter[title]`, `filter[price][gte]`. */
    | 'filters'
    /** Declared, validated, and without a meaning for us: accepted, no effect. */
    | 'none';
  /** `filter`: the field and operator it stands for. */
  readonly field?: string;
  readonly operator?: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'prefix' | 'contains';
}

/** One conclusion: what, from where, how to say otherwise. */
export interface Inference {
  /** The path or resource it is about. */
  readonly subject: string;
  /** `books: the id is "isbn"`. */
  readonly conclusion: string;
  /** `the path parameter has the name of a property`. */
  readonly evidence: string;
  /** `declare x-cartouche-id on the schema`. */
  readonly override: string;
  readonly at: Position;
}
