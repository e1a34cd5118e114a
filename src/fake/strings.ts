import { compilePattern } from '../guarded-pattern.ts';
import type { SchemaObject } from '../model/description.ts';
import { formattedText } from './formats.ts';
import { textFor } from './pattern.ts';
import type { Random } from './random.ts';
import { plausibleText } from './words.ts';

/**
 * A text of the right format, pattern and length: by its format, else by what its name suggests, else out of the
 * pattern. When nothing fits everything, the nearest attempt.
 */
export function stringValue(keywords: SchemaObject, name: string, random: Random): string {
  const minLength = typeof keywords.minLength === 'number' ? keywords.minLength : 0;
  const maxLength = typeof keywords.maxLength === 'number' ? keywords.maxLength : Infinity;
  const pattern = typeof keywords.pattern === 'string' ? keywords.pattern : undefined;
  const expression = pattern === undefined ? undefined : compilePattern(pattern);
  const fits = (text: string): boolean => {
    const length = [...text].length;
    return length >= minLength && length <= maxLength && (!expression || expression.test(text));
  };
  const format = typeof keywords.format === 'string' ? keywords.format : '';
  const usual = formattedText(format, random, false);
  const candidates =
    usual === undefined
      ? [plausibleText(name, random), fitted(plausibleText(name, random), minLength, maxLength)]
      : [usual, formattedText(format, random, true) ?? usual, longer(usual, format, minLength)];
  const fitting = candidates.find(fits);
  if (fitting !== undefined) return fitting;
  const generated =
    pattern === undefined ? undefined : textFor(pattern, { minLength, maxLength, accepts: () => true }, random);
  return generated ?? candidates.at(-1) ?? '';
}

/** Beyond this, nobody wants to read it; a schema that demands more gets no sample that fits. */
const longestText = 10_000;

/** Cut at a word or repeated until it is long enough. */
function fitted(text: string, minLength: number, maxLength: number): string {
  const wanted = Math.min(maxLength, Math.max(minLength, [...text].length), longestText);
  const times = Math.ceil(wanted / Math.max(1, [...text].length));
  const cut = [...Array(times).fill(text).join(' ')].slice(0, wanted);
  return cut.join('').replace(/\s$/, 'a');
}

/** The formats that can be of any length. */
function longer(text: string, format: string, minLength: number): string {
  const missing = Math.max(0, Math.min(minLength, longestText) - [...text].length);
  if (/^(uri|url|iri|json-pointer)/.test(format)) return text + 'a'.repeat(missing);
  return /email$/.test(format) ? 'a'.repeat(Math.min(40, missing)) + text : text;
}
