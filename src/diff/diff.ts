import type { Operation, PathItem, SecurityRequirement } from '../model/description.ts';
import type { ApiModel } from '../model/types.ts';
import { compareBodies } from './bodies.ts';
import { type Change, changeOf, type Finding } from './change.ts';
import { type OperationPair, type Pairs, pairPaths } from './pairing.ts';
import { compareParameters } from './parameters.ts';
import { compareResponses } from './responses.ts';
import { type CompareSchemas, createSchemaComparison } from './schemas.ts';
import { compareSchemes, compareSecurity } from './security.ts';
import { compareServers } from './servers.ts';

/** What the parts of a comparison have in common. */
export interface Comparison {
  readonly before: ApiModel;
  readonly after: ApiModel;
  readonly schemas: CompareSchemas;
}

/**
 * All differences between two descriptions that clients can notice, in the order of the new description, with what is
 * gone where it was. The formats need not be the same. Summaries, descriptions and examples do not count, nor does the
 * way in which the same thing is written. Pure; costs about as much as the descriptions are large.
 *
 * @example diffModels(old, now).some(({ severity }) => severity === 'breaking')
 */
export function diffModels(before: ApiModel, after: ApiModel): readonly Change[] {
  const comparison: Comparison = { before, after, schemas: createSchemaComparison() };
  const pairs = pairPaths(before, after);
  const collected = new Collected();
  for (const finding of compareServers(before, after)) collected.add(finding);
  for (const finding of compareSchemes(before, after)) collected.add(finding);
  for (const { finding, operation } of comparePaths(pairs)) collected.add(finding, operation);
  for (const pair of pairs.operations) {
    for (const finding of compareOperations(pair, comparison)) collected.add(finding, titleOf(pair.after));
  }
  return collected.changes();
}

/** The same finding of several operations is one change: one edit of a type is told once. */
class Collected {
  readonly #found = new Map<string, { readonly finding: Finding; readonly operations: Set<string> }>();

  add(finding: Finding, operation?: string): void {
    const { code, subject, message, before, after } = finding;
    const key = JSON.stringify([code, subject, message, before, after]);
    const known = this.#found.get(key) ?? { finding, operations: new Set<string>() };
    this.#found.set(key, known);
    if (operation !== undefined) known.operations.add(operation);
  }

  changes(): readonly Change[] {
    return [...this.#found.values()].map(({ finding, operations }) => changeOf(finding, [...operations]));
  }
}

interface OperationFinding {
  readonly finding: Finding;
  readonly operation?: string;
}

function comparePaths({
  paths,
  gone,
  come,
  operations,
  goneOperations,
  comeOperations,
}: Pairs): readonly OperationFinding[] {
  const findings: OperationFinding[] = [];
  const add = (
    code: Finding['code'],
    subject: string,
    message: string,
    places: Pick<Finding, 'before' | 'after'>,
    operation?: string,
  ) => findings.push({ finding: { code, subject, message, ...places }, ...(operation !== undefined && { operation }) });
  for (const item of gone) add('path-removed', item.path, `${item.path} is gone`, { before: item.at });
  for (const { before, after, isRenamed } of paths) {
    if (before.path === after.path) continue;
    const code = isRenamed ? 'path-renamed' : 'path-parameter-renamed';
    add(code, after.path, `was ${before.path}, is ${after.path}`, { before: before.at, after: after.at });
  }
  for (const item of come) add('path-added', item.path, `${item.path} is new`, { after: item.at });
  for (const { item, operation } of goneOperations) {
    add(
      'operation-removed',
      titleOf({ item, operation }),
      'is gone',
      { before: operation.at },
      titleOf({ item, operation }),
    );
  }
  for (const { item, operation } of comeOperations) {
    add(
      'operation-added',
      titleOf({ item, operation }),
      'is new',
      { after: operation.at },
      titleOf({ item, operation }),
    );
  }
  for (const pair of operations) {
    if (!pair.isMoved) continue;
    const message = `was ${titleOf(pair.before)}, is ${titleOf(pair.after)}`;
    const places = { before: pair.before.operation.at, after: pair.after.operation.at };
    add('operation-moved', pair.after.operation.id, message, places, titleOf(pair.after));
  }
  return findings;
}

function compareOperations(pair: OperationPair, comparison: Comparison): readonly Finding[] {
  const [was, is] = [pair.before.operation, pair.after.operation];
  return [
    ...compareFacts(was, is),
    ...compareParameters(pair, comparison),
    ...compareBodies(was, is, comparison),
    ...compareResponses(was, is, comparison),
    ...compareSecurity(effective(was, comparison.before), effective(is, comparison.after), was.at, is.at),
  ];
}

function compareFacts(was: Operation, is: Operation): readonly Finding[] {
  const places = { subject: 'operation', before: was.at, after: is.at };
  const findings: Finding[] = [];
  if (isDeclared(was.id) && was.id !== is.id) {
    const message = isDeclared(is.id) ? `was ${was.id}, is ${is.id}` : `was ${was.id}`;
    findings.push({ code: 'operation-id-changed', message, ...places });
  }
  if (is.deprecated && !was.deprecated)
    findings.push({ code: 'operation-deprecated', message: 'is deprecated', ...places });
  if (was.deprecated && !is.deprecated) {
    findings.push({ code: 'operation-undeprecated', message: 'was deprecated', ...places });
  }
  return findings;
}

/** RAML has no ids; the reader's stand-in is `get /books`. */
function isDeclared(id: string): boolean {
  return !id.includes(' ');
}

function effective({ security }: Operation, model: ApiModel): readonly SecurityRequirement[] {
  return security ?? model.security;
}

function titleOf({ item, operation }: { readonly item: PathItem; readonly operation: Operation }): string {
  return `${operation.method.toUpperCase()} ${item.path}`;
}
