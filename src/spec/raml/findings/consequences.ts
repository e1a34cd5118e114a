/**
 * One mistake, one finding: what only follows from another finding is not told.
 */
import { type Diagnostic, type DiagnosticCode, diagnostic } from '../../../diagnostics.ts';
import { suggest } from '../../../suggest.ts';
import type { Excerpts } from './excerpt.ts';

/** The libraries in `uses`, by name, with the names of what each declares. */
export type Libraries = ReadonlyMap<string, () => readonly string[]>;

/**
 * Leaves out the consequences, and brings together what is told from two sides. A finding that explains an error is an
 * error itself, whatever its code is otherwise.
 */
export function withoutConsequences(
  findings: readonly Diagnostic[],
  libraries: Libraries,
  excerpts: Excerpts,
): readonly Diagnostic[] {
  const named = findings.map((finding) => atItsLimit(asUnknownLibrary(finding, libraries), excerpts));
  const explained = explain(named, excerpts);
  const told = mergeTwins(innermost(fromTemplates(explained, excerpts), excerpts));
  return whereDeclared(told, excerpts).map((finding) => atItsName(finding, excerpts));
}

/** What is missing when a key at the root is misspelt. */
const DECLARED_UNDER: Readonly<Record<string, readonly DiagnosticCode[]>> = {
  types: ['unknown-type'],
  schemas: ['unknown-type'],
  traits: ['unknown-trait'],
  resourceTypes: ['unknown-resource-type'],
  securitySchemes: ['unknown-security-scheme'],
  annotationTypes: ['unknown-annotation'],
  uses: ['unknown-library'],
  mediaType: ['invalid-media-type', 'invalid-value'],
};

type Rule = (cause: Diagnostic, excerpts: Excerpts) => ((finding: Diagnostic) => boolean) | undefined;

/** Each gives, for a cause, what follows from it. */
const RULES: readonly Rule[] = [
  ({ code, at, hint = '', message }) => {
    if (code !== 'unknown-key' || at?.column !== 1) return undefined;
    const meant = /did you mean "(\w+)"/.exec(hint)?.[1] ?? /the key "(\w+)"/.exec(message)?.[1] ?? '';
    const missing = DECLARED_UNDER[meant];
    if (!missing) return undefined;
    return (other) =>
      missing.includes(other.code) ||
      (meant === 'mediaType' && /a key of a body nor|body has no media type/.test(other.message));
  },
  // Of a list that must be an object, or the other way round, nothing is understood.
  ({ code, at, message }) => {
    const key = code === 'invalid-value' && at?.column === 1 ? /^"(\w+)" must be an? /.exec(message)?.[1] : undefined;
    const missing = key === undefined ? undefined : DECLARED_UNDER[key];
    return missing && ((other) => missing.includes(other.code));
  },
  // What stands in it one by one.
  ({ code, at, message }, excerpts) =>
    code === 'invalid-value' && at && message.endsWith('must be a list in RAML 0.8.')
      ? (other) => other.code === 'unknown-key' && other.at !== undefined && excerpts.within(other.at, at)
      : undefined,
  ({ at, message }, excerpts) =>
    at && (message.includes('a space at its end') || message.startsWith('The path has a'))
      ? (other) => other.code === 'path-parameter-mismatch' && other.at !== undefined && excerpts.within(other.at, at)
      : undefined,
  // Why the type of items cannot be understood.
  ({ at }, excerpts) =>
    at
      ? (other) =>
          /^The type of the items of .* cannot be understood/.test(other.message) &&
          other.at !== undefined &&
          (excerpts.within(at, other.at) || at.file !== other.at.file)
      : undefined,
  ({ code, at, message }) => {
    const key = code === 'invalid-media-type' && at?.column === 1 ? /^"(.*)" is/.exec(message)?.[1] : undefined;
    return key === undefined
      ? undefined
      : (other) => other.message.includes(`"${key}"`) || other.code === 'invalid-media-type';
  },
  ({ code, at }, excerpts) => {
    if ((code !== 'file-not-found' && code !== 'wrong-fragment') || !at) return undefined;
    const [library, uses] = excerpts.keysAround({ ...at, column: at.column + 1 });
    if (uses !== 'uses') return undefined;
    return (other) => other.code.startsWith('unknown-') && other.message.includes(`"${library}.`);
  },
  ({ code, message }) => {
    const limits = code === 'impossible-range' ? message.match(/-?[\d.]*\d/g) : undefined;
    return limits
      ? (other) =>
          other.code === 'example-mismatch' &&
          limits.some((limit) => new RegExp(`(than|=) ${limit}`).test(other.message))
      : undefined;
  },
  ({ code, message }) => {
    const name = code === 'unknown-key' || code === 'undeclared-property' ? nameIn(message) : undefined;
    return name === undefined
      ? undefined
      : (other) =>
          other.code === 'example-mismatch' && new RegExp(`property ["']${escapeRegExp(name)}["']`).test(other.message);
  },
  // Bounds of a parameter whose type is unknown.
  ({ code, at }, excerpts) => {
    if (code !== 'unknown-type' || !at) return undefined;
    const owner = excerpts.keysAround(at).slice(1).join(' ');
    return (other) =>
      other.message.includes('can only stand') &&
      other.at !== undefined &&
      excerpts.keysAround(other.at).slice(1).join(' ') === owner;
  },
  ({ code }) =>
    code === 'circular-type'
      ? (other) => other.code === 'raml-questionable' && /^Recurrent /.test(other.message)
      : undefined,
  ({ code, message }) => {
    const needed = code === 'missing-argument' ? /its parameter "(.*)"/.exec(message)?.[1] : undefined;
    return needed === undefined
      ? undefined
      : (other) =>
          (other.code === 'unused-argument' &&
            suggest(/"(.*)" is used/.exec(other.message)?.[1] ?? '', [needed]) !== undefined) ||
          other.message === 'Can not parse schema.';
  },
];

