import type { Operation, Parameter, Response } from '../model/description.ts';
import { quoted } from '../model/quoted.ts';
import { compareContent } from './bodies.ts';
import type { Finding } from './change.ts';
import type { Comparison } from './diff.ts';
import type { SchemaSource } from './located.ts';

/** What clients get. */
export function compareResponses(before: Operation, after: Operation, comparison: Comparison): readonly Finding[] {
  const now = new Map(after.responses.map((response) => [response.status, response]));
  const old = new Map(before.responses.map((response) => [response.status, response]));
  const gone = before.responses.filter(({ status }) => !now.has(status));
  const come = after.responses.filter(({ status }) => !old.has(status));
  const changed = changedSuccess(gone, come);
  return [
    ...(changed ? successChanged(changed, comparison) : []),
    ...gone.filter((response) => response !== changed?.before).map((response) => removal(response, after)),
    ...before.responses.flatMap((response) => {
      const twin = now.get(response.status);
      return twin ? compareResponse(response, twin, comparison) : [];
    }),
    ...come.filter((response) => response !== changed?.after).map((response) => addition(response, before)),
  ];
}

interface ResponsePair {
  readonly before: Response;
  readonly after: Response;
}

/** One success status has gone and one has come: it is the same answer. */
function changedSuccess(gone: readonly Response[], come: readonly Response[]): ResponsePair | undefined {
  const [before, ...others] = gone.filter(isSuccess);
  const [after, ...more] = come.filter(isSuccess);
  return before && after && others.length === 0 && more.length === 0 ? { before, after } : undefined;
}

function successChanged({ before, after }: ResponsePair, comparison: Comparison): readonly Finding[] {
  const message = `was ${before.status}, is ${after.status}`;
  const subject = titleOf(after);
  return [
    { code: 'success-status-changed', subject, message, before: before.at, after: after.at },
    ...compareResponse(before, after, comparison),
  ];
}

function removal(response: Response, { at }: Operation): Finding {
  const code = isSuccess(response) ? 'success-status-removed' : 'error-status-removed';
  return { code, subject: titleOf(response), message: `${response.status} is gone`, before: response.at, after: at };
}

function addition(response: Response, { at }: Operation): Finding {
  const code = isSuccess(response) ? 'success-status-added' : 'error-status-added';
  return { code, subject: titleOf(response), message: `${response.status} is new`, before: at, after: response.at };
}

function compareResponse(was: Response, is: Response, comparison: Comparison): readonly Finding[] {
  return [...compareHeaders(was, is, comparison), ...compareBody(was, is, comparison)];
}

function compareBody(was: Response, is: Response, comparison: Comparison): readonly Finding[] {
  const places = { subject: titleOf(is), before: was.at, after: is.at };
  if (was.content.length === 0 && is.content.length === 0) return [];
  if (is.content.length === 0) return [{ code: 'response-body-removed', message: 'has no body', ...places }];
  if (was.content.length === 0) return [{ code: 'response-body-added', message: 'had no body', ...places }];
  return compareContent(was, is, titleOf(is), 'response', comparison);
}

function compareHeaders(was: Response, is: Response, comparison: Comparison): readonly Finding[] {
  const byName = (headers: readonly Parameter[]) =>
    new Map(headers.map((header) => [header.name.toLowerCase(), header]));
  const [old, now] = [byName(was.headers), byName(is.headers)];
  const findings: Finding[] = [];
  for (const [name, header] of old) {
    const twin = now.get(name);
    if (twin) findings.push(...compareHeader(header, twin, comparison));
    else {
      const message = `${quoted(header.name)} is gone`;
      findings.push({
        code: 'response-header-removed',
        subject: headerTitle(header),
        message,
        before: header.at,
        after: is.at,
      });
    }
  }
  for (const [name, header] of now) {
    if (old.has(name)) continue;
    const message = `${quoted(header.name)} is new`;
    findings.push({
      code: 'response-header-added',
      subject: headerTitle(header),
      message,
      before: was.at,
      after: header.at,
    });
  }
  return findings;
}

function compareHeader(was: Parameter, is: Parameter, { before, after, schemas }: Comparison): readonly Finding[] {
  const places = { subject: headerTitle(is), before: was.at, after: is.at };
  const located = ({ schema, at }: Parameter, source: SchemaSource) => ({ schema, at, source, label: headerTitle(is) });
  return [
    ...(was.required && !is.required
      ? [{ code: 'response-header-became-optional' as const, message: 'is optional', ...places }]
      : []),
    ...(is.required && !was.required
      ? [{ code: 'response-header-became-required' as const, message: 'is required', ...places }]
      : []),
    ...schemas(located(was, before), located(is, after), 'response'),
  ];
}

function isSuccess({ status }: Response): boolean {
  return status.startsWith('2');
}

function titleOf({ status }: Response): string {
  return `response ${status}`;
}

function headerTitle({ name }: Parameter): string {
  return `response header ${quoted(name)}`;
}
