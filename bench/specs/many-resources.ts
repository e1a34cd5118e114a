/** An OpenAPI description with any number of resources, each with five operations and a schema of its own. */

export function resourceNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `kind-${String(index + 1).padStart(3, '0')}s`);
}

/** JSON text. */
export function descriptionWith(count: number): string {
  const names = resourceNames(count);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: `${count} resources`, version: '1' },
    paths: Object.fromEntries(names.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(names.map((name) => [schemaName(name), schema])) },
  });
}

const schema = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', maxLength: 100 },
    amount: { type: 'number' },
    active: { type: 'boolean' },
    created: { type: 'string', format: 'date-time' },
  },
};

function pathsOf(name: string): [string, unknown][] {
  const reference = { $ref: `#/components/schemas/${schemaName(name)}` };
  const content = (of: unknown) => ({ 'application/json': { schema: of } });
  const answer = (description: string, of: unknown) => ({ description, content: content(of) });
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  return [
    [
      `/${name}`,
      {
        get: { responses: { 200: answer('All of them', { type: 'array', items: reference }) } },
        post: {
          requestBody: { required: true, content: content(reference) },
          responses: { 201: answer('Made', reference) },
        },
      },
    ],
    [
      `/${name}/{id}`,
      {
        parameters: [id],
        get: { responses: { 200: answer('One', reference) } },
        put: {
          requestBody: { required: true, content: content(reference) },
          responses: { 200: answer('One', reference) },
        },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    ],
  ];
}

function schemaName(name: string): string {
  return name.replace('-', '_');
}
