import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Accepts } from '../../src/fake/sample.ts';
import type { JsonSchema } from '../../src/model/description.ts';

/** ajv as an independent judge. A `writeOnly` property may be missing, since samples are of responses here. */
export function createAccepts($defs: Readonly<Record<string, JsonSchema>>): Accepts {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  addFormats.default(ajv);
  const compiled = new Map<JsonSchema, (value: unknown) => boolean>();
  ajv.addSchema({ $id: 'model:', $defs }, 'model:');
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (!validate) {
      validate = ajv.compile(absolute(schema));
      compiled.set(schema, validate);
    }
    return validate(value);
  };
}

/** References lead into the model, and not into the schema that is compiled. */
function absolute(schema: JsonSchema): object {
  if (typeof schema === 'boolean') return schema ? {} : { not: {} };
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === '$ref' && typeof member === 'string' ? member.replace(/^#/, 'model:#') : rewrite(member),
      ]),
    );
  };
  const rewritten = rewrite(schema);
  return typeof rewritten === 'object' && rewritten !== null ? rewritten : {};
}
