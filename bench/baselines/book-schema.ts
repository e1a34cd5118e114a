/** What a client may send, as JSON Schema: the same for Express (ajv) and Fastify (its own ajv). */

const properties = {
  title: { type: 'string', minLength: 1, maxLength: 200 },
  isbn: { type: 'string', pattern: '^[0-9]{13}$' },
  pages: { type: 'integer', minimum: 1 },
  price: { type: 'number', minimum: 0 },
  tags: { type: 'array', items: { type: 'string' } },
  published: { type: 'string', format: 'date' },
  inStock: { type: 'boolean' },
  summary: { type: 'string', maxLength: 2000 },
};

export const newBookSchema = {
  type: 'object',
  required: ['title', 'isbn', 'pages', 'price'],
  additionalProperties: false,
  properties,
};

export const bookChangesSchema = { type: 'object', additionalProperties: false, properties };

export const bookSchema = { type: 'object', properties: { id: { type: 'integer' }, ...properties } };
