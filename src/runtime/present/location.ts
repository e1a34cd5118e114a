import type { Resource } from '../../model/types.ts';
import type { StoredDocument } from '../../stores/contract.ts';

type Located = Pick<StoredDocument, 'key' | 'links'>;

/** The id of a document as text, without the parent's key that some keys begin with. */
export declare function documentId(resource: Resource, document: Located): string;

/**
 * The path (percent-encoded, without base path) of a document: `Location`, `_self`, `Link rel=item`.
 * `parameters` are the decoded path parameters of the request; links of the document fill what they lack.
 * `undefined` when the path needs an ancestor that neither tells.
 */
export declare function compileDocumentPath(
  resource: Resource,
): (document: Located, parameters: Readonly<Record<string, string>>) => string | undefined;