/** Whether a finding only follows from one of those before. */
export function isConsequence(finding: Diagnostic, findings: readonly Diagnostic[], excerpts: Excerpts): boolean {
  return findings.some((cause) => RULES.some((rule) => rule(cause, excerpts)?.(finding)));
}

function explain(findings: readonly Diagnostic[], excerpts: Excerpts): readonly Diagnostic[] {
  const dropped = new Set<Diagnostic>();
  const promoted = new Set<Diagnostic>();
  for (const cause of findings) {
    for (const rule of RULES) {
      const follows = rule(cause, excerpts);
      if (!follows) continue;
      for (const finding of findings) {
        if (finding === cause || finding.code === cause.code || !follows(finding)) continue;
        dropped.add(finding);
        if (finding.severity === 'error') promoted.add(cause);
      }
      // The same mistake, met again where a default media type is applied.
      for (const finding of findings) {
        if (
          finding !== cause &&
          finding.code === cause.code &&
          cause.code === 'invalid-media-type' &&
          follows(finding)
        ) {
          dropped.add(finding);
          if (finding.severity === 'error') promoted.add(cause);
        }
      }
    }
  }
  return findings
    .filter((finding) => !dropped.has(finding))
    .map((finding) => (promoted.has(finding) ? { ...finding, severity: 'error' } : finding));
}

/** `lib.Book` of which even the library is unknown. */
function asUnknownLibrary(finding: Diagnostic, libraries: Libraries): Diagnostic {
  const library = finding.code.startsWith('unknown-') ? /"([\w-]+)\.[\w.-]+"\.$/.exec(finding.message)?.[1] : undefined;
  if (library === undefined || finding.code === 'unknown-key') return finding;
  const declared = libraries.get(library);
  if (declared) {
    const near = suggest(nameIn(finding.message).slice(library.length + 1), declared());
    return near === undefined ? finding : { ...finding, hint: `did you mean "${library}.${near}"?` };
  }
  const nearest = suggest(library, libraries.keys());
  return diagnostic('unknown-library', `There is no library "${library}".`, {
    at: finding.at,
    severity: finding.severity,
    hint: nearest ? `did you mean "${nearest}"?` : 'name its file under "uses" at the top of the description',
  });
}

/** The conversion knows the type or parameter; the limit stands below. */
function atItsLimit(finding: Diagnostic, excerpts: Excerpts): Diagnostic {
  const lower = finding.code === 'impossible-range' ? /: "(\w+)" is/.exec(finding.message)?.[1] : undefined;
  const at = lower !== undefined && finding.at ? excerpts.keyBelow(finding.at, [lower]) : undefined;
  return at ? { ...finding, at } : finding;
}

