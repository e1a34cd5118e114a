/**
 * Holds a server to its description by requests that the description allows: each resource by the life of a document,
 * other operations by a request each, and what is refused whatever is described.
 */
import type { Binding } from '../model/types.ts';
import { checkLife } from './life.ts';
import { Subject, type SubjectParts } from './subject.ts';

export type { CheckReply, CheckRequest, Send } from './exchange.ts';

export interface CheckResult {
  /** `POST /books: answered 500 and not 201`; empty for a server that does what it says. */
  readonly findings: readonly string[];
  /** Ids of operations that no request could be made for. */
  readonly unreached: readonly string[];
}

export async function checkService(parts: SubjectParts): Promise<CheckResult> {
  const subject = new Subject(parts);
  const { model } = parts;
  for (const { name } of model.resources) await checkLife(subject, name);
  for (const binding of model.bindings)
    if (!subject.reached.has(binding.operation)) await callPlainly(subject, binding);
  for (const binding of model.bindings) await checkRefusals(subject, binding);
  const ids = model.bindings.map(({ operation }) => operation);
  return { findings: subject.findings, unreached: ids.filter((id) => !subject.reached.has(id)) };
}

const nowhere: ReadonlyMap<string, string> = new Map();

/** What needs no document to be there. */
async function callPlainly(subject: Subject, binding: Binding): Promise<void> {
  const { action } = binding;
  const isPlain = action.kind === 'sample' || (action.kind === 'list' && action.scope.length === 0);
  if (!isPlain || !subject.canSend(binding)) return;
  const body = subject.takesBody(binding) ? { body: subject.body(binding) } : {};
  await subject.call({ binding, parameters: nowhere, ...body });
}

/** 405, 406 and 415 at the paths of lists, which are there without a document. */
async function checkRefusals(subject: Subject, binding: Binding): Promise<void> {
  const { action, path } = binding;
  if ('scope' in action && action.scope.length > 0) return;
  const type = 'image/x-of-no-use';
  if (action.kind === 'list') {
    const declared = subject.model.bindings.filter((other) => other.path === path).map(({ method }) => method);
    const method = (['patch', 'put', 'delete'] as const).find((each) => !declared.includes(each));
    if (method)
      await subject.refused(binding, nowhere, {
        what: `an undeclared ${method}`,
        expected: 405,
        method: method.toUpperCase(),
      });
    await subject.refused(binding, nowhere, { what: `Accept: ${type}`, expected: 406, headers: { accept: type } });
  }
  if (action.kind === 'create') {
    const headers = { 'content-type': type };
    await subject.refused(binding, nowhere, { what: `a body of ${type}`, expected: 415, headers, body: 'x' });
    const json = { 'content-type': 'application/json' };
    await subject.refused(binding, nowhere, { what: 'half a document', expected: 400, headers: json, body: '{"a":' });
  }
}
