/** Which properties say when a document was created or changed, and are the server's to fill. */
import type { JsonSchema } from './description.ts';
import { databaseSettings } from './fields.ts';
import { folded } from './names.ts';
import { propertyOverrides } from './overrides.ts';
import { type Definitions, isRecord, shapeOf } from './schema.ts';
import type { Timestamp } from './types.ts';

export interface FoundTimestamps {
  readonly timestamps: readonly Timestamp[];
  /** Why, by property. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Required, the server's, and neither a timestamp nor anything else that we know how to fill. */
  readonly unfilled: readonly string[];
}

/**
 * @param created What a create request takes; absent where it takes the document.
 * @param idProperty Filled by whoever chooses the id.
 */
export function timestampsOf(
  schema: JsonSchema | undefined,
  created: JsonSchema | undefined,
  idProperty: string | undefined,
  definitions: Definitions,
): FoundTimestamps {
  const shape = shapeOf(schema, definitions);
  const taken = shapeOf(created, definitions).properties;
  const timestamps: Timestamp[] = [];
  const reasons = new Map<string, string>();
  const unfilled: string[] = [];
  for (const [name, property] of shape.properties) {
    if (name === idProperty) continue;
    const isServers = shapeOf(property, definitions).schema.readOnly === true;
    const found = timestampOf(name, property, isServers, taken.size > 0 && !taken.has(name), definitions);
    if (found !== undefined) {
      timestamps.push(found.timestamp);
      reasons.set(name, found.why);
    } else if (isServers && shape.required.has(name) && !hasValue(property, definitions)) unfilled.push(name);
  }
  return { timestamps, reasons, unfilled };
}

function timestampOf(
  name: string,
  property: JsonSchema,
  isServers: boolean,
  isShownOnly: boolean,
  definitions: Definitions,
): { readonly timestamp: Timestamp; readonly why: string } | undefined {
  const { schema } = shapeOf(property, definitions);
  const said = propertyOverrides(schema).timestamp;
  if (said === 'none') return undefined;
  const settings = databaseSettings(schema);
  const format = formatOf(schema, settings);
  if (said !== undefined) {
    return { timestamp: { property: name, moment: said, format: format ?? 'date-time' }, why: 'x-cartouche says so' };
  }
  if (format === undefined) return undefined;
  const called = clock.test(String(settings.onupdate))
    ? 'updated'
    : clock.test(String(settings.default))
      ? 'created'
      : undefined;
  if (called !== undefined) {
    return { timestamp: { property: name, moment: called, format }, why: '_db_settings calls a clock' };
  }
  const moment = momentOf(name);
  if (moment === undefined || !(isServers || isShownOnly)) return undefined;
  const why = isServers ? 'readOnly, and called so' : 'called so, and a create request does not have it';
  return { timestamp: { property: name, moment, format }, why };
}

function formatOf(
  schema: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>>,
): Timestamp['format'] | undefined {
  if (schema.format === 'date' || settings.type === 'date') return 'date';
  return schema.format === 'date-time' || settings.type === 'datetime' ? 'date-time' : undefined;
}

/** What Ramses' descriptions call: `{{datetime.datetime.utcnow}}`. Nothing is executed; the name tells. */
const clock = /^\{\{\s*(?:[\w.]+\.)?(?:datetime_)?(?:utcnow|now|today|utc_now|current_time)\s*\}\}$/;

function momentOf(name: string): Timestamp['moment'] | undefined {
  const text = folded(name);
  if (
    /^(?:created(?:at|on|date|time)?|creation(?:date|time|timestamp)|(?:date|time)created|createtime|inserted(?:at|on)|dateadded|addedat)$/.test(
      text,
    )
  )
    return 'created';
  if (
    /^(?:(?:last)?(?:updated|modified|changed)(?:at|on|date|time)?|(?:date|time)(?:updated|modified)|lastupdate|updatetime|modification(?:date|time))$/.test(
      text,
    )
  )
    return 'updated';
  return undefined;
}

function hasValue(property: JsonSchema, definitions: Definitions): boolean {
  const { schema } = shapeOf(property, definitions);
  return (
    schema.default !== undefined || schema.const !== undefined || (isRecord(property) && property.default !== undefined)
  );
}
