/**
 * Examples of a media type or parameter. Those of its schema stay in the schema, where everybody who wants a sample
 * looks for them.
 */
import type { Example, ExternalExample, JsonSchema } from '../../model/description.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { isObject, own } from '../record.ts';
import { someExtensions } from './info.ts';
import { dereference, entriesOf, has, placeOf, type Reading, report, textOf } from './reading.ts';

interface Subject {
  readonly schema: JsonSchema | undefined;
  /** JSON: an example given as text may be JSON text, where the schema wants an object or array. */
  readonly isJson: boolean;
}

export function readExamples(reading: Reading, node: DocumentNode, subject: Subject): readonly Example[] {
  const single = has(node, 'example') ? [exampleAt(childOf(node, 'example'), '', subject)] : [];
  const named = entriesOf(node, 'examples').flatMap(([name, entry]) => readNamed(reading, name, entry, subject));
  return [...single, ...named];
}

function readNamed(reading: Reading, name: string, entry: DocumentNode, subject: Subject): readonly Example[] {
  const node = dereference(reading, entry);
  if (!node) return [];
  if (!has(node, 'value')) return [];
  return [{ ...exampleAt(childOf(node, 'value'), name, subject), ...aboutExample(entry, node), at: placeOf(node) }];
}

/** The member `externalExamples` of a media type or parameter that has examples elsewhere. */
export function readExternalExamples(
  reading: Reading,
  parent: DocumentNode,
): { readonly externalExamples?: readonly ExternalExample[] } {
  const found = entriesOf(parent, 'examples').flatMap(([name, entry]) => {
    const node = dereference(reading, entry);
    const url = node && !has(node, 'value') ? textOf(node, 'externalValue') : undefined;
    if (node === undefined || url === undefined) return [];
    const message = `The example "${name}" stands elsewhere, and examples are not fetched.`;
    report(reading, 'unsupported-keyword', message, {
      at: placeOf(childOf(node, 'externalValue')),
      severity: 'info',
      hint: 'write it here as "value"',
    });
    return [{ name, url, ...aboutExample(entry, node), at: placeOf(node) }];
  });
  return found.length === 0 ? {} : { externalExamples: found };
}

function aboutExample(entry: DocumentNode, node: DocumentNode) {
  const summary = textOf(entry, 'summary') ?? textOf(node, 'summary');
  const description = textOf(entry, 'description') ?? textOf(node, 'description');
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...someExtensions(node),
  };
}

function exampleAt(node: DocumentNode, name: string, subject: Subject): Example {
  return { name, value: meant(node.value, subject), strict: true, at: placeOf(node) };
}

function meant(value: unknown, { schema, isJson }: Subject): unknown {
  if (!isJson || typeof value !== 'string' || !isObject(schema) || acceptsText(schema)) return value;
  try {
    const inside: unknown = JSON.parse(value);
    return typeof inside === 'object' ? inside : value;
  } catch {
    return value;
  }
}

function acceptsText(schema: { readonly [keyword: string]: unknown }): boolean {
  const type = own(schema, 'type');
  return type === 'string' || (Array.isArray(type) && type.includes('string'));
}
