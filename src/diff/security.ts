import type { Position, SecurityRequirement, SecurityScheme } from '../model/description.ts';
import { quoted } from '../model/quoted.ts';
import type { ApiModel } from '../model/types.ts';
import type { Finding } from './change.ts';

/** Who may ask: `was` and `is` are alternatives, of which one must hold. None: nobody need say who they are. */
export function compareSecurity(
  was: readonly SecurityRequirement[],
  is: readonly SecurityRequirement[],
  before: Position,
  after: Position,
): readonly Finding[] {
  const places = { subject: 'security', before, after };
  const [old, now] = [byNames(was), byNames(is)];
  if (isOpen(was) && isOpen(is)) return [];
  if (isOpen(was)) return [{ code: 'security-added', message: `needs ${[...now.keys()].join(', or ')}`, ...places }];
  if (isOpen(is)) return [{ code: 'security-removed', message: `needed ${[...old.keys()].join(', or ')}`, ...places }];
  const findings: Finding[] = [];
  for (const [names, scopes] of old) {
    const twin = now.get(names);
    if (!twin) {
      findings.push({ code: 'security-alternative-removed', message: `${names} is no longer accepted`, ...places });
      continue;
    }
    for (const scope of twin) {
      if (!scopes.has(scope))
        findings.push({ code: 'security-scope-added', message: `${names} needs ${quoted(scope)}`, ...places });
    }
    for (const scope of scopes) {
      if (!twin.has(scope))
        findings.push({ code: 'security-scope-removed', message: `${names} needed ${quoted(scope)}`, ...places });
    }
  }
  for (const names of now.keys()) {
    if (!old.has(names))
      findings.push({ code: 'security-alternative-added', message: `${names} is accepted`, ...places });
  }
  return findings;
}

/** How credentials are sent, of schemes that both descriptions have. */
export function compareSchemes(before: ApiModel, after: ApiModel): readonly Finding[] {
  return before.securitySchemes.flatMap((scheme): readonly Finding[] => {
    const twin = after.securitySchemes.find(({ name }) => name === scheme.name);
    if (!twin || wordsOf(scheme) === wordsOf(twin)) return [];
    const message = `was ${wordsOf(scheme)}, is ${wordsOf(twin)}`;
    const subject = `security scheme ${quoted(scheme.name)}`;
    return [{ code: 'security-scheme-changed', subject, message, before: scheme.at, after: twin.at }];
  });
}

function wordsOf({ type, in: place, parameterName, scheme }: SecurityScheme): string {
  return [type, scheme?.toLowerCase(), place, parameterName].filter((word) => word !== undefined).join(' ');
}

/** Anonymous access is allowed. */
function isOpen(requirements: readonly SecurityRequirement[]): boolean {
  return requirements.length === 0 || requirements.some(({ schemes }) => schemes.length === 0);
}

function byNames(requirements: readonly SecurityRequirement[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    requirements.map(({ schemes }) => [
      schemes
        .map(({ name }) => name)
        .toSorted()
        .join(' and '),
      new Set(schemes.flatMap(({ scopes }) => scopes)),
    ]),
  );
}
