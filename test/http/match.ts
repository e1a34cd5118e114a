import { isDeepStrictEqual } from 'node:util';
import type { Expected } from './scenario.ts';

/** Where and why a value differs from what is expected; nothing when it does not. */
export function differences(actual: unknown, expected: Expected, place = ''): readonly string[] {
  const here = place || 'the value';
  const pattern = patternOf(expected);
  switch (pattern?.kind) {
    case '$absent':
      return actual === undefined ? [] : [`${here} should not be there, but is ${show(actual)}`];
    case '$present':
      return actual === undefined ? [`${here} is missing`] : [];
    case '$matching':
      return typeof actual === 'string' && new RegExp(String(pattern.value)).test(actual)
        ? []
        : [`${here} should match ${String(pattern.value)}, but is ${show(actual)}`];
    case '$including':
      return includes(actual, pattern.value, place);
    case '$holding':
      return holds(actual, pattern.value, here);
    case undefined:
      return compare(actual, expected, place);
  }
}

type Kind = '$absent' | '$present' | '$matching' | '$including' | '$holding';

const kinds: readonly Kind[] = ['$absent', '$present', '$matching', '$including', '$holding'];

function patternOf(expected: Expected): { readonly kind: Kind; readonly value: unknown } | undefined {
  if (!isRecord(expected)) return undefined;
  const kind = kinds.find((name) => name in expected);
  return kind && { kind, value: expected[kind] };
}

function compare(actual: unknown, expected: Expected, place: string): readonly string[] {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((element, index) => differences(actual[index], element, `${place}/${index}`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) =>
      name in expected
        ? differences(actual[name], expected[name], `${place}/${name}`)
        : [`${place}/${name} should not be there, but is ${show(actual[name])}`],
    );
  }
  if (isDeepStrictEqual(actual, expected)) return [];
  return [`${place || 'the value'} should be ${show(expected)}, but is ${show(actual)}`];
}

function includes(actual: unknown, members: unknown, place: string): readonly string[] {
  if (!isRecord(actual) || !isRecord(members))
    return [`${place || 'the value'} should be an object, but is ${show(actual)}`];
  return Object.entries(members).flatMap(([name, member]) => differences(actual[name], member, `${place}/${name}`));
}

function holds(actual: unknown, elements: unknown, here: string): readonly string[] {
  if (!Array.isArray(actual) || !Array.isArray(elements)) return [`${here} should be a list, but is ${show(actual)}`];
  return elements
    .filter((element) => !actual.some((candidate) => differences(candidate, element).length === 0))
    .map((element) => `${here} should hold ${show(element)}, but is ${show(actual)}`);
}

function show(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
