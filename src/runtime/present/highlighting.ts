import type { Resource } from '../../model/types.ts';
import { type Highlight, highlighted } from '../../query/highlight.ts';
import type { PresentDocument } from './document.ts';
import { dropMembers, pathTree } from './json-text.ts';

/**
 * Adds to each document what was found in it, as `_highlight`: fragments of its texts by the names of their properties.
 *
 * @example highlighting(present, highlight, books)(document, context)
 * // '{"title":"Salt","_highlight":{"title":["<em>Salt</em>"]}}'
 */
export function highlighting(present: PresentDocument, highlight: Highlight, resource: Resource): PresentDocument {
  const ours = pathTree(['_highlight']);
  return (document, context) => {
    const sent = present(document, context);
    const text = sent.includes('"_highlight"') ? dropMembers(sent, ours) : sent;
    if (!text.endsWith('}')) return text;
    const opened = text.slice(0, -1);
    const separator = opened.trimEnd() === '{' ? '' : ',';
    const found = JSON.stringify(highlighted(JSON.parse(document.text), highlight, resource));
    return `${opened}${separator}"_highlight":${found}}`;
  };
}
