import type { Field, Resource } from '../../model/types.ts';
import type { ResolvedOperand } from '../../query/operand.ts';
import { propertyName } from './names.ts';

/** Where an index keeps the values of an operand: dotted paths of its mapping. */
export interface Slot {
  readonly type: 'text' | 'number' | 'boolean' | 'date';
  /** For comparing and sorting: a keyword, a double or a boolean. Dates are texts here, as `evaluate.ts` compares them. */
  readonly exact: string;
  /** Texts with their letter case folded. */
  readonly folded?: string;
  /** The words of texts, one space between them. */
  readonly words?: string;
  readonly dates?: DateSlots;
}

/** Dates once more, so that ranges and calendars cost what they should. */
export interface DateSlots {
  /** All that `measureOf` takes for a moment: what is aggregated. */
  readonly measured: string;
  /** Moments whose text sorts as they do: what ranges look at, together with the other texts. */
  readonly ordered: string;
  readonly others: string;
  /** Of their texts. */
  readonly length: 10 | 24;
}

export function slotOf(operand: ResolvedOperand): Slot {
  switch (operand.kind) {
    case 'key':
      return keySlot;
    case 'id':
      if (operand.type === 'integer') return { type: 'number', exact: 'id' };
      return operand.scope === 'global' ? keySlot : { type: 'text', exact: 'id', folded: 'l.@id' };
    case 'link': {
      const name = propertyName(operand.link.name);
      return { type: 'text', exact: `links.${name}`, folded: `l.@link/${name}` };
    }
    case 'field':
      return fieldSlot(operand.field);
  }
}

/** Everything that an index has of the documents of a resource. */
export function operandsOf({ id, fields, links, secrets }: Resource): readonly ResolvedOperand[] {
  const shown = fields.filter(
    ({ path }) => !secrets.some((secret) => path === secret || path.startsWith(`${secret}.`)),
  );
  return [
    { kind: 'key' },
    { kind: 'id', type: id.type, scope: id.scope },
    ...shown.map((field): ResolvedOperand => ({ kind: 'field', field })),
    ...links.map((link): ResolvedOperand => ({ kind: 'link', link })),
  ];
}

const keySlot: Slot = { type: 'text', exact: 'key', folded: 'l.@key' };

function fieldSlot({ path, type }: Field): Slot {
  const name = propertyName(path);
  const exact = `f.${name}`;
  switch (type) {
    case 'integer':
    case 'number':
      return { type: 'number', exact };
    case 'boolean':
      return { type: 'boolean', exact };
    case 'string':
      return { type: 'text', exact, folded: `l.${name}`, words: `w.${name}` };
    case 'date':
    case 'datetime':
      return {
        type: 'date',
        exact,
        folded: `l.${name}`,
        dates: { measured: `d.${name}`, ordered: `r.${name}`, others: `o.${name}`, length: type === 'date' ? 10 : 24 },
      };
  }
}
