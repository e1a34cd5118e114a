/**
 * What every part of the conversion needs: one reading's state.
 */
import type { Diagnostic } from '../../../diagnostics.ts';
import type { Extension, Position } from '../../../model/description.ts';
import type { Json } from '../../record.ts';
import type { RamlVersion } from '../parsed.ts';
import { elementsOf, isExtensionName } from '../parsed.ts';
import type { Schemas08 } from '../types/schemas-08.ts';
import type { RamlTypes } from '../types/types.ts';

export interface Context {
  readonly version: RamlVersion;
  readonly types: RamlTypes;
  readonly schemas08: Schemas08;
  /** Place for what the parser made up. */
  readonly root: Position;
  report(finding: Diagnostic): void;
  /** Where a text begins that stands at a place, or in the file that is included there. */
  originOf(text: string, near: Position): Position;
}

/** Annotations as `(name)`, unknown keys that begin with `x-` or `_` as they are. */
export function extensionsOf(element: Json): readonly Extension[] {
  const annotations = elementsOf(element.annotations).map(({ name, value }) => ({
    name: `(${String(name)})`,
    value: value === undefined ? null : value,
  }));
  const unknown = elementsOf(element['@unknown'])
    .filter(({ name }) => isExtensionName(name))
    .map(({ name, value }) => ({ name: String(name), value: value === undefined ? null : value }));
  return [...annotations, ...unknown];
}
