/**
 * `_db_settings`, by which Ramses made a property a field of its database. What it did not know it dropped without a
 * word, or did not start.
 */
import { suggest } from '../../suggest.ts';
import { childOf, placeOfValue } from '../document/node.ts';
import { isObject, own } from '../record.ts';
import type { Lifting } from './lifting.ts';

const TYPES = [
  ...['string', 'text', 'unicode', 'unicode_text', 'integer', 'small_integer', 'big_integer', 'float', 'decimal'],
  ...['boolean', 'date', 'datetime', 'time', 'interval', 'choice', 'list', 'dict', 'file', 'pickle', 'id_field'],
  ...['foreign_key', 'relationship'],
] as const;

/** What Ramses' documentation calls types, wrongly. */
const MISNAMED: Readonly<Record<string, string>> = {
  biginteger: 'big_integer',
  smallinteger: 'small_integer',
  unicodetext: 'unicode_text',
  binary: 'file',
  id: 'id_field',
  bool: 'boolean',
  int: 'integer',
  number: 'float',
  object: 'dict',
  array: 'list',
};

const KEYS = [
  ...['type', 'required', 'primary_key', 'unique', 'default', 'onupdate', 'choices', 'help_text', 'index', 'nullable'],
  ...['min_length', 'max_length', 'regex', 'collation', 'min_value', 'max_value', 'precision', 'scale', 'length'],
  ...['item_type', 'ref_document', 'ref_column', 'ref_column_type', 'ref_ondelete', 'ref_onupdate'],
  ...['document', 'uselist', 'backref_name', 'ondelete', 'backref_ondelete', 'foreign_keys', 'order_by', 'cascade'],
  ...['lazy', 'primaryjoin', 'backref_uselist', 'backref_order_by', 'backref_cascade', 'backref_lazy', 'sequence'],
  ...['server_default', 'key', 'autoincrement', 'db_column', 'db_field', 'doc', 'convert_unicode', 'timezone'],
];

/** Which key a type cannot do without. */
const NEEDED: Readonly<Record<string, string>> = {
  relationship: 'document',
  foreign_key: 'ref_document',
  choice: 'choices',
  list: 'item_type',
};

export function checkRamsesSettings(lifting: Lifting): void {
  const settings = own(lifting.source, '_db_settings');
  if (settings === undefined) return;
  const node = childOf(lifting.node, '_db_settings');
  const report = (message: string, step: string | undefined, hint: string | undefined, key = false) =>
    lifting.report('ramses-settings', message, '_db_settings', {
      node: step === undefined ? node : childOf(node, step),
      key: key || step === undefined,
      hint,
    });
  if (!isObject(settings)) {
    report('"_db_settings" is an object.', undefined, 'e.g. { "type": "string" }');
    return;
  }
  for (const key of Object.keys(settings)) {
    const near = KEYS.includes(key) ? undefined : suggest(key, KEYS);
    if (near) report(`Ramses does not know the setting "${key}".`, key, `did you mean "${near}"?`, true);
  }
  const type = own(settings, 'type') ?? 'string';
  if (!TYPES.some((known) => known === type)) {
    const name = String(type);
    const meant = (Object.hasOwn(MISNAMED, name) ? MISNAMED[name] : undefined) ?? suggest(name, TYPES);
    report(
      `"${name}" is no type of Ramses.`,
      'type',
      meant ? `did you mean "${meant}"?` : `one of ${TYPES.join(', ')}`,
    );
    return;
  }
  const needed = NEEDED[String(type)];
  if (needed !== undefined && !Object.hasOwn(settings, needed)) {
    report(`A field of type ${String(type)} needs "${needed}".`, 'type', `add "${needed}"`);
  }
  const document = own(settings, needed === 'ref_document' ? needed : 'document');
  if (type === 'relationship' || type === 'foreign_key') {
    if (typeof document !== 'string') return;
    lifting.context.registry.mention(document, placeOfValue(childOf(node, needed ?? 'document')));
  }
}
