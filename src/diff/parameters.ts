import type { Parameter, PathItem } from '../model/description.ts';
import { parametersOf } from '../model/paths.ts';
import { quoted } from '../model/quoted.ts';
import { certainRename, pairRenamed } from '../model/renames.ts';
import type { Finding } from './change.ts';
import type { Comparison } from './diff.ts';
import type { Located, SchemaSource } from './located.ts';
import type { OperationPair, Placed } from './pairing.ts';
import { viewOf } from './schema-view.ts';

/** Parameters of an operation, those of its path among them. A path parameter is the same in the same place of the path. */
export function compareParameters({ before, after }: OperationPair, comparison: Comparison): readonly Finding[] {
  const [was, is] = [keyed(before), keyed(after)];
  const findings: Finding[] = [];
  for (const [key, parameter] of was) {
    const twin = is.get(key);
    if (twin) findings.push(...compareParameter(parameter, twin, comparison));
  }
  const gone = [...was].filter(([key]) => !is.has(key)).map(([, parameter], index) => ({ ...parameter, index }));
  const come = [...is].filter(([key]) => !was.has(key)).map(([, parameter], index) => ({ ...parameter, index }));
  const moved = gone.flatMap((from) => {
    const to = come.find(({ name }) => name === from.name);
    return to ? [{ from, to }] : [];
  });
  for (const { from, to } of moved) {
    const message = `was in ${from.in}, is in ${to.in}`;
    findings.push({ code: 'parameter-moved', subject: titleOf(to), message, before: from.at, after: to.at });
    findings.push(...compareParameter(from, to, comparison));
  }
  const stays = ({ name }: Parameter) => !moved.some(({ from }) => from.name === name);
  const renames = pairRenamed(gone.filter(stays), come.filter(stays), (from, to) =>
    from.in === to.in ? likeness(from, to, comparison) : 0,
  ).filter(({ confidence }) => confidence >= certainRename);
  for (const { from, to } of renames) {
    const message = `${quoted(from.name)} is ${quoted(to.name)} now`;
    findings.push({ code: 'parameter-renamed', subject: titleOf(from), message, before: from.at, after: to.at });
    findings.push(...compareParameter(from, to, comparison));
  }
  const isGone = (parameter: Parameter) =>
    stays(parameter) && !renames.some(({ from }) => from.name === parameter.name);
  const isNew = (parameter: Parameter) => stays(parameter) && !renames.some(({ to }) => to.name === parameter.name);
  return [
    ...findings,
    ...gone.filter(isGone).map((parameter) => removal(parameter, after)),
    ...come.filter(isNew).map((parameter) => addition(parameter, before, comparison.after)),
  ];
}

function removal(parameter: Parameter, { operation }: Placed): Finding {
  const code =
    parameter.in === 'header' || parameter.in === 'cookie' ? 'header-parameter-removed' : 'parameter-removed';
  const message = `${quoted(parameter.name)} is gone`;
  return { code, subject: titleOf(parameter), message, before: parameter.at, after: operation.at };
}

function addition(parameter: Parameter, { operation }: Placed, source: SchemaSource): Finding {
  const isNeeded = parameter.required && viewOf(located(parameter, source)).fallback === undefined;
  const code = isNeeded ? 'parameter-added-required' : 'parameter-added-optional';
  const message = `${quoted(parameter.name)} is new`;
  return { code, subject: titleOf(parameter), message, before: operation.at, after: parameter.at };
}

function compareParameter(was: Parameter, is: Parameter, { before, after, schemas }: Comparison): readonly Finding[] {
  const places = { subject: titleOf(is), before: was.at, after: is.at };
  const findings: Finding[] = [];
  if (is.required && !was.required)
    findings.push({ code: 'parameter-became-required', message: 'is required', ...places });
  if (was.required && !is.required)
    findings.push({ code: 'parameter-became-optional', message: 'is optional', ...places });
  if (is.deprecated === true && was.deprecated !== true) {
    findings.push({ code: 'parameter-deprecated', message: 'is deprecated', ...places });
  }
  const [old, now] = [located(was, before), located(is, after)];
  if (isCompound(old) && isCompound(now) && writingOf(was) !== writingOf(is)) {
    const message = `was ${writingOf(was)}, is ${writingOf(is)}`;
    findings.push({ code: 'parameter-style-changed', message, ...places });
  }
  return [...findings, ...schemas(old, now, 'request')];
}

/** How a scalar is written is the same in all styles of a place that matter. */
function isCompound(parameter: Located): boolean {
  const { types } = viewOf(parameter);
  return types === undefined || types.has('array') || types.has('object');
}

/** RAML's repetition is what OpenAPI calls an exploded form. */
function writingOf({ style, explode, contentType }: Parameter): string {
  if (contentType !== undefined) return contentType;
  return style === 'repeat' || (style === 'form' && explode) ? 'repeated' : `${style}${explode ? ', exploded' : ''}`;
}

/** The operation's own parameters go before those of its path. */
function keyed({ item, operation }: Placed): ReadonlyMap<string, Parameter> {
  const all = [...item.parameters, ...operation.parameters].filter((parameter) => !isSaidElsewhere(parameter));
  return new Map(all.map((parameter) => [keyOf(parameter, item), parameter]));
}

/** These are said by media types and security, and OpenAPI has none of these names (3.1.1 section 4.8.12.2). */
function isSaidElsewhere({ name, in: place }: Parameter): boolean {
  return place === 'header' && /^(?:accept|content-type|authorization)$/i.test(name);
}

function keyOf(parameter: Parameter, item: PathItem): string {
  if (parameter.in === 'path') return `path ${parametersOf(item.path).indexOf(parameter.name)}`;
  return `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;
}

function likeness(from: Parameter, to: Parameter, { before, after, schemas }: Comparison): number {
  const findings = schemas(located(from, before), located(to, after), 'request');
  if (findings.length === 0) return 1;
  return findings.some(({ code }) => code.startsWith('request-type-')) ? 0 : 0.7;
}

export function located(
  { schema, at, ...parameter }: Pick<Parameter, 'schema' | 'at' | 'name' | 'in'>,
  source: SchemaSource,
): Located {
  return { schema, at, source, label: titleOf(parameter) };
}

function titleOf({ name, in: place }: Pick<Parameter, 'name' | 'in'>): string {
  return `${place} parameter ${quoted(name)}`;
}
