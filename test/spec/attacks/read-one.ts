/**
 * Does with one description what `cartouche` does: reads, inspects and converts it, serves it and asks for what it
 * serves. Prints what that took, and all that was said.
 */
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from '../../../src/commands/inspect.ts';
import { toOpenapi } from '../../../src/convert/openapi/document.ts';
import { toRaml } from '../../../src/convert/raml/document.ts';
import { ramlText, yamlText } from '../../../src/convert/text.ts';
import type { ApiModel } from '../../../src/model/types.ts';
import { createApp } from '../../../src/runtime/app.ts';
import { createServer } from '../../../src/runtime/server.ts';
import { readSpec } from '../../../src/spec/read.ts';
import { openMemoryStore } from '../../../src/stores/memory.ts';

const [file = ''] = process.argv.slice(2);
/** On the terminal. */
const printed: string[] = [];
const said: string[] = [];
const seconds: Record<string, number> = {};

const { model, diagnostics } = await timed('read', () => readSpec(file, { cache: false }));
await timed('inspect', () =>
  inspect(
    file,
    { format: 'text', findingsOnly: false, version: '0' },
    {
      print: (text) => printed.push(text),
      complain: (text) => printed.push(text),
      progress: () => {},
      watched: false,
      paint: (_style, text) => text,
    },
  ),
);
let port = 0;
if (model) {
  await timed('convert', async () => {
    said.push(yamlText(toOpenapi(model).document), ramlText(toRaml(model).document));
  });
  if (!diagnostics.some(({ severity }) => severity === 'error')) await timed('serve', () => serve(model));
}
process.stdout.write(
  JSON.stringify({
    diagnostics,
    seconds,
    mebibytes: process.resourceUsage().maxRSS / 1024,
    port,
    printed: printed.join('\n'),
    said: said.join('\n'),
    text: JSON.stringify(model) ?? '',
  }),
  () => process.exit(0),
);

/** Processor time: other work on the machine does not count. */
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  // What the step before left does not count for this one.
  globalThis.gc?.();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  seconds[name] = (user + system) / 1e6;
  return result;
}

/** Its own document, and a few of its operations, with a sample or an empty object as the body. */
async function serve(model: ApiModel): Promise<void> {
  const store = await openMemoryStore(model);
  const server = createServer(createApp(model, { store }));
  await new Promise<void>((listening) => server.http.listen(0, '127.0.0.1', listening));
  port = (server.http.address() as AddressInfo).port;
  said.push(await ask('GET', '/openapi.json'));
  for (const { method, path } of model.bindings.slice(0, 4)) {
    said.push(await ask(method.toUpperCase(), encodeURI(path.replace(/\{[^}]*\}/g, '1'))));
  }
  await server.close(100);
}

function ask(method: string, path: string): Promise<string> {
  const body = method === 'GET' ? undefined : '{}';
  const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': '2' };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve(`${method} ${path} ${response.statusCode} ${JSON.stringify(response.headers)} ${text}`);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
