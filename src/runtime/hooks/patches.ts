/** A change as RFC 7396 has it: `null` removes, what is absent stays, lists are replaced as a whole. */
export type MergePatch<Document> = {
  readonly [Name in keyof Document]?: MergedValue<Document[Name]> | null;
};

type MergedValue<Value> = Value extends readonly unknown[] ? Value : Value extends object ? MergePatch<Value> : Value;

/**
 * A change as RFC 6902 has it. PATCH operations take it beside what is declared for them, by its media type: the body of
 * their hooks is one or the other.
 *
 * @example Array.isArray(body) ? body.some(({ path }) => path === '/price') : body.price !== undefined
 */
export type JsonPatch = readonly JsonPatchOperation[];

export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string };
