import type { Violation } from '../../errors.ts';
import type { JsonSchema, Operation, Parameter, Response } from '../../model/description.ts';
import { type Definitions, shapeOf } from '../../model/schema.ts';
import type { Answer } from './answer.ts';
import { declaredResponse, essenceOf, isJson } from './declared-response.ts';

/** All violations of a value, pointers relative to it. */
export type Validate = (schema: JsonSchema, value: unknown) => readonly Violation[];

/**
 * Compares an answer with what the operation declares: status, media type, headers, body.
 * What every HTTP server may add is no violation: 304, 204 on `Prefer: return=minimal`, and errors that the description
 * does not mention. Answers to HEAD have no body to check and are not given here.
 *
 * @example compileResponseCheck(operation, $defs, validate)({ status: 200, headers: {}, body: '{}' })
 * // [{ pointer: '/isbn', in: 'body', message: 'is required' }]
 */
export function compileResponseCheck(
  operation: Operation,
  $defs: Definitions,
  validate: Validate,
): (answer: Answer) => readonly Violation[] {
  const statuses = operation.responses.map(({ status }) => status).join(', ');
  // Whoever declares nothing but refusals leaves open what else is answered.
  const declaresSuccess = operation.responses.some(({ status }) => /^[123]/.test(status));
  return (answer) => {
    const declared = declaredResponse(operation, answer.status);
    if (!declared) {
      if (!declaresSuccess || isOurOwn(answer.status)) return [];
      return [{ message: `The status ${answer.status} is not declared; declared are ${statuses}.` }];
    }
    return [...checkHeaders(declared.headers, answer, $defs, validate), ...checkBody(declared, answer, validate)];
  };
}

function isOurOwn(status: number): boolean {
  return status === 204 || status === 304 || status >= 400;
}

function checkHeaders(
  headers: readonly Parameter[],
  answer: Answer,
  $defs: Definitions,
  validate: Validate,
): readonly Violation[] {
  const sent = new Map(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return headers.flatMap(({ name, required, schema }): readonly Violation[] => {
    const text = sent.get(name.toLowerCase());
    const place = { parameter: name, in: 'header' } as const;
    if (text === undefined)
      return required && !addedBySending.test(name)
        ? [{ ...place, message: 'The header is declared as required.' }]
        : [];
    return validate(schema, headerValue(text, schema, $defs)).map(({ message }) => ({ ...place, message }));
  });
}

/** Known only when the answer is sent: `send.ts`, Node, and whoever answers other origins. */
const addedBySending =
  /^(?:content-length|date|connection|keep-alive|transfer-encoding|x-request-id|access-control-.*)$/i;

/** A header is text; its schema may speak of numbers, booleans and lists. */
function headerValue(text: string, schema: JsonSchema, $defs: Definitions): unknown {
  const { type, items } = shapeOf(schema, $defs);
  switch (type) {
    case 'integer':
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
      return text.split(',').map((part) => headerValue(part.trim(), items ?? true, $defs));
    default:
      return text;
  }
}

function checkBody({ content, status }: Response, answer: Answer, validate: Validate): readonly Violation[] {
  const inBody = { in: 'body' } as const;
  if (content.length === 0) return [];
  if (answer.body === '') {
    return answer.status === 204 || answer.status === 304 || isMinimal(answer) || saysEmpty(answer)
      ? []
      : [{ ...inBody, message: `The description declares a body for ${status}, and there is none.` }];
  }
  const sent = essenceOf(answer.headers['Content-Type'] ?? '');
  // An error in our own form where the declared one could not be filled: the description speaks of another media type.
  if (sent === 'application/problem+json' && answer.status >= 400 && !declares(content, sent)) return [];
  const media = content.find(({ mediaType }) => matches(mediaType, sent));
  if (!media) {
    const declared = content.map(({ mediaType }) => mediaType).join(', ');
    return [{ ...inBody, message: `The media type is ${sent || 'missing'}; declared is ${declared}.` }];
  }
  if (media.schema === undefined || answer.partial || !isJson(sent)) return [];
  let value: unknown;
  try {
    value = JSON.parse(answer.body);
  } catch {
    return [{ ...inBody, message: 'The body is not well-formed JSON.' }];
  }
  return validate(media.schema, value).map((violation) => ({ ...violation, ...inBody }));
}

/** A sample that nobody can make, such as a picture: the answer says so itself. */
function saysEmpty({ headers }: Answer): boolean {
  return headers['X-Cartouche-Sample'] === 'empty';
}

/** The client wanted no body (RFC 7240). */
function isMinimal({ headers }: Answer): boolean {
  return headers['Preference-Applied']?.includes('return=minimal') ?? false;
}

function declares(content: Response['content'], mediaType: string): boolean {
  return content.some((media) => essenceOf(media.mediaType) === mediaType);
}

/** Whether a declared type or range (`application/*`) covers what is sent. */
function matches(declared: string, sent: string): boolean {
  const range = essenceOf(declared);
  return range === sent || range === '*/*' || (range.endsWith('/*') && sent.startsWith(range.slice(0, -1)));
}
