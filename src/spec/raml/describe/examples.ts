/**
 * Examples: parsed where they are JSON, text otherwise.
 */
import { diagnostic } from '../../../diagnostics.ts';
import type { Example, Position } from '../../../model/description.ts';
import { parseDocument } from '../../document/document.ts';
import type { Json } from '../../record.ts';
import { elementsOf, isTextOfUnreadFile, placeOfExamples, textOf } from '../parsed.ts';
import { typedValue } from '../types/named-parameters.ts';
import type { Context } from './context.ts';

interface ExampleDetails {
  readonly at: Position;
  /** Of the body that the example is of; absent for parameters. */
  readonly mediaType: string | undefined;
  readonly context: Context;
}

/** `example` and `examples` of a body, parameter or header. */
export function examplesOf(declaration: Json, { at: owner, mediaType, context }: ExampleDetails): readonly Example[] {
  const at = placeOfExamples(declaration, owner);
  if (context.version === '0.8') {
    const { example } = declaration;
    if (example === undefined || example === null || isTextOfUnreadFile(example)) return [];
    const type = textOf(declaration.type) ?? 'string';
    const value = mediaType === undefined ? typedValue(example, type) : bodyValue(example, mediaType, at, context);
    return [{ name: '', value, strict: true, at }];
  }
  const readable = elementsOf(declaration.examples).filter(({ value }) => !isTextOfUnreadFile(value));
  return readable.map((example) => {
    const summary = textOf(example.displayName) ?? textOf(example.description);
    return {
      name: textOf(example.name) ?? '',
      value: bodyValue(example.value, mediaType, at, context),
      ...(summary !== undefined && { summary }),
      strict: example.strict !== false,
      at,
    };
  });
}

/** Whether bodies of this media type are JSON documents. */
export function isJsonMediaType(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/.test(mediaType);
}

/** JSON that is written as text is parsed; text that is none stays text, for it may be the value itself. */
function bodyValue(value: unknown, mediaType: string | undefined, at: Position, context: Context): unknown {
  if (typeof value !== 'string' || mediaType === undefined || !isJsonMediaType(mediaType)) return value;
  try {
    return JSON.parse(value);
  } catch {
    if (/^\s*[{[]/.test(value)) {
      const origin = context.originOf(value, at);
      // As a file of JSON, so that nobody takes it for YAML in flow style.
      const { diagnostics } = parseDocument(value, 'example.json', origin);
      const fault = diagnostics.find(({ code }) => code === 'syntax-error');
      context.report(
        diagnostic('example-mismatch', `The example is not valid JSON${fault ? `: ${fault.message}` : '.'}`, {
          at: fault?.at ? { ...fault.at, file: origin.file } : at,
          hint: fault?.hint ?? 'fix the JSON, or write the example as YAML',
        }),
      );
    }
    return value;
  }
}
