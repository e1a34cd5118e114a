import type { Binding, Resource } from '../../model/types.ts';
import type { StoredDocument } from '../../stores/contract.ts';

/** What one request adds to the presentation of a document. */
export interface DocumentContext {
  /** Origin and base path, without a trailing slash: `http://127.0.0.1:3000/api`. Used for `_self` only. */
  readonly base: string;
  /** Decoded path parameters of the request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Selected properties by dotted path; absent: all. */
  readonly fields?: readonly string[] | undefined;
}

export type PresentDocument = (document: StoredDocument, context: DocumentContext) => string;

/**
 * Stored text to sent text. The identity for a plain resource without secrets and a request without a selection;
 * parses only to drop secrets or to select.
 */
export declare function compileDocumentPresenter(resource: Resource, dialect: Binding['dialect']): PresentDocument;
