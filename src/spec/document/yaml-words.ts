/**
 * What the YAML parser says, in the words of the people who read it.
 */
import type { YAMLError } from 'yaml';

export function messageOf({ code, message }: YAMLError): string {
  return (
    WORDS.find(([said]) => said.test(message))?.[1] ??
    MESSAGES[code] ??
    `${message.replace(/^Missing closing (.)quote$/, 'The closing quote $1 is missing')}.`
  );
}

export function hintFor({ code }: YAMLError): string | undefined {
  return HINTS[code];
}

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put text that contains ": " in quotes, or check the indentation',
  BLOCK_IN_FLOW: 'put text that contains ": " in quotes',
  BAD_SCALAR_START: 'put the text in quotes',
  BAD_INDENT: 'check the indentation and the closing brackets',
  MULTILINE_IMPLICIT_KEY: 'write "key: value", with a space behind the colon',
  MISSING_CHAR: 'add it, or remove what opens it',
  BAD_DQ_ESCAPE: 'double the backslash, or use single quotes',
  UNEXPECTED_TOKEN: 'check the quotes, and put text with special characters in quotes',
  MULTIPLE_DOCS: 'keep one document per file: remove the line "---"',
};

/** One code of the parser stands for many things. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^All (mapping|sequence) items must start/, 'This line is indented otherwise than the lines that it belongs to.'],
  [/^Flow (map|sequence) in block collection must/, 'A bracket that was opened is not closed, or too far to the left.'],
  [/^Block collections are not allowed/, 'A key cannot begin here, within brackets.'],
  [/^Unexpected scalar/, 'The value has ended, and more text follows.'],
];

/** Where the parser's own words would puzzle. */
const MESSAGES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'A second document begins here, and one file describes one API.',
  MULTILINE_IMPLICIT_KEY: 'A colon is missing behind the key.',
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot begin in the middle of a line that has a key already.',
};
