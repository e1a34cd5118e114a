import type { Envelope } from '../../model/types.ts';
import type { PageLinks } from './links.ts';

/** One page, ready to be wrapped. */
export interface PresentedPage {
  /** JSON texts of the documents, presented already. */
  readonly texts: readonly string[];
  readonly limit: number;
  readonly offset: number;
  /** Present if it was counted: `envelopeNeedsTotal` says when it must be. */
  readonly total?: number;
  readonly more: boolean;
  /** Opaque token of the next page, if there is one. */
  readonly cursor?: string;
  /** Where paging starts: 1 unless the description counts pages from 0. */
  readonly firstPage?: 0 | 1;
  readonly links?: PageLinks;
  /** Ramses: the `_fields` of the request, as sent. */
  readonly fields?: string;
}

/** The page as body text, in the shape that the description declares. Compiled once per binding; joins, never parses. */
export declare function compileEnvelope(envelope: Envelope): (page: PresentedPage) => string;

/** Whether a list must count everything (`total`, `pages`, `last`, and Ramses' envelope). */
export declare function envelopeNeedsTotal(envelope: Envelope): boolean;

/** Whether the envelope holds URLs of pages, so that `links` must be computed before the body. */
export declare function envelopeNeedsLinks(envelope: Envelope): boolean;
