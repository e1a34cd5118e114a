/**
 * Links from a response to an operation that can be called next.
 */
import type { Operation, Parameter, PathItem, ResponseLink } from '../../model/description.ts';
import { suggest } from '../../suggest.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { stepsOf } from '../pointer.ts';
import { isObject } from '../record.ts';
import { expressionsIn, type Lookup, parseExpression } from './expressions.ts';
import { readServer, someExtensions } from './info.ts';
import { dereference, entriesOf, has, placeOf, type Reading, report, textOf } from './reading.ts';

export function readLinks(reading: Reading, response: DocumentNode): readonly ResponseLink[] {
  return entriesOf(response, 'links').flatMap(([name, entry]) => {
    const node = dereference(reading, entry);
    if (!node) return [];
    const operationId = textOf(node, 'operationId');
    const operationRef = textOf(node, 'operationRef');
    const description = textOf(entry, 'description') ?? textOf(node, 'description');
    const server = readServer(childOf(node, 'server'));
    return [
      {
        name,
        ...(operationId === undefined ? {} : { operationId }),
        ...(operationRef === undefined ? {} : { operationRef }),
        parameters: childOf(node, 'parameters').value ?? {},
        ...(has(node, 'requestBody') ? { requestBody: childOf(node, 'requestBody').value } : {}),
        ...(description === undefined ? {} : { description }),
        ...(server && { server }),
        ...someExtensions(node),
        at: placeOf(node),
      },
    ];
  });
}

/** Links that nobody could follow: their operation does not exist, or has no such parameter. */
export function checkLinks(reading: Reading, operations: readonly Operation[], paths: readonly PathItem[]): void {
  const targets = paths.flatMap((item) => item.operations.map((operation): Target => ({ item, operation })));
  const items = new Map(targets.map(({ item, operation }) => [operation, item]));
  for (const operation of operations) {
    const inherited = items.get(operation)?.parameters ?? [];
    for (const response of operation.responses) {
      for (const link of response.links) {
        checkExpressions(reading, link, [...inherited, ...operation.parameters], response.headers);
        const target = targetOf(link, targets);
        if (target === 'elsewhere') continue;
        if (target) checkParameters(reading, link, target);
        else reportUnknown(reading, link, targets);
      }
    }
  }
}

/** What a link hands on must be something that the request or the answer has. */
function checkExpressions(
  reading: Reading,
  { name, parameters, requestBody, at }: ResponseLink,
  ofRequest: readonly Parameter[],
  ofResponse: readonly Parameter[],
): void {
  const values = [...(isObject(parameters) ? Object.values(parameters) : []), requestBody];
  for (const text of values.flatMap(expressionsIn)) {
    const expression = parseExpression(text);
    if ('fault' in expression) {
      const message = `The link "${name}" cannot be followed: ${expression.fault}.`;
      report(reading, 'invalid-value', message, { at, hint: expression.hint, severity: 'warning' });
    } else if (expression.lookup) {
      const { lookup } = expression;
      const known = (lookup.of === 'request' ? ofRequest : ofResponse).filter(
        ({ in: place }) => place === lookup.place,
      );
      checkLookup(reading, lookup, known, { name, at, text });
    }
  }
}

function checkLookup(
  reading: Reading,
  { of, place, name }: Lookup,
  known: readonly Parameter[],
  link: { readonly name: string; readonly at: ResponseLink['at']; readonly text: string },
): void {
  // Names of headers have no case; and every request has more headers than a description names.
  const same = (one: string) => one === name || (place === 'header' && one.toLowerCase() === name.toLowerCase());
  if (known.some((parameter) => same(parameter.name))) return;
  const near = suggest(
    name,
    known.map((parameter) => parameter.name),
  );
  if (place === 'header' && near === undefined) return;
  const what = of === 'request' ? 'The operation' : 'The response';
  const message = `The link "${link.name}" takes "${link.text}". ${what} has no ${place} parameter of that name.`;
  report(reading, 'invalid-value', place === 'header' ? message.replace('header parameter', 'header') : message, {
    at: link.at,
    hint: near ? `did you mean "${near}"?` : `one of ${known.map((parameter) => parameter.name).join(', ') || 'none'}`,
    severity: 'warning',
  });
}

interface Target {
  readonly item: PathItem;
  readonly operation: Operation;
}

/** References into other documents are not followed. */
function targetOf(
  { operationId, operationRef }: ResponseLink,
  targets: readonly Target[],
): Target | 'elsewhere' | undefined {
  if (operationId !== undefined) return targets.find(({ operation }) => operation.id === operationId);
  if (!operationRef?.startsWith('#')) return 'elsewhere';
  const [, path, method] = stepsOf(decoded(operationRef.slice(1)));
  return targets.find(({ item, operation }) => item.path === path && operation.method === method);
}

function reportUnknown(
  reading: Reading,
  { name, operationId, operationRef, at }: ResponseLink,
  targets: readonly Target[],
): void {
  if (operationId === undefined) {
    const message = `The link "${name}" refers to an operation "${operationRef}", and there is none.`;
    const hint = 'write e.g. "#/paths/~1books/get", or an operationId';
    report(reading, 'unknown-operation', message, { at, hint });
    return;
  }
  const near = suggest(
    operationId,
    targets.map(({ operation }) => operation.id),
  );
  report(reading, 'unknown-operation', `The link "${name}" names an operation "${operationId}", and there is none.`, {
    at,
    hint: near && `did you mean "${near}"?`,
  });
}

/** `id`, or `path.id` where two places have the name (OpenAPI 3.1.1 §4.8.20). */
function checkParameters(reading: Reading, link: ResponseLink, target: Target): void {
  const { item, operation } = target;
  const known = [...item.parameters, ...operation.parameters];
  const names = [...new Set(known.map(({ name }) => name))];
  for (const given of isObject(link.parameters) ? Object.keys(link.parameters) : []) {
    if (known.some((parameter) => isNamed(parameter, given))) continue;
    const near = suggest(given.replace(/^(?:path|query|header|cookie)\./, ''), names);
    const message = `The link "${link.name}" gives a parameter "${given}", and "${operation.id}" has none.`;
    report(reading, 'unknown-operation', message, {
      at: link.at,
      hint: near ? `did you mean "${near}"?` : `one of ${names.join(', ') || 'none'}`,
    });
  }
}

function isNamed({ name, in: place }: Parameter, given: string): boolean {
  return given === name || given === `${place}.${name}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
