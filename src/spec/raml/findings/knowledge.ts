import type { Diagnostic } from '../../../diagnostics.ts';

/** What the conversion knows by the time that the parser's findings are judged. */
export interface Knowledge {
  /** Names of the types that exist, those of libraries qualified. */
  readonly types: readonly string[];
  /** Names of what else can be referred to, by the parser's word for it: `trait`, `resource type`, `security scheme`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Names of all properties of named types, for "did you mean". */
  readonly properties: readonly string[];
  /** Whether a name is in the description. */
  survived(name: string): boolean;
  /** The conversion's own findings: what they say need not be said again. */
  readonly told: readonly Diagnostic[];
}