/** A named type that leaves out a facet does so again wherever it is used. */
function whereDeclared(findings: readonly Diagnostic[], excerpts: Excerpts): readonly Diagnostic[] {
  const isDeclaration = ({ at }: Diagnostic) => at !== undefined && excerpts.keysAround(at)[1] === 'types';
  const ofFacets = findings.filter(({ message }) => message.startsWith('The parent type wants a value'));
  const declared = new Set(ofFacets.filter(isDeclaration).map(({ message }) => message));
  return findings.filter(
    (finding) => !ofFacets.includes(finding) || !declared.has(finding.message) || isDeclaration(finding),
  );
}

/** Who looks a name up knows the property, the body or the resource; the name stands somewhere below. */
function atItsName(finding: Diagnostic, excerpts: Excerpts): Diagnostic {
  const { code, at, message } = finding;
  if (!at || (!NAMED.has(code) && code !== 'unknown-resource-type')) return finding;
  return { ...finding, at: excerpts.lineNaming(nameIn(message), at) ?? at };
}

const NAMED: ReadonlySet<DiagnosticCode> = new Set(['unknown-type', 'unknown-library']);

/** A name that a resource type or trait is given: it stands where it is given, not where it is put in. */
function fromTemplates(findings: readonly Diagnostic[], excerpts: Excerpts): readonly Diagnostic[] {
  return findings.flatMap((finding) => {
    const { code, at, message } = finding;
    const name = /"(.*)"/.exec(message)?.[1];
    if (!NAMED.has(code) || !at || name === undefined || !excerpts.isTemplate(at)) return [finding];
    if (findings.some((other) => other.message === message && other.at && !excerpts.isTemplate(other.at))) return [];
    const given = excerpts.findValue(name);
    return [given ? { ...finding, at: given } : finding];
  });
}

/** Of findings that say the same about an element and something inside of it, the inner one knows the place better. */
function innermost(findings: readonly Diagnostic[], excerpts: Excerpts): readonly Diagnostic[] {
  const about = findings.map(subjectOf);
  return findings.filter((finding, index) => {
    const { at } = finding;
    if (about[index] === undefined || !at) return true;
    return !findings.some(
      (other, position) =>
        about[position] === about[index] &&
        other.at !== undefined &&
        excerpts.within(other.at, at) &&
        // At one place, the conversion's, which comes later, says more.
        (!excerpts.within(at, other.at) || position > index),
    );
  });
}

/** What a finding is about, for those that both the parser and the conversion may have. */
function subjectOf({ code, message }: Diagnostic): string | undefined {
  if (NAMED.has(code)) return nameIn(message);
  return message.startsWith(NO_JSON) ? NO_JSON : undefined;
}

const NO_JSON = 'The example is not valid JSON';

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `There is no type "X".` and `There is no schema "X".` say the same. */
function nameIn(message: string): string {
  return /"(.*)"/.exec(message)?.[1] ?? message;
}

/** The parser complains about both of two that have one name; the second one is where to look, and tells of the first. */
function mergeTwins(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const twins = new Map<string, Diagnostic>();
  return findings.flatMap((finding, index) => {
    const { code, message, at } = finding;
    if ((code !== 'duplicate-key' && code !== 'ambiguous-path') || !at || /already/.test(message)) return [finding];
    const key =
      code === 'ambiguous-path' && message.startsWith('Two') ? code : JSON.stringify([code, message, at.file]);
    const first = twins.get(key);
    if (!first?.at) {
      twins.set(key, finding);
      const isTold = findings.slice(index + 1).some((other) => sameTwin(other, finding));
      return isTold ? [] : [finding];
    }
    return [{ ...finding, message: `${message.replace(/\.$/, '')}; the first stands on line ${first.at.line}.` }];
  });
}

function sameTwin(one: Diagnostic, other: Diagnostic): boolean {
  if (one.code !== other.code || one.at?.file !== other.at?.file) return false;
  return one.message === other.message || (one.message.startsWith('Two') && other.message.startsWith('Two'));
}
