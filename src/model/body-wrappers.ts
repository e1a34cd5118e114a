import { aboutDocuments } from './creation.ts';
import type { Operation } from './description.ts';
import { schemaOf } from './evidence.ts';
import type { Group } from './groups.ts';
import { operationOverrides } from './overrides.ts';
import { requestOf, responseOf } from './representation.ts';
import type { Definitions } from './schema.ts';
import type { Action, Binding } from './types.ts';
import { wrappedIn } from './wrapper.ts';

/** The objects around the document in the bodies of an operation; none where its bodies are no single documents. */
export function wrappersOf(
  operation: Operation,
  action: Action,
  group: Group,
  definitions: Definitions,
): Pick<Binding, 'requestWrapper' | 'answerWrapper'> {
  if (!isAboutDocument(action)) return {};
  const evidence = { ...aboutDocuments(group), said: operationOverrides(operation.extensions).document };
  const request = wrappedIn(schemaOf(requestOf(operation, definitions)), definitions, evidence);
  const answer = wrappedIn(schemaOf(responseOf(operation, definitions)), definitions, evidence);
  return {
    ...(request !== undefined && { requestWrapper: request.wrapper }),
    ...(answer !== undefined && { answerWrapper: answer.wrapper }),
  };
}

/** Whether bodies are one document each: lists have envelopes, and attributes are values. */
function isAboutDocument({ kind }: Action): boolean {
  return documentActions.has(kind);
}

const documentActions: ReadonlySet<Action['kind']> = new Set<Action['kind']>([
  'create',
  'read',
  'replace',
  'update',
  'upsert',
  'remove',
  'read-singleton',
  'write-singleton',
  'update-singleton',
  'remove-singleton',
]);
