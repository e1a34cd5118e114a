/** The yardstick of a cold start from RAML: import raml-1-parser and load the description that it is given. */
import { existsSync, readFileSync } from 'node:fs';

const [, , file = ''] = process.argv;
const parser = await import('raml-1-parser');
/** The GitHub API includes an example that is missing; the parser takes an empty one. */
const content = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
// Its own resolver would execute a raml-lint.js beside the description.
const api = parser.loadSync(file, { fsResolver: { content, contentAsync: async (path) => content(path) } });
if (api.specification === undefined) throw new Error('the parser read nothing');
