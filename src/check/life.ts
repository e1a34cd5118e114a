import { isDeepStrictEqual } from 'node:util';
import { isRecord, shapeOf } from '../model/schema.ts';
import type { Ancestor, Binding } from '../model/types.ts';
import { jsonOf } from './exchange.ts';
import { memberOf, type Subject } from './subject.ts';

/** A document that was created, and the values of the path's parameters that lead to it. */
interface Created {
  readonly binding: Binding;
  readonly parameters: ReadonlyMap<string, string>;
  readonly document: unknown;
  readonly id: string;
}

/**
 * The life of one document: it is created and read again, found in its list, changed, and read as changed; it is
 * removed, and is then not there. What a description does not declare is left out.
 */
export async function checkLife(subject: Subject, resource: string): Promise<void> {
  const created = await create(subject, resource);
  if (created === undefined) return;
  const read = ways(subject, resource, 'read', created)[0];
  if (read) await checkRead(subject, read, created);
  const list = subject.bindings(resource, ['list']).find(({ path }) => path === created.binding.path);
  if (list) await checkList(subject, list, created);
  const update = ways(subject, resource, 'update', created)[0];
  if (update && read) await checkUpdate(subject, { update, read }, created);
  const remove = ways(subject, resource, 'remove', created)[0];
  if (remove) await checkRemove(subject, { remove, read }, created);
}

/** `undefined`: nobody can create it, or its id is nowhere to be seen. */
async function create(subject: Subject, resource: string): Promise<Created | undefined> {
  const [binding] = subject.bindings(resource, ['create']);
  if (binding?.action.kind !== 'create' || binding.action.many || !subject.canSend(binding)) return undefined;
  const parameters = await parentsOf(subject, binding.action.scope);
  if (parameters === undefined) return undefined;
  const body = subject.body(binding);
  const reply = await subject.call({ binding, parameters, body });
  const document = jsonOf(reply);
  for (const name of reply.status === binding.success ? strangers(subject, resource, document, body) : [])
    subject.note(binding, `the reply shows "${name}", which is neither declared nor was sent`);
  const { location } = reply.headers;
  if (reply.status === 201 && location === undefined) subject.note(binding, 'the reply has no Location');
  const own = memberOf(document, subject.resource(resource)?.id.property ?? '');
  const id = own ?? (location && decodeURIComponent(location.split('/').at(-1) ?? ''));
  return typeof id === 'string' || typeof id === 'number'
    ? { binding, parameters, document, id: String(id) }
    : undefined;
}

/** Properties from nowhere: a schema that allows others does not mean the password. `_` is for what a server adds. */
function strangers(subject: Subject, resource: string, document: unknown, sent: unknown): readonly string[] {
  const { properties } = shapeOf(subject.resource(resource)?.schema, subject.model.$defs);
  if (properties.size === 0 || !isRecord(document)) return [];
  const names = Object.keys(document);
  // Within an envelope, its own properties are declared elsewhere.
  if (!names.some((name) => properties.has(name))) return [];
  return names.filter((name) => !properties.has(name) && memberOf(sent, name) === undefined && !name.startsWith('_'));
}

async function parentsOf(subject: Subject, scope: readonly Ancestor[]): Promise<Map<string, string> | undefined> {
  const parameters = new Map<string, string>();
  for (const { parameter, resource } of scope) {
    const parent = resource === undefined ? undefined : await create(subject, resource);
    if (resource !== undefined && parent === undefined) return undefined;
    if (parent) parameters.set(parameter, parent.id);
  }
  return parameters;
}

/** Paths that lead to the document by its id, below the parents that it was created under. */
function ways(
  subject: Subject,
  resource: string,
  kind: 'read' | 'update' | 'remove',
  { parameters }: Created,
): readonly Binding[] {
  return subject
    .bindings(resource, [kind])
    .filter(
      ({ action }) => 'idParameter' in action && action.scope.every(({ parameter }) => parameters.has(parameter)),
    );
}

function leadingTo({ action }: Binding, { parameters, id }: Created): ReadonlyMap<string, string> {
  return new Map([...parameters, ...('idParameter' in action ? [[action.idParameter, id] as const] : [])]);
}

async function checkRead(subject: Subject, binding: Binding, created: Created): Promise<void> {
  const reply = await subject.call({ binding, parameters: leadingTo(binding, created) });
  if (reply.status === binding.success && !isDeepStrictEqual(jsonOf(reply), created.document))
    subject.note(binding, 'what was created is read as something else');
}

async function checkList(subject: Subject, binding: Binding, created: Created): Promise<void> {
  const reply = await subject.call({ binding, parameters: created.parameters });
  if (reply.status === binding.success && !reply.body.includes(JSON.stringify(created.id).slice(1, -1)))
    subject.note(binding, `the list does not show what was created, ${created.id}`);
}

/** Changes one text of the document to another one, and looks whether it was kept. */
async function checkUpdate(
  subject: Subject,
  { update, read }: { readonly update: Binding; readonly read: Binding },
  created: Created,
): Promise<void> {
  const other =
    subject.takesBody(update) && subject.canSend(update) ? await otherDocument(subject, created) : undefined;
  const change = other && changedText(created, other, subject.resource(resourceNameOf(update))?.id.property);
  if (!change) return;
  const reply = await subject.call({ binding: update, parameters: leadingTo(update, created), body: change });
  if (reply.status !== update.success) return;
  const after = jsonOf(await subject.call({ binding: read, parameters: leadingTo(read, created) }));
  for (const [name, value] of Object.entries(change)) {
    if (memberOf(after, name) !== value) subject.note(update, `the change of "${name}" was not kept`);
  }
}

/** What another document would be: values that are allowed, and not the same. */
async function otherDocument(subject: Subject, { binding }: Created): Promise<Readonly<Record<string, unknown>>> {
  const body = subject.body(binding);
  return isRecord(body) ? body : {};
}

function changedText(
  { document }: Created,
  other: Readonly<Record<string, unknown>>,
  id: string | undefined,
): Readonly<Record<string, string>> | undefined {
  for (const [name, value] of Object.entries(other)) {
    const before = memberOf(document, name);
    if (name !== id && typeof value === 'string' && typeof before === 'string' && value !== before)
      return Object.fromEntries([[name, value]]);
  }
  return undefined;
}

function resourceNameOf({ action }: Binding): string {
  return 'resource' in action ? action.resource : '';
}

async function checkRemove(
  subject: Subject,
  { remove, read }: { readonly remove: Binding; readonly read: Binding | undefined },
  created: Created,
): Promise<void> {
  await subject.call({ binding: remove, parameters: leadingTo(remove, created) });
  const gone = { expected: 404 };
  if (read) await subject.call({ binding: read, parameters: leadingTo(read, created), ...gone });
  await subject.call({ binding: remove, parameters: leadingTo(remove, created), ...gone });
}
