import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { testExamples } from './run-examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartouche-examples-'));
after(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  join(folder, 'server.mjs'),
  `import { createServer } from 'node:http';
   const server = createServer((request, response) => response.end(JSON.stringify({ url: request.url, id: Math.random() })));
   server.listen(Number(process.argv[2]), () => console.log('Serving http://127.0.0.1:' + server.address().port));`,
);
writeFileSync(
  join(folder, 'GUIDE.md'),
  [
    '```console',
    '$ mkdir sub && echo made > sub/file',
    '$ cd sub',
    '$ cat file',
    'made',
    '$ node ../server.mjs 3000',
    'Serving http://127.0.0.1:3000',
    '$ curl -s http://127.0.0.1:3000/a?b=1',
    '{"url":"/a?b=1","id":…}',
    '```',
  ].join('\n'),
);

const port = 20_000 + (process.pid % 20_000);

testExamples(join(folder, 'GUIDE.md'), {
  folder,
  rewrite: (command) => command.replaceAll('3000', String(port)),
  restore: (output) => output.replaceAll(String(port), '3000'),
  isServer: (command) => command.includes('server.mjs'),
});
