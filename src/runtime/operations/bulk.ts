import type { Action } from '../../model/types.ts';
import { type ParseContext, parseQuery } from '../../query/parse.ts';
import type { Filter } from '../../query/types.ts';
import type { Exchange } from '../exchange.ts';
import type { Answer } from '../present/answer.ts';
import { verifyCollection } from '../request/conditions.ts';
import { compileListPairs } from '../request/parameters.ts';
import { belongs, compilePlace, nowhere, type Place, placed, placeFilter } from '../scope.ts';
import { type Handler, type OperationContext, storedResource } from '../service.ts';
import { jsonTypeOf } from './document-answers.ts';
import { identified } from './identity.ts';
import { parsed } from './item.ts';
import { compilePatch } from './patch.ts';
import { statusAnswer } from './removal.ts';

export type BulkAction = Extract<Action, { readonly kind: 'update-many' | 'remove-many' }>;

/** Ramses' PATCH and DELETE of a collection: all documents that match the filters, all or none of them. */
export async function compileBulk(context: OperationContext, action: BulkAction): Promise<Handler> {
  const stored = storedResource(context.service, action.resource);
  const { resource, collection } = stored;
  const placeOf = action.scope.length > 0 ? compilePlace(context, resource, action.scope) : async () => nowhere;
  const reading: ParseContext = {
    resource,
    controls: action.controls,
    dialect: context.binding.dialect,
    purpose: 'many',
  };
  const pairsOf = compileListPairs(context, action.controls);
  const filterOf = (exchange: Exchange, place: Place): Filter => {
    const within = placeFilter(resource, place);
    return parseQuery(pairsOf(exchange), within ? { ...reading, within } : reading).query.filter;
  };
  const { refuse } = context;
  // All that match, as they are now; of an update, those that it leaves alone are not counted afterwards.
  const verifyAnswer = async (exchange: Exchange, verb: Verb, filter: Filter): Promise<void> => {
    if (refuse) refuse(bulkAnswer(context, exchange, verb, resource.typeName, await collection.count(filter)));
  };
  if (action.kind === 'remove-many') {
    return async (exchange) => {
      verifyCollection(exchange.request.headers);
      const filter = filterOf(exchange, await placeOf(exchange));
      await verifyAnswer(exchange, 'Deleted', filter);
      const count = await collection.removeMany(filter);
      return bulkAnswer(context, exchange, 'Deleted', resource.typeName, count);
    };
  }
  const readPatch = await compilePatch(context, stored);
  return async (exchange) => {
    verifyCollection(exchange.request.headers);
    const place = await placeOf(exchange);
    const filter = filterOf(exchange, place);
    const patch = await readPatch(exchange);
    await verifyAnswer(exchange, 'Updated', filter);
    const count = await collection.updateMany(filter, (current) => {
      if (!belongs(current, place)) return undefined;
      const id = resource.id.property === undefined ? '' : String(parsed(current)[resource.id.property]);
      return patch.change(parsed(current), (document) => identified(stored, placed(resource, place, document), id));
    });
    return bulkAnswer(context, exchange, 'Updated', resource.typeName, count);
  };
}

type Verb = 'Updated' | 'Deleted';

function bulkAnswer(context: OperationContext, exchange: Exchange, verb: Verb, type: string, count: number): Answer {
  const status = context.binding.success;
  if (status === 204) return { status, headers: {}, body: '' };
  // Ramses' own words, "(s)" and all: clients compare them.
  if (context.binding.dialect === 'ramses')
    return statusAnswer(exchange, status, `${verb} ${count} ${type}(s) objects`);
  return {
    status,
    headers: { 'Content-Type': jsonTypeOf(context, status) },
    body: JSON.stringify({ count }),
  };
}
