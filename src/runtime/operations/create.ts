import { isAlike } from '../../model/likeness.ts';
import type { Action, Resource } from '../../model/types.ts';
import type { NewDocument, StoredDocument } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import { documentKey } from '../keys.ts';
import type { Answer } from '../present/answer.ts';
import { declaredResponse, isJson } from '../present/declared-response.ts';
import { verifyCollection } from '../request/conditions.ts';
import { compileReceiveBody, type ReceivedBody } from '../request/document.ts';
import { parsePreferences } from '../request/preferences.ts';
import { compilePlace, nowhere, type Place, placed, placeLinks } from '../scope.ts';
import { type Handler, type OperationContext, type Stored, storedResource } from '../service.ts';
import { compileDocumentAnswers, jsonTypeOf, likelyRevision } from './document-answers.ts';
import { compileDocumentRules, type DocumentRules, invalidBody } from './documents.ts';
import { givenId, newId, withId } from './identity.ts';
import type { Members } from './members.ts';

export type CreateAction = Extract<Action, { readonly kind: 'create' }>;

/** Adds a document, or several at once where the description declares an array. */
export async function compileCreate(context: OperationContext, action: CreateAction): Promise<Handler> {
  const stored = storedResource(context.service, action.resource);
  const { resource, collection } = stored;
  const receive = compileReceiveBody(context);
  const rules = await compileDocumentRules(context, resource);
  const placeOf = action.scope.length > 0 ? compilePlace(context, resource, action.scope) : async () => nowhere;
  if (action.many) return compileCreateMany(context, stored, { receive, rules, placeOf });
  const answers = compileDocumentAnswers(context, resource);
  return async (exchange) => {
    verifyCollection(exchange.request.headers);
    const place = await placeOf(exchange);
    const body = await receive(exchange);
    const document = await newDocument(
      stored,
      place,
      checkedDocument(stored, rules, place, body, rules.documentIn(body)),
    );
    answers.verify?.(exchange, document, true);
    return answers.written(exchange, await collection.create(document), true);
  };
}

/** What was sent, without what belongs to the server, with its parents, and found to be valid. */
function checkedDocument(
  { resource }: Stored,
  rules: DocumentRules,
  place: Place,
  body: ReceivedBody,
  value: unknown,
  pointer?: string,
): Members {
  const document = placed(resource, place, rules.withoutGivenId(rules.received(value, pointer), pointer));
  rules.checkBody(document, body, pointer);
  return rules.stamped(document);
}

/** A checked document with its id: a refused request takes no number of a sequence. */
async function newDocument(stored: Stored, place: Place, document: Members): Promise<NewDocument> {
  const id = givenId(stored, document) ?? (await newId(stored));
  return {
    key: documentKey(stored.resource, id, place.key),
    text: JSON.stringify(withId(stored, document, id)),
    links: placeLinks(place),
  };
}

interface Parts {
  readonly receive: (exchange: Exchange) => Promise<ReceivedBody>;
  readonly rules: DocumentRules;
  readonly placeOf: (exchange: Exchange) => Promise<Place>;
}

function compileCreateMany(context: OperationContext, stored: Stored, { receive, rules, placeOf }: Parts): Handler {
  const { binding } = context;
  const answers = compileDocumentAnswers(context, stored.resource);
  const answersOne = declaresOne(context, stored.resource);
  return async (exchange) => {
    verifyCollection(exchange.request.headers);
    const place = await placeOf(exchange);
    const body = await receive(exchange);
    const values: unknown = body.value;
    if (!Array.isArray(values)) throw invalidBody([{ pointer: '', message: 'must be array' }]);
    const checked = values.map((value: unknown, index) =>
      checkedDocument(stored, rules, place, body, value, `/${index}`),
    );
    const documents: NewDocument[] = [];
    // One after the other: ids of a sequence follow the order of the array.
    for (const document of checked) documents.push(await newDocument(stored, place, document));
    const answerWith = (created: readonly StoredDocument[]): Answer => {
      const texts = created.map((one) => answers.represented(exchange, one));
      return manyAnswer(context, exchange, binding.success, answersOne ? (texts.at(-1) ?? '') : `[${texts.join(',')}]`);
    };
    if (answersOne && documents.length === 0)
      throw invalidBody([{ pointer: '', message: 'must have at least 1 item' }]);
    const revision = likelyRevision();
    context.refuse?.(answerWith(documents.map(({ links = {}, ...document }) => ({ ...document, links, revision }))));
    return answerWith(await stored.collection.createMany(documents));
  };
}

/** The declared answer to a list is a single document, `POST /user/createWithList`: it gets the last one. */
function declaresOne({ operation, binding, service }: OperationContext, { schema: document }: Resource): boolean {
  const content = declaredResponse(operation, binding.success)?.content ?? [];
  const schema = content.find(({ mediaType }) => isJson(mediaType))?.schema;
  return document !== true && isAlike(schema, document, service.model.$defs);
}

function manyAnswer(context: OperationContext, exchange: Exchange, status: number, body: string): Answer {
  const wish = parsePreferences(exchange.request.headers.prefer).return;
  const applied = wish && { 'Preference-Applied': `return=${wish}` };
  if (wish === 'minimal' || status === 204) return { status, headers: { ...applied }, body: '' };
  return {
    status,
    headers: { 'Content-Type': jsonTypeOf(context, status), ...applied },
    body,
  };
}
