/**
 * A second opinion on RAML types: the JSON Schema that MuleSoft's parser makes of them.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import amf from 'amf-client-js';

/** AMF's verdict on a value, by the name of the type. */
export type Opinion = (value: unknown) => boolean;

/** What AMF means by formats that JSON Schema does not know, or takes for something else: `time` has no zone in RAML. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  time: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?$/,
  'date-time-only': /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?$/,
  rfc2616: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
};

const ajv = new Ajv({ strict: false, unicodeRegExp: false, logger: false });
addFormats.default(ajv);
for (const [format, pattern] of Object.entries(FORMATS)) ajv.addFormat(format, pattern);

const render = new amf.RenderOptions().withSchemaVersion(amf.JSONSchemaVersions.Draft07);
const configuration = amf.RAMLConfiguration.RAML10().withRenderOptions(render);

/**
 * The types that a RAML 1.0 file declares, and those of its libraries, which AMF names without their prefix: only names
 * that are declared once have an opinion. Empty if AMF refuses the file.
 */
export async function opinionsOf(path: string): Promise<ReadonlyMap<string, Opinion>> {
  const client = configuration.baseUnitClient();
  const parsed = await client.parse(`file://${path}`);
  if (!parsed.conforms) return new Map();
  const unit = client.transform(parsed.baseUnit, amf.PipelineId.Editing).baseUnit;
  const opinions = new Map<string, Opinion>();
  const ambiguous = new Set<string>();
  for (const declared of [unit, ...unit.references()].flatMap(declaredShapes)) {
    const name = declared.name.value();
    if (opinions.has(name)) ambiguous.add(name);
    const opinion = opinionOn(declared);
    if (opinion) opinions.set(name, opinion);
  }
  for (const name of ambiguous) opinions.delete(name);
  return opinions;
}

function declaredShapes(unit: amf.BaseUnit): readonly amf.AnyShape[] {
  return isDeclaring(unit) ? unit.declares.filter(isShape) : [];
}

// AMF's classes are not those that its typings name, so that `instanceof` always says no.

function isDeclaring(unit: amf.BaseUnit): unit is amf.BaseUnit & amf.DeclaresModel {
  return 'declares' in unit;
}

function isShape(element: amf.DomainElement): element is amf.AnyShape {
  return element
    .graph()
    .types()
    .some((type) => type.endsWith('/shapes#Shape'));
}

function opinionOn(shape: amf.AnyShape): Opinion | undefined {
  const validate = compiled(shape);
  return validate && ((value) => validate(value));
}

function compiled(shape: amf.AnyShape): ValidateFunction<unknown> | undefined {
  try {
    return ajv.compile<unknown>(JSON.parse(configuration.elementClient().buildJsonSchema(shape)));
  } catch {
    return undefined;
  }
}
