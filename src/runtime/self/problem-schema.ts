/** RFC 9457 with our extension members, as `present/problem.ts` writes it. */
export const problemSchema = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Leads to an explanation of the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened this time.' },
    instance: { type: 'string', format: 'uri-reference', description: 'Identifies this request in the log.' },
    code: { type: 'string', description: 'Stable; never reused for another kind of problem.' },
    hint: { type: 'string', description: 'What to do about it.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: {
          pointer: { type: 'string', format: 'json-pointer', description: 'A place in the body.' },
          parameter: { type: 'string', description: 'The name of a parameter or header.' },
          in: { enum: ['path', 'query', 'header', 'cookie', 'body'] },
          message: { type: 'string' },
        },
      },
    },
  },
} as const;

/** `components.responses`. */
export function problemResponses(schemaName: string): object {
  return {
    Problem: {
      description: 'A problem.',
      content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${schemaName}` } } },
    },
  };
}
