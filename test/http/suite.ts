import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import { describe, test } from 'node:test';
import { differences } from './match.ts';
import type { Repeated, Scenario, Step, StepRequest } from './scenario.ts';

/**
 * Registers a test for each scenario. `baseUrl` is asked when the tests run; the server behind it may hold anything
 * already, as long as it serves the description that the scenarios are about.
 */
export function runScenarios(title: string, scenarios: readonly Scenario[], baseUrl: () => string): void {
  describe(title, () => {
    const run = String(Date.now()).slice(-6);
    scenarios.forEach(({ name, steps }, index) => {
      test(name, async () => {
        const known = new Map([['run', run.slice(2) + String(index).padStart(2, '0')]]);
        for (const step of steps) await runStep(baseUrl(), step, known);
      });
    });
  });
}

async function runStep(base: string, step: Step, known: Map<string, string>): Promise<void> {
  const { request, answer, capture = {} } = fillIn(step, known);
  const actual = await exchange(base, request);
  const found = [
    ...differences(actual.status, answer.status, 'status'),
    ...Object.entries(answer.headers ?? {}).flatMap(([name, expected]) =>
      differences(actual.headers[name.toLowerCase()], expected, `header ${name}`),
    ),
    ...('json' in answer ? differences(parsed(actual.body), answer.json, 'body') : []),
    ...('text' in answer ? differences(actual.body, answer.text, 'body') : []),
  ];
  const context = () =>
    `${step.name}: ${request.method} ${request.path}\n${found.join('\n')}\n${actual.status} ${JSON.stringify(actual.headers)}\n${actual.body.slice(0, 2000)}`;
  assert.ok(found.length === 0, found.length === 0 ? '' : context());
  for (const [name, source] of Object.entries(capture)) known.set(name, captured(actual, source));
}

interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Not `fetch`, which corrects paths, forbids headers and knows no TRACE. */
function exchange(base: string, request: StepRequest): Promise<Received> {
  const url = new URL(base);
  const body = request.json === undefined ? long(request.text) : JSON.stringify(request.json);
  const headers: Record<string, string> = request.json === undefined ? {} : { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = long(value);
  if (body !== '') headers['content-length'] = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    // A captured path has the base path in it already.
    const prefix = url.pathname.replace(/\/$/, '');
    const path = prefix !== '' && request.path.startsWith(`${prefix}/`) ? request.path : prefix + request.path;
    const outgoing = send(
      { host: url.hostname, port: url.port, path, method: request.method, headers, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        // A server that refuses a long body may close before all of it is sent; the answer counts.
        incoming.on('close', () =>
          resolve({ status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function long(text: string | Repeated | undefined): string {
  if (text === undefined) return '';
  return typeof text === 'string' ? text : text.repeat.repeat(text.times);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function captured({ headers, body }: Received, source: string): string {
  const [place, path = ''] = source.split(' ');
  if (place === 'header') return String(headers[path.toLowerCase()]);
  let value: unknown = parsed(body);
  for (const name of path.split('/').slice(1)) {
    assert.ok(typeof value === 'object' && value !== null, source);
    value = Reflect.get(value, name);
  }
  return String(value);
}

/** The step with its variables, in names as in values. */
function fillIn<Part>(part: Part, known: ReadonlyMap<string, string>): Part {
  const text = JSON.stringify(part).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = known.get(name);
    assert.ok(value !== undefined, `nothing was captured as ${name}`);
    return JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(text);
}
