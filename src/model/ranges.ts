/** Whether a list is asked for in parts by `Range` (RFC 9110 section 14), as PostgREST's are. */
import type { Operation, Parameter, PathItem } from './description.ts';
import { mergeParameters } from './parameter.ts';
import { isRecord } from './schema.ts';

export interface Ranges {
  /** What is counted: `items` in `Range: items=0-24`. */
  readonly unit: string;
}

/**
 * `undefined` where nothing of the description speaks of ranges: neither a header parameter `Range`, nor an answer 206,
 * nor `Content-Range` or `Accept-Ranges` of a success, or where they are of bytes, which lists have none of.
 *
 * @example rangesOf(item, operation) // { unit: 'items' }
 */
export function rangesOf(item: PathItem, operation: Operation): Ranges | undefined {
  const taken = mergeParameters(item.parameters, operation.parameters).filter((parameter) => parameter.in === 'header');
  const successes = operation.responses.filter(({ status }) => /^2/.test(status));
  const given = successes.flatMap(({ headers }) => headers);
  const headers = [...taken, ...given].filter(({ name }) =>
    /^(?:range|range-unit|content-range|accept-ranges)$/i.test(name),
  );
  const isDeclared = headers.some(({ name }) => !/^range-unit$/i.test(name)) || successes.some(isPart);
  if (!isDeclared) return undefined;
  const unit = headers.flatMap(textsOf).flatMap(unitIn)[0] ?? 'items';
  return unit === 'bytes' ? undefined : { unit };
}

function isPart({ status }: { readonly status: string }): boolean {
  return status === '206';
}

/** All that a declaration shows of the header's value, most exact first, with the header's name. */
function textsOf({ name, schema, examples, description }: Parameter): readonly (readonly [string, string])[] {
  const declared = isRecord(schema) ? schema : {};
  const lists = [declared.enum, declared.examples].flatMap((list): readonly unknown[] =>
    Array.isArray(list) ? list : [],
  );
  const values = [declared.const, declared.default, ...lists, declared.example, ...examples.map(({ value }) => value)];
  const texts = [...values, declared.pattern, description, declared.description];
  return texts.filter((text) => typeof text === 'string').map((text) => [name.toLowerCase(), text] as const);
}

function unitIn([name, text]: readonly [string, string]): readonly string[] {
  const found = unitPatterns[name]?.exec(text)?.[1]?.toLowerCase();
  return found === undefined || found === 'none' ? [] : [found];
}

/** `items=0-24`, also as a pattern `^items=\d+-\d*$`; `items 0-24/573`; the unit alone. */
const unitPatterns: Readonly<Record<string, RegExp>> = {
  range: /(?:^|[\s^("'`:])([a-z][a-z-]*)=(?:\d|\\d|\(|\[)/i,
  'content-range': /(?:^|[\s^("'`:])([a-z][a-z-]*) +(?:\d+-\d+|\*)\//i,
  'accept-ranges': /^\s*([a-z][a-z-]*)\s*$/i,
  'range-unit': /^\s*([a-z][a-z-]*)\s*$/i,
};
