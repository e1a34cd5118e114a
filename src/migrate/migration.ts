/** How stored documents are made to fit a changed description. Plain data: it can be printed, kept, and applied elsewhere. */

export interface MigrationPlan {
  /** All that both descriptions have, in whatever changed: their documents are looked at. */
  readonly resources: readonly ResourceMigration[];
  /** What nobody can decide but the user; nothing is applied as long as there is any. */
  readonly questions: readonly Question[];
  /** What a migration cannot do; nothing is applied. */
  readonly obstacles: readonly string[];
  /** What happens without a document being changed. */
  readonly notes: readonly string[];
}

export interface ResourceMigration {
  /** Its name in the old description. */
  readonly from: string;
  /** Its name in the new one. */
  readonly to: string;
  readonly changes: ObjectChanges;
}

/** A rename that may be one: `--rename` says that it is, `--drop` that it is not. */
export interface Question {
  /** `books.author`; of a whole resource, `books`. */
  readonly from: string;
  readonly to: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** What happens to an object: first names change and go, then values come, then they are converted. */
export interface ObjectChanges {
  readonly renames: readonly { readonly from: string; readonly to: string; readonly confidence: number }[];
  readonly drops: readonly string[];
  readonly adds: readonly Addition[];
  readonly converts: readonly Conversion[];
  /** In objects below, and in those of lists, by their old names. */
  readonly inside: readonly { readonly name: string; readonly changes: ObjectChanges }[];
}

/** A property that must be there, or has a default; only where it is missing. */
export interface Addition {
  readonly name: string;
  readonly required: boolean;
  /** The default, or what was given. Absent: a document without the property does not fit. */
  readonly value?: unknown;
}

/** By its new name. */
export interface Conversion {
  readonly name: string;
  readonly to: Form;
}

/** JSON's types, `integer` apart from `number`; absent: any. */
export interface Form {
  readonly types?: readonly string[];
  readonly format?: string;
  readonly items?: Form;
}

export function isNothing({ renames, drops, adds, converts, inside }: ObjectChanges): boolean {
  return renames.length + drops.length + adds.length + converts.length + inside.length === 0;
}

/** Each step in words, in the order in which they are taken: `rename title to name (0.95)`. */
export function stepsOf(changes: ObjectChanges, above = ''): readonly string[] {
  const path = (name: string) => `${above}${name}`;
  return [
    ...changes.renames.map(({ from, to, confidence }) => `rename ${path(from)} to ${to} (confidence ${confidence})`),
    ...changes.drops.map((name) => `drop ${path(name)}`),
    ...changes.adds.map(({ name, required, ...addition }) =>
      'value' in addition
        ? `add ${path(name)}, ${JSON.stringify(addition.value)} where it is missing`
        : `backfill ${path(name)}: required, and no value is known for documents without it`,
    ),
    ...changes.converts.map(({ name, to }) => `convert ${path(name)} to ${formWords(to)}`),
    ...changes.inside.flatMap((inner) => stepsOf(inner.changes, `${path(inner.name)}.`)),
  ];
}

export function formWords({ types, format, items }: Form): string {
  const words = (types ?? ['anything']).join(' or ');
  const of = items ? ` of ${formWords(items)}` : '';
  return format === undefined ? words + of : `${words} (${format})${of}`;
}
