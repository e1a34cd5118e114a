/**
 * `query/values.ts` in SQL: what a document holds at a field, in the form in which it is compared.
 * Only a subquery can name a value in SQL, and costs more than to write it twice; it pays where that would be many times.
 */
import type { Field } from '../../model/types.ts';

export type ValueType = Field['type'];

/** The value at a path through objects, or NULL unless it is a scalar of this type. */
export function valueAt(json: string, names: readonly string[], type: ValueType): string {
  const path = jsonPath(names);
  return typed(`json_type(${json}, ${path})`, `(${json} ->> ${path})`, type);
}

/** The JSON type of what is at a path through objects, or NULL where nothing is. */
export function typeAt(json: string, names: readonly string[]): string {
  return `json_type(${json}, ${jsonPath(names)})`;
}

/** `valueAt` for a row of `json_each`. */
export function valueOfElement(alias: string, type: ValueType): string {
  return typed(`${alias}.type`, `${alias}.value`, type);
}

/**
 * A FROM clause whose rows, named `alias`, are the elements that a path leads to, through arrays of objects and into an
 * array of scalars, one level of array at each step.
 */
export function elementsAt(json: string, names: readonly string[], alias: string): string {
  const steps = names.map((name, depth) => {
    const container = depth === 0 ? json : `${alias}${depth - 1}.value`;
    const path = jsonPath([name]);
    const own = depth === names.length - 1 ? alias : `${alias}${depth}`;
    // What is not an array is an array of one. `->` keeps a JSON boolean a boolean, where `->>` makes it 0 or 1.
    const whole = `WHEN json_type(${container}, ${path}) = 'array' THEN ${container} -> ${path}`;
    const single = `'[' || coalesce(${container} -> ${path}, '') || ']'`;
    // Not in WHERE: SQLite may look into a text, which is no JSON, before it tests that the row is an object.
    const guard = depth === 0 ? '' : `WHEN ${alias}${depth - 1}.type <> 'object' THEN '[]' `;
    const elements = `CASE ${guard}${whole} ELSE ${single} END`;
    return `json_each(${elements}) AS ${own}`;
  });
  return steps.join(', ');
}

/** The id within a key: what follows the last `/`. */
export function idFromKey(key: string, type: 'text' | 'integer'): string {
  // rtrim strips everything that is no "/" from the end, and so leaves the parent's part.
  const tail = `substr(${key}, length(rtrim(${key}, replace(${key}, '/', ''))) + 1)`;
  if (type === 'text') return tail;
  const integer = `(${tail} GLOB '[0-9]*' OR ${tail} GLOB '-[0-9]*') AND substr(${tail}, 2) NOT GLOB '*[^0-9]*'`;
  return `CASE WHEN ${integer} THEN CAST(${tail} AS INTEGER) ELSE ${tail} END`;
}

function typed(jsonType: string, value: string, type: ValueType): string {
  switch (type) {
    case 'string':
    case 'date':
      return `CASE ${jsonType} WHEN 'text' THEN ${value} END`;
    case 'integer':
    case 'number':
      return `CASE ${jsonType} WHEN 'integer' THEN ${value} WHEN 'real' THEN ${value} END`;
    case 'boolean':
      return `CASE ${jsonType} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END`;
    case 'datetime':
      // The text is needed some twenty times.
      return `CASE ${jsonType} WHEN 'text' THEN (SELECT ${instantOf('"moment"."text"')} FROM (SELECT ${value} AS "text") AS "moment") END`;
  }
}

const dateTimeStart = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-5][0-9]*';

/** `instant` of `query/values.ts`. Fractions are cut as text, because strftime rounds them. */
function instantOf(text: string): string {
  const hasZone = `${text} GLOB '*[+-][0-9][0-9]:[0-9][0-9]'`;
  const zone = `CASE WHEN ${hasZone} THEN substr(${text}, -6) ELSE '' END`;
  // What stands between the seconds and the zone: nothing, or "." and digits.
  const fraction = `CASE WHEN ${hasZone} THEN substr(${text}, 20, length(${text}) - 25) WHEN ${text} GLOB '*[Zz]' THEN substr(${text}, 20, length(${text}) - 20) ELSE substr(${text}, 20) END`;
  const wellFormed = `(${fraction} = '' OR (${fraction} GLOB '.[0-9]*' AND substr(${fraction}, 2) NOT GLOB '*[^0-9]*'))`;
  // SQLite's text functions end at a NUL; the comparison of lengths keeps such texts out.
  const dateTime = `${text} GLOB '${dateTimeStart}' AND ${text} >= '0001' AND substr(${text}, 12, 2) < '24' AND length(${text}) = octet_length(${text}) AND ${wellFormed}`;
  const toSecond = `strftime('%Y-%m-%dT%H:%M:%S.', substr(${text}, 1, 10) || 'T' || substr(${text}, 12, 8) || (${zone}))`;
  const milliseconds = `substr(substr(${fraction}, 2) || '000', 1, 3)`;
  return `coalesce(CASE WHEN ${dateTime} THEN ${toSecond} || ${milliseconds} || 'Z' END, ${text})`;
}

/** An SQL string that is a JSON path; names are quoted within it, so that `a"b` or `[0]` are names and nothing else. */
function jsonPath(names: readonly string[]): string {
  const path = names.map((name) => `."${name.replace(/["\\]/g, '\\$&')}"`).join('');
  return `'$${path.replaceAll("'", "''")}'`;
}
