/**
 * A value within a document, reached step by step from the top.
 *
 * A reading makes some hundred thousand of these and asks few of them for their pointer, so that it is only put
 * together when somebody asks.
 */
import type { Position } from '../../model/description.ts';
import { childValue, escapeStep } from '../pointer.ts';
import type { EntryOffsets, ParsedDocument } from './document.ts';

/** A value and where it stands. */
export class DocumentNode {
  readonly document: ParsedDocument;
  /** `undefined` if there is none. */
  readonly value: unknown;
  /** The object or array that it stands in; `undefined` for the whole of a document. */
  readonly parent: DocumentNode | undefined;
  /** Its key there, or its index. */
  readonly step: string;

  constructor(document: ParsedDocument, value: unknown, parent: DocumentNode | undefined, step: string) {
    this.document = document;
    this.value = value;
    this.parent = parent;
    this.step = step;
  }

  /** JSON pointer without `#`: `''`, `/components/schemas/Book`. */
  get pointer(): string {
    return this.parent === undefined ? '' : `${this.parent.pointer}/${escapeStep(this.step)}`;
  }
}

/** The whole of a document as a node. */
export function rootOf(document: ParsedDocument): DocumentNode {
  return new DocumentNode(document, document.value, undefined, '');
}

/** An entry of an object or array, or what lies below it by further steps; its value is `undefined` if there is none. */
export function childOf(node: DocumentNode, ...steps: readonly (string | number)[]): DocumentNode {
  let current = node;
  // By index: a reading comes by here some hundred thousand times, and an iterator costs as much as the rest.
  for (let index = 0; index < steps.length; index++) {
    const step = String(steps[index]);
    current = new DocumentNode(node.document, childValue(current.value, step), current, step);
  }
  return current;
}

/** Where an editor should jump to: the key (or array item) that leads to the value. */
export function placeOf(node: DocumentNode): Position {
  return node.document.placeAt(offsetsOf(node)[0]);
}

/** Where the value itself stands: for messages about a value that stands beside its key. */
export function placeOfValue(node: DocumentNode): Position {
  return node.document.placeAt(offsetsOf(node)[1]);
}

/** Offsets of key and value of the node, or of the nearest one above that exists. */
export function offsetsOf(node: DocumentNode): EntryOffsets {
  const { parent, document } = node;
  if (parent === undefined) return [document.start, document.start];
  return document.entryOf(parent, node.step) ?? offsetsOf(parent);
}
