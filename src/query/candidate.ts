import type { Resource } from '../model/types.ts';
import { idOfKey, resolveOperand } from './operand.ts';
import type { Operand, Scalar } from './types.ts';
import { valuesOf } from './values.ts';

/** A document as a query sees it. */
export interface Candidate {
  readonly key: string;
  readonly links: Readonly<Record<string, string>>;
  /** The document, parsed. */
  readonly document: unknown;
}

/** What a document has for an operand: no value, one, or several (an array), in the form in which they are compared. */
export function readerOf(operand: Operand, resource: Resource): (candidate: Candidate) => readonly Scalar[] {
  const resolved = resolveOperand(operand, resource);
  switch (resolved.kind) {
    case 'id':
      return ({ key }) => [idOfKey(key, resolved)];
    case 'key':
      return ({ key }) => [key];
    case 'field':
      return ({ document }) => valuesOf(document, resolved.field);
    case 'link':
      return ({ links }) => {
        const value = links[resolved.link.name];
        return value === undefined ? [] : [value];
      };
  }
}
