/** A document as queries see it, made of its compared values: so that the rest of it need not be read. */
import { fieldNames } from '../../model/field-path.ts';
import type { Resource } from '../../model/types.ts';
import type { Candidate } from '../../query/candidate.ts';
import type { Scalar } from '../../query/types.ts';
import { columnsOf } from './columns.ts';
import type { Row } from './schema.ts';

export function candidateReader(resource: Resource): (row: Row) => Candidate {
  const columns = columnsOf(resource);
  return ({ _id, fields = {} }) => {
    const links = new Map<string, string>();
    const document = new Map<string, Part>();
    for (const { operand, name } of columns) {
      const value = fields[name];
      if (value === undefined) continue;
      if (operand.kind === 'field') place(document, fieldNames(operand.path), value);
      if (operand.kind === 'link') links.set(operand.name, String(value));
    }
    return { key: _id, links: Object.fromEntries(links), document: plain(document) };
  };
}

/** An object under construction, what lies at the end of a path, or both in a list of texts and objects. */
type Part = Scalar | readonly Part[] | Map<string, Part>;

function place(parent: Map<string, Part>, [name = '', ...below]: readonly string[], value: Part): void {
  if (below.length === 0) {
    parent.set(name, value);
    return;
  }
  const part = parent.get(name);
  const child = part instanceof Map ? part : new Map<string, Part>();
  place(child, below, value);
  parent.set(name, part === undefined || part === child ? child : [part, child].flat());
}

function plain(part: Part): unknown {
  if (part instanceof Map) return Object.fromEntries([...part].map(([name, each]) => [name, plain(each)]));
  return Array.isArray(part) ? part.map(plain) : part;
}
