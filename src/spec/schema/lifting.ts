/**
 * One schema object on its way to 2020-12: what it was, what it becomes, and what rules need to take it there.
 */
import { type Diagnostic, type DiagnosticCode, diagnostic, type Severity } from '../../diagnostics.ts';
import type { JsonSchema, Position } from '../../model/description.ts';
import { childOf, type DocumentNode, placeOf, placeOfValue } from '../document/node.ts';
import { joinPointer } from '../pointer.ts';
import { isObject, type Json, setOwn } from '../record.ts';
import type { Dialect } from './dialect.ts';
import type { DynamicScope } from './dynamic-scope.ts';
import { kindOf } from './keywords.ts';

/** What lifting needs from the registry: names for references, and a place for findings. */
export interface Registry {
  refer(reference: string, node: DocumentNode, context: LiftContext): string | undefined;
  /** Where a reference leads, without a name in `$defs` for it; a finding if it leads nowhere. */
  target(reference: string, node: DocumentNode): DocumentNode | undefined;
  /** What dynamic references lead to below a schema that may begin a schema resource of its own. */
  enter(scope: DynamicScope, node: DocumentNode): DynamicScope;
  report(finding: Diagnostic): void;
  /** Another document that a relationship of Ramses leads to. */
  mention(document: string, at: Position): void;
  place(out: string, at: Position): void;
}

export interface LiftContext {
  readonly registry: Registry;
  readonly dialect: Dialect;
  /** Where the result will stand (`#/$defs/Book/properties/title`); `undefined` for a schema that stays inline. */
  readonly out: string | undefined;
  readonly scope: DynamicScope;
}

export type LiftNode = (node: DocumentNode, context: LiftContext) => JsonSchema;

/** What becomes of one keyword. */
export type Rule = (lifting: Lifting, value: unknown, keyword: string) => void;

export type Rules = Readonly<Record<string, Rule>>;

export class Lifting {
  readonly lifted: Record<string, unknown> = {};
  /** Schemas that must hold besides; they join `allOf`. */
  readonly also: JsonSchema[] = [];
  readonly required = new Set<string>();
  readonly node: DocumentNode;
  readonly source: Json;
  readonly context: LiftContext;
  readonly liftNode: LiftNode;

  constructor(node: DocumentNode, source: Json, context: LiftContext, liftNode: LiftNode) {
    this.node = node;
    this.source = source;
    this.context = context;
    this.liftNode = liftNode;
  }

  lift(keyword: string, as: string = keyword): JsonSchema {
    return this.liftNode(childOf(this.node, keyword), this.below(as));
  }

  map(keyword: string, value: unknown): Record<string, unknown> | undefined {
    if (!isObject(value)) {
      this.invalid(keyword, value, 'an object');
      return undefined;
    }
    const map: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      setOwn(map, name, this.liftNode(childOf(this.node, keyword, name), this.below(keyword, name)));
    }
    return map;
  }

  below(...steps: readonly (string | number)[]): LiftContext {
    const { out } = this.context;
    return out === undefined ? this.context : { ...this.context, out: joinPointer(out, ...steps) };
  }

  set(keyword: string, value: unknown) {
    if (value !== undefined) setOwn(this.lifted, keyword, value);
  }

  fromDraft3(keyword: string, now: string): void {
    if (this.context.dialect === 'draft-03') return;
    this.report('schema-questionable', `"${keyword}" belongs to draft 3.`, keyword, {
      key: true,
      hint: `write "${now}"`,
    });
  }

  invalid(
    keyword: string,
    value: unknown,
    expected: string,
    {
      node = childOf(this.node, keyword),
      hint,
      code = 'schema-invalid',
    }: {
      readonly node?: DocumentNode;
      readonly hint?: string | undefined;
      readonly code?: DiagnosticCode;
    } = {},
  ) {
    const at = placeOfValue(node);
    const message = `"${keyword}" takes ${expected}, not ${kindOf(value)}.`;
    this.context.registry.report(diagnostic(code, message, { at, hint }));
  }

  report(
    code: DiagnosticCode,
    message: string,
    keyword: string,
    {
      key = false,
      node = childOf(this.node, keyword),
      ...details
    }: {
      /** The place is the key, not the value. */
      readonly key?: boolean;
      readonly node?: DocumentNode;
      readonly hint?: string | undefined;
      readonly severity?: Severity;
    },
  ) {
    const at = key ? placeOf(node) : placeOfValue(node);
    this.context.registry.report(diagnostic(code, message, { at, ...details }));
  }
}
