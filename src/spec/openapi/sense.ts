/**
 * What is well-formed and makes no sense: answers that can never be given, bodies that have no meaning, links into the
 * void, components that nobody uses.
 */
import type { Operation, PathItem } from '../../model/description.ts';
import { allOperations } from '../../model/operations.ts';
import type { DocumentNode } from '../document/library.ts';
import { childOf } from '../document/library.ts';
import { stepsOf } from '../pointer.ts';
import { isObject, own } from '../record.ts';
import { checkLinks } from './links.ts';
import { entriesOf, placeOf, type Reading, report } from './reading.ts';

export function checkSense(
  reading: Reading,
  root: DocumentNode,
  { paths, webhooks }: { readonly paths: readonly PathItem[]; readonly webhooks: readonly PathItem[] },
): void {
  const operations = [...paths, ...webhooks].flatMap(allOperations);
  for (const operation of operations) {
    checkResponses(reading, operation);
    checkBody(reading, operation);
  }
  checkLinks(reading, operations, paths);
  checkUnused(reading, root);
}

const CLASSES = ['1XX', '2XX', '3XX', '4XX', '5XX'];

/** `default` behind all five classes, and a status that is written twice (`2xx` and `2XX`). */
function checkResponses(reading: Reading, { responses }: Operation): void {
  const statuses = responses.map(({ status }) => status);
  for (const [index, response] of responses.entries()) {
    const { status, at } = response;
    if (statuses.indexOf(status) !== index) {
      const message = `The responses "${status}" are described twice; the first one holds.`;
      report(reading, 'unsupported-keyword', message, { at, hint: 'merge the two' });
    } else if (status === 'default' && CLASSES.every((known) => statuses.includes(known))) {
      const message = '"default" is never used: all classes of responses, 1XX to 5XX, are described.';
      report(reading, 'unsupported-keyword', message, { at, hint: 'remove it' });
    }
  }
}

/** RFC 9110 section 9.3: a body in these requests has no meaning, and proxies may drop it. */
function checkBody(reading: Reading, { method, requestBody }: Operation): void {
  if (!requestBody || !['get', 'head', 'trace'].includes(method)) return;
  report(reading, 'unsupported-keyword', `A ${method.toUpperCase()} has no body.`, {
    at: requestBody.at,
    hint: 'use query parameters, or POST',
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A document that others refer to may have components for them alone; within one that has paths, they are leftovers. */
function checkUnused(reading: Reading, root: DocumentNode): void {
  if (entriesOf(root, 'paths').length === 0) return;
  // A reference that was misspelled leaves its component unused, which is no second mistake.
  const findings = [...reading.diagnostics, ...reading.library.diagnostics, ...reading.schemas.diagnostics];
  if (findings.some(({ code }) => code === 'unresolved-reference')) return;
  const references = new Set<string>();
  for (const document of reading.library.documents()) collectReferences(document.value, references);
  const used = new Set(Array.from(references, componentOf));
  for (const [kind, { value }] of entriesOf(root, 'components')) {
    if (kind === 'securitySchemes' || kind.startsWith('x-') || !isObject(value)) continue;
    for (const [name, component] of Object.entries(value)) {
      // It gives what stands in another file a name.
      if (isObject(component) && /^[^#]/.test(String(own(component, '$ref') ?? ''))) continue;
      if (used.has(`#/components/${kind}/${name}`) || (kind === 'schemas' && used.has(name))) continue;
      const at = placeOf(childOf(root, 'components', kind, name));
      report(reading, 'unused-component', `Nothing refers to "${name}".`, { at, hint: 'remove it, or refer to it' });
    }
  }
}

/** `$ref`s, and what the mappings of discriminators name. */
function collectReferences(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectReferences(item, found);
  if (!isObject(value)) return;
  // All of a document is walked through: no list of the keys is made for each of its objects.
  for (const key in value) {
    const child = value[key];
    if (typeof child === 'string') {
      if (key === '$ref' || key === '$dynamicRef') found.add(child);
    } else if (typeof child === 'object') {
      if (key === 'discriminator') collectMapping(child, found);
      collectReferences(child, found);
    }
  }
}

function collectMapping(discriminator: unknown, found: Set<string>): void {
  const mapping = isObject(discriminator) ? own(discriminator, 'mapping') : undefined;
  for (const target of isObject(mapping) ? Object.values(mapping) : []) found.add(String(target));
}

/** @example componentOf('api.yaml#/components/schemas/Book/properties/id') // '#/components/schemas/Book' */
function componentOf(reference: string): string {
  const mark = reference.indexOf('#');
  if (mark === -1) return reference;
  const steps = stepsOf(decoded(reference.slice(mark + 1)));
  return steps[0] === 'components' ? `#/${steps.slice(0, 3).join('/')}` : reference;
}
