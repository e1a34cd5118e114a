import type { Binding } from '../../model/types.ts';

/** Header objects that a success carries although the description does not say so. */
export function addedHeaders({ action, dialect, method }: Binding, status: string): Readonly<Record<string, object>> {
  switch (action.kind) {
    case 'list':
      return { ETag: contentTagHeader, Link: linkHeader, ...(action.ranges && rangeHeaders) };
    case 'create':
      return action.many ? {} : { Location: locationHeader, ...ofDocument };
    case 'upsert':
    case 'replace':
    case 'update':
    case 'write-singleton':
    case 'update-singleton': {
      // Ramses' clients look for it after every write.
      const mayCreate = status === '201' || method === 'post' || action.kind === 'upsert';
      return { ...((mayCreate || dialect === 'ramses') && { Location: locationHeader }), ...ofDocument };
    }
    case 'read':
    case 'read-singleton':
      return ofDocument;
    case 'read-attribute':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute':
      return { ETag: tagHeader, 'Last-Modified': timeHeader };
    case 'remove':
    case 'remove-singleton':
    case 'sample':
      return { ...(method === 'get' && { ETag: contentTagHeader }), 'X-Cartouche-Sample': sampleHeader };
    case 'head':
    case 'update-many':
    case 'remove-many':
      return {};
    case 'options':
      return { Allow: allowHeader };
  }
}

const text = { type: 'string' } as const;

const linkHeader = { description: 'Neighbouring pages and resources (RFC 8288).', schema: text };
const allowHeader = { description: 'The methods that this path knows.', schema: text };
const locationHeader = { description: 'Where the document is.', schema: { ...text, format: 'uri-reference' } };
const tagHeader = { description: 'Revision of the document, for If-Match and If-None-Match.', schema: text };
const contentTagHeader = { description: 'Tells by If-None-Match whether the answer is still the same.', schema: text };
const timeHeader = { description: 'When the document was last written (RFC 9110).', schema: text };
const sampleHeader = {
  description:
    'The answer is made up: the declared example, a valid sample, or nothing where none can be made. Absent: it is real.',
  schema: { ...text, enum: ['example', 'generated', 'empty'] },
};

const rangeHeaders = {
  'Accept-Ranges': { description: 'What Range counts.', schema: text },
  'Content-Range': {
    description: 'Which part of the list this is, and how long it is if that is known.',
    schema: text,
  },
};

const ofDocument = { ETag: tagHeader, 'Last-Modified': timeHeader, Link: linkHeader };
