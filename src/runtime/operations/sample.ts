import { revalidated } from '../present/revalidation.ts';
import { compileSampleAnswer } from '../present/sample.ts';
import { compileReceiveBody, schemaOfBody } from '../request/document.ts';
import { parsePreferences } from '../request/preferences.ts';
import type { Handler, OperationContext } from '../service.ts';
import { invalidBody } from './documents.ts';

/** An operation that is no CRUD action: its request is checked, its answer is the declared example or a sample. */
export async function compileSample(
  context: OperationContext,
  negotiate: (accept: string | undefined) => string | undefined,
): Promise<Handler> {
  const { service, operation, binding } = context;
  const validator = await service.validator();
  const answer = compileSampleAnswer(service.model, operation, binding.success, validator.accepts);
  const receive = operation.requestBody && compileReceiveBody(context, { unread: true });
  const choose: Handler = ({ request: { headers } }) => {
    const { example } = parsePreferences(headers.prefer);
    const chosen = answer({ example, mediaType: negotiate(headers.accept) });
    return binding.method === 'get' ? revalidated(headers, chosen) : chosen;
  };
  if (!receive) return choose;
  return async (exchange) => {
    const body = await receive(exchange);
    if (body.value !== undefined) {
      const violations = validator.request(schemaOfBody(body))(body.value);
      if (violations.length > 0) throw invalidBody(violations);
    }
    return choose(exchange);
  };
}
