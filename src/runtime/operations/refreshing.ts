import { ApiError } from '../../errors.ts';
import type { Refresh } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import { lazily } from '../lazily.ts';
import type { Handler, OperationContext } from '../service.ts';

/** Ramses' parameter, which every write takes: when it is answered, as `Refresh` says. */
export const refreshParameter = '_refresh_index';

/**
 * A write that is answered when its request says, where an index is kept beside the data; elsewhere lists see it at once,
 * and the parameter has no effect. The answering handler is compiled anew for each way in which it is used.
 */
export function compileRefreshing(
  context: OperationContext,
  usual: Handler,
  compile: (context: OperationContext) => Promise<Handler>,
): Handler {
  const { service } = context;
  const handlers = new Map<Refresh, Handler>();
  return (exchange) => {
    const refresh = exchange.search === '' ? undefined : refreshOf(exchange);
    if (refresh === undefined) return usual(exchange);
    let handler = handlers.get(refresh);
    if (!handler) {
      handler = lazily(() => compile({ ...context, service: { ...service, refresh } }));
      handlers.set(refresh, handler);
    }
    return handler(exchange);
  };
}

/** Throws `ApiError` `invalid-parameter`. */
function refreshOf({ pairs }: Exchange): Refresh | undefined {
  const texts = pairs.filter(([name]) => name === refreshParameter).map(([, text]) => text);
  const [text] = texts;
  if (text === undefined) return undefined;
  const refresh = refreshes.find((each) => each === text.toLowerCase());
  if (refresh !== undefined && texts.length === 1) return refresh;
  const message = texts.length > 1 ? 'must be given once' : 'must be true, wait_for or false';
  throw new ApiError('invalid-parameter', `The query parameter "${refreshParameter}" ${message}.`, {
    violations: [{ in: 'query', parameter: refreshParameter, message }],
  });
}

const refreshes: readonly Refresh[] = ['true', 'wait_for', 'false'];
