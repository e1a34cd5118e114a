import type { Located, SchemaSource } from '../diff/located.ts';
import { typeWords, viewOf } from '../diff/schema-view.ts';
import { fieldNames } from '../model/field-path.ts';
import type { Field, Resource } from '../model/types.ts';
import type { Form } from './migration.ts';

/** A property as far as stored values go. */
export interface Property {
  readonly name: string;
  readonly index: number;
  readonly form: Form;
  /** Absent: not known, since a store remembers fields only. */
  readonly required?: boolean;
  readonly fallback?: { readonly value: unknown };
  /** Of an object, or of the objects in a list. */
  readonly inside: readonly Property[];
}

/** What the documents of a resource hold: by its schema, else, where a store remembers no schema, by its fields. */
export function propertiesOf(resource: Resource, source: SchemaSource): readonly Property[] {
  if (resource.schema === true)
    return ofFields(resource.fields.map((field) => ({ field, names: fieldNames(field.path) })));
  const located: Located = { schema: resource.schema, source, label: resource.name, at: resource.at };
  return ofSchema(located, 0);
}

function ofSchema(located: Located, depth: number): readonly Property[] {
  const view = viewOf(located);
  // Schemas may lead back to themselves.
  if (depth >= deepest) return [];
  return [...view.properties].map(([name, property], index) => {
    const { fallback, items } = viewOf(property);
    return {
      name,
      index,
      form: formOf(property),
      required: view.required.has(name),
      ...(fallback !== undefined && { fallback: { value: JSON.parse(fallback) as unknown } }),
      inside: ofSchema(items ?? property, depth + 1),
    };
  });
}

const deepest = 5;

function formOf(property: Located): Form {
  const { types, format, items } = viewOf(property);
  return {
    ...(types && { types: [...types].toSorted() }),
    ...(format !== undefined && { format }),
    ...(items && { items: formOf(viewOf(items).items ? { ...items, schema: true } : items) }),
  };
}

interface Step {
  readonly field: Field;
  readonly names: readonly string[];
}

function ofFields(steps: readonly Step[]): readonly Property[] {
  const byName = new Map<string, Step[]>();
  for (const step of steps) {
    const name = step.names[0] ?? '';
    byName.set(name, [...(byName.get(name) ?? []), step]);
  }
  return [...byName].map(([name, all], index) => {
    const own = all.find(({ names }) => names.length === 1);
    return {
      name,
      index,
      form: own ? formOfField(own.field) : {},
      inside: ofFields(
        all.filter(({ names }) => names.length > 1).map((step) => ({ ...step, names: step.names.slice(1) })),
      ),
    };
  });
}

function formOfField({ type, array }: Field): Form {
  const isDate = type === 'date' || type === 'datetime';
  const form = isDate ? { types: ['string'], format: type === 'date' ? 'date' : 'date-time' } : { types: [type] };
  return array ? { types: ['array'], items: form } : form;
}

/** Whether all values of one form are of the other. What is not known to be otherwise is. */
export function isWithin(one: Form, other: Form): boolean {
  if (one.types === undefined || other.types === undefined) return true;
  const allowed = other.types;
  const fits = one.types.every((type) => allowed.includes(type) || (type === 'integer' && allowed.includes('number')));
  const isDated = (form: Form) => form.format === 'date' || form.format === 'date-time';
  if (!fits || (isDated(one) && isDated(other) && one.format !== other.format)) return false;
  return one.items === undefined || other.items === undefined || isWithin(one.items, other.items);
}

/** For renames: 1 for the same form, 0 for another type. */
export function likeness(one: Property, other: Property): number {
  const words = ({ form }: Property) => typeWords(form.types && new Set(form.types.filter((type) => type !== 'null')));
  if (words(one) !== words(other)) return 0;
  return one.form.format === other.form.format ? 1 : 0.5;
}
