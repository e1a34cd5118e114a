import type { Operation } from '../model/description.ts';
import type { Definitions } from '../model/schema.ts';
import { compileResponseCheck } from '../runtime/present/check-response.ts';
import type { Validator } from '../runtime/validation/validator.ts';
import type { CheckReply } from './exchange.ts';

/** What of a reply is not as described, a sentence each: status, media type, headers, body. */
export function judge(
  reply: CheckReply,
  operation: Operation,
  expected: number,
  { $defs, validator }: { readonly $defs: Definitions; readonly validator: Validator },
): readonly string[] {
  if (reply.status !== expected) return [`answered ${reply.status} and not ${expected}: ${reply.body.slice(0, 300)}`];
  const check = compileResponseCheck(operation, $defs, (schema, value) => validator.response(schema)(value));
  const headers = Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [canonical(name), value]));
  return check({ status: reply.status, headers, body: reply.body }).map(({ pointer, parameter, message }) =>
    `${pointer ?? parameter ?? ''} ${message}`.trim(),
  );
}

/** `content-type` as `Content-Type`. */
function canonical(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
