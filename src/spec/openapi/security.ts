/**
 * Security schemes, and the requirements that name them.
 */
import type { SecurityRequirement, SecurityScheme } from '../../model/description.ts';
import { suggest } from '../../suggest.ts';
import type { DocumentNode } from '../document/library.ts';
import { isObject, setOwn } from '../record.ts';
import { dereference, entriesOf, has, itemsOf, placeOf, type Reading, report, textOf } from './reading.ts';

const TYPES = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] as const;
const KEY_PLACES = ['query', 'header', 'cookie'] as const;

/** What has a field of its own in the model; the rest are settings. */
const NAMED_FIELDS = new Set(['type', 'description', 'in', 'name', 'scheme']);

export interface DeclaredSchemes {
  /** Of all that are declared, also of those that cannot be understood, so that one mistake is told once. */
  readonly names: readonly string[];
  readonly understood: readonly SecurityScheme[];
}

export function readSecuritySchemes(reading: Reading, root: DocumentNode): DeclaredSchemes {
  const entries = entriesOf(root, 'components', 'securitySchemes');
  const understood = entries.flatMap(([name, entry]) => {
    const node = dereference(reading, entry);
    const type = node && TYPES.find((known) => known === textOf(node, 'type'));
    return node && type ? [readScheme(name, type, node)] : [];
  });
  return { names: entries.map(([name]) => name), understood };
}

function readScheme(name: string, type: SecurityScheme['type'], node: DocumentNode): SecurityScheme {
  const description = textOf(node, 'description');
  const place = type === 'apiKey' ? KEY_PLACES.find((known) => known === textOf(node, 'in')) : undefined;
  const parameterName = type === 'apiKey' ? textOf(node, 'name') : undefined;
  const scheme = type === 'http' ? textOf(node, 'scheme')?.toLowerCase() : undefined;
  return {
    name,
    type,
    ...(description === undefined ? {} : { description }),
    ...(place === undefined ? {} : { in: place }),
    ...(parameterName === undefined ? {} : { parameterName }),
    ...(scheme === undefined ? {} : { scheme }),
    settings: settingsOf(node),
    parameters: [],
    responses: [],
    at: placeOf(node),
  };
}

function settingsOf(node: DocumentNode): Readonly<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  for (const [key, { value }] of entriesOf(node)) if (!NAMED_FIELDS.has(key)) setOwn(settings, key, value);
  return settings;
}

/** The `security` of an operation or of the whole description; `undefined` if it says nothing. */
export function readSecurity(
  reading: Reading,
  node: DocumentNode,
  schemes: DeclaredSchemes,
): readonly SecurityRequirement[] | undefined {
  if (!has(node, 'security')) return undefined;
  return itemsOf(node, 'security').map((requirement) => ({
    schemes: entriesOf(requirement).map(([name, entry]) => {
      checkScheme(reading, name, entry, schemes);
      return { name, scopes: itemsOf(entry).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])) };
    }),
  }));
}

/** A requirement that names no scheme would leave the operation open or closed for ever. */
function checkScheme(reading: Reading, name: string, entry: DocumentNode, schemes: DeclaredSchemes): void {
  const scheme = schemes.understood.find((known) => known.name === name);
  if (scheme) checkScopes(reading, scheme, entry);
  else if (!schemes.names.includes(name)) {
    const near = suggest(name, schemes.names);
    report(reading, 'unknown-security-scheme', `There is no security scheme "${name}".`, {
      at: placeOf(entry),
      hint: near ? `did you mean "${near}"?` : 'declare it in components.securitySchemes',
    });
  }
}

function checkScopes(reading: Reading, scheme: SecurityScheme, entry: DocumentNode): void {
  if (scheme.type !== 'oauth2') return;
  const declared = scopesOf(scheme);
  for (const item of itemsOf(entry)) {
    const { value } = item;
    if (typeof value !== 'string' || declared.includes(value)) continue;
    const near = suggest(value, declared);
    report(reading, 'unknown-scope', `The scheme "${scheme.name}" has no scope "${value}".`, {
      at: placeOf(item),
      severity: 'warning',
      hint: near && `did you mean "${near}"?`,
    });
  }
}

function scopesOf({ settings }: SecurityScheme): readonly string[] {
  const flows: unknown = settings.flows;
  const scopes = isObject(flows) ? Object.values(flows).map((flow) => (isObject(flow) ? flow.scopes : undefined)) : [];
  return scopes.filter(isObject).flatMap((each) => Object.keys(each));
}
