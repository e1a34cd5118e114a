import type { Example } from '../../model/description.ts';
import { wrapped } from './types.ts';

/** `example` for the only one without a name, else `examples` by name. */
export function exampleMembers(examples: readonly Example[]): object {
  const [only] = examples;
  if (only === undefined) return {};
  if (examples.length === 1 && only.name === '') return { example: exampleValue(only) };
  const named = examples.map((example, index): [string, unknown] => [
    example.name === '' ? `example${index + 1}` : example.name,
    exampleValue(example),
  ]);
  return { examples: Object.fromEntries(named) };
}

function exampleValue({ value, summary, strict }: Example): unknown {
  if (strict && summary === undefined) return wrapped(value);
  return { ...(summary !== undefined && { displayName: summary }), ...(!strict && { strict }), value };
}
