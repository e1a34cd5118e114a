import { ApiError } from '../../errors.ts';
import type { Resource } from '../../model/types.ts';
import type { NewDocument, StoredDocument } from '../../stores/contract.ts';
import type { Exchange } from '../exchange.ts';
import type { Answer } from '../present/answer.ts';
import { concreteMediaType, declaredResponse, isJson } from '../present/declared-response.ts';
import { compileDocumentPresenter, type PresentDocument } from '../present/document.ts';
import { compileWrapper } from '../present/envelope.ts';
import { compileDocumentPath } from '../present/location.ts';
import { compileRelations } from '../present/relations.ts';
import { entityTag, isNotModified, lastModified } from '../request/conditions.ts';
import { parsePreferences } from '../request/preferences.ts';
import type { OperationContext } from '../service.ts';

/** Answers that show one stored document. */
export interface DocumentAnswers {
  /** 200, or 304 where the client has it already. */
  shown(exchange: Exchange, document: StoredDocument): Answer;
  /** After a write: with the document or without, as declared and preferred. `created` adds `Location`. */
  written(exchange: Exchange, document: StoredDocument, created: boolean): Answer;
  /** Before a write: throws what makes its answer unfit for the description. Absent: nobody asks. */
  readonly verify: ((exchange: Exchange, document: NewDocument, created: boolean) => void) | undefined;
  /** The body text alone. */
  represented(exchange: Exchange, document: StoredDocument): string;
}

export function compileDocumentAnswers(context: OperationContext, resource: Resource): DocumentAnswers {
  const { service, binding } = context;
  const present = compileRepresentation(context, resource);
  const pathOf = compileDocumentPath(service.model, resource, binding.path);
  const relations = compileRelations(service.model, binding, service.descriptionPaths);
  const contentType = jsonTypeOf(context, binding.success);
  const statuses = { created: createdStatus(context), replaced: replacedStatus(context) };
  const mustSayWhere = requiresLocation(context, statuses.created);
  const answers: DocumentAnswers = {
    verify: undefined,
    represented: (exchange, document) => present(document, exchange),
    shown(exchange, document) {
      const { headers } = exchange.request;
      const validators = validatorsOf(document);
      const link = relations(exchange);
      if (isNotModified(headers, document.revision)) {
        return { status: 304, headers: { ...validators, Link: link }, body: '' };
      }
      return {
        status: binding.success,
        headers: {
          'Content-Type': contentType,
          ETag: validators.ETag,
          'Last-Modified': validators['Last-Modified'],
          Link: link,
        },
        body: present(document, exchange),
      };
    },
    written(exchange, document, created) {
      const status = created ? statuses.created : statuses.replaced;
      const path = pathOf(document, exchange.parameters);
      const location =
        path !== undefined ? exchange.base + path : created && mustSayWhere ? exchange.pathname : undefined;
      const wish = parsePreferences(exchange.request.headers.prefer).return;
      const hasBody = status !== 204 && (wish ? wish === 'representation' : declaresBody(context, status));
      const validators = validatorsOf(document);
      // Filled in rather than spread together, which takes V8's slow way for every write.
      const headers: Record<string, string> = {
        ETag: validators.ETag,
        'Last-Modified': validators['Last-Modified'],
        Link: relations(exchange, created && path !== undefined ? location : undefined),
      };
      // Ramses' clients look for it after every write.
      if (location !== undefined && (created || binding.dialect === 'ramses')) headers.Location = location;
      if (wish) headers['Preference-Applied'] = `return=${wish}`;
      if (hasBody) headers['Content-Type'] = jsonTypeOf(context, status);
      return {
        status,
        headers,
        body: hasBody ? present(document, exchange) : '',
      };
    },
  };
  const { refuse } = context;
  if (refuse === undefined) return answers;
  return {
    ...answers,
    verify: (exchange, { key, text, links = {} }, created) =>
      refuse(answers.written(exchange, { key, text, links, revision: likelyRevision() }, created)),
  };
}

/** What the store will give about now: before a write, headers can only be checked with such a one. */
export function likelyRevision(): number {
  return Date.now() * 1000;
}

/** A change that is refused while nothing is stored yet. */
export function verified(
  { verify }: DocumentAnswers,
  exchange: Exchange,
  change: (current: StoredDocument) => string | undefined,
): (current: StoredDocument) => string | undefined {
  if (verify === undefined) return change;
  return (current) => {
    const text = change(current);
    if (text !== undefined) verify(exchange, { ...current, text }, false);
    return text;
  };
}

/** The document as presented, within its declared wrapper. */
function compileRepresentation({ service, binding }: OperationContext, resource: Resource): PresentDocument {
  const present = compileDocumentPresenter(service.model, resource, binding);
  if (binding.answerWrapper === undefined) return present;
  const wrap = compileWrapper(binding.answerWrapper);
  return (document, exchange) => wrap(present(document, exchange));
}

function validatorsOf({ revision }: StoredDocument): { readonly ETag: string; readonly 'Last-Modified': string } {
  return { ETag: entityTag(revision), 'Last-Modified': lastModified(revision) };
}

/** The declared JSON type of a status; where only others are declared, JSON all the same: nothing else can be made. */
export function jsonTypeOf({ operation }: OperationContext, status: number): string {
  const content = declaredResponse(operation, status)?.content ?? [];
  const json = content.find(({ mediaType }) => isJson(mediaType));
  return json ? concreteMediaType(json.mediaType) : 'application/json';
}

/** OpenAPI declares an answer without `content` to have no body; RAML is silent where it names none. */
function declaresBody({ service, operation }: OperationContext, status: number): boolean {
  if (service.model.format.startsWith('raml')) return true;
  const declared = declaredResponse(operation, status);
  return declared === undefined || declared.content.length > 0;
}

/** The target of the request is what 201 without `Location` says, too (RFC 9110 section 15.3.2). */
function requiresLocation({ operation }: OperationContext, status: number): boolean {
  const headers = declaredResponse(operation, status)?.headers ?? [];
  return headers.some(({ name, required }) => required && name.toLowerCase() === 'location');
}

function createdStatus({ operation, binding }: OperationContext): number {
  return declares(operation.responses, 201) ? 201 : binding.success;
}

/** Replacing is not creating: where only 201 is declared, 200 says so. */
function replacedStatus({ operation, binding }: OperationContext): number {
  if (declares(operation.responses, 200)) return 200;
  if (binding.success !== 201) return binding.success;
  return declares(operation.responses, 204) ? 204 : binding.method === 'post' ? 201 : 200;
}

function declares(responses: readonly { readonly status: string }[], status: number): boolean {
  return responses.some((response) => response.status === String(status));
}

export function notFound(resource: Resource, id: string | undefined): ApiError {
  const what = id === undefined ? `There is no ${resource.typeName} yet.` : `There is no ${resource.typeName} "${id}".`;
  return new ApiError('not-found', what);
}
