import { fieldNames, fieldPath } from '../model/field-path.ts';
import type { Control, Field, Resource } from '../model/types.ts';
import type { Operand } from './types.ts';

/** Something that a client may filter and sort by. */
export interface Subject {
  /** As clients call it. */
  readonly name: string;
  readonly operand: Operand;
  readonly type: Field['type'];
  readonly array: boolean;
  readonly text: boolean;
}

/** All names that mean something in a query of one operation. */
export interface Vocabulary {
  /** By exact name. Secrets are not among them: nothing tells a secret from a name that does not exist. */
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly controls: ReadonlyMap<string, KnownControl>;
}

/** A parameter that controls the list or filters it: the description's own, or one of Ramses'. */
export interface KnownControl extends Omit<Control, 'meaning'> {
  readonly meaning: Control['meaning'] | 'count-only' | 'search-fields' | 'highlight' | 'group';
  readonly whose: 'declared' | 'ours';
}

const known = new WeakMap<Resource, WeakMap<readonly Control[], Vocabulary>>();

/** Built once for each operation; an operation is told by its resource and its controls, which never change. */
export function vocabularyOf(resource: Resource, controls: readonly Control[]): Vocabulary {
  const ofResource = known.get(resource) ?? new WeakMap<readonly Control[], Vocabulary>();
  known.set(resource, ofResource);
  const vocabulary = ofResource.get(controls) ?? build(resource, controls);
  ofResource.set(controls, vocabulary);
  return vocabulary;
}

/**
 * The control that a name of the query means: the one of this name, or of the list that it is an element of
 * (`filter[tags][]`, `filter[tags][0]`), or of the object of free names that it is in.
 */
export function controlNamed(name: string, { controls }: Vocabulary): KnownControl | undefined {
  const own = controls.get(name);
  if (own !== undefined || !name.endsWith(']')) return own;
  const list = controls.get(name.replace(/\[\d*\]$/, ''));
  if (list?.parameter.endsWith(']')) return list;
  const whole = controls.get(name.slice(0, name.indexOf('[')));
  return whole?.meaning === 'filters' ? whole : undefined;
}

/** Whether a property is secret, or lies within something secret. */
export function isSecret(path: string, resource: Resource): boolean {
  return resource.secrets.some((secret) => path === secret || path.startsWith(`${secret}.`));
}

/** As clients call a field: `a.b`, unless that is the name of two. */
export function nameOf(path: string, { fields }: Resource): string {
  if (!path.includes('\\')) return path;
  const plain = fieldNames(path).join('.');
  return fields.some((field) => field.path !== path && fieldNames(field.path).join('.') === plain) ? path : plain;
}

/** The subject that a looser spelling means: `created` for `createdAt`, `Author-Name` for `author.name`. */
export function looseSubject(name: string, { subjects }: Vocabulary): Subject | undefined {
  const wanted = folded(name);
  for (const suffix of ['', 'at', 'on', 'date', 'time']) {
    for (const subject of subjects.values()) if (folded(subject.name) === wanted + suffix) return subject;
  }
  return undefined;
}

function build(resource: Resource, controls: readonly Control[]): Vocabulary {
  const subjects = new Map<string, Subject>();
  for (const { path, type, array, text } of resource.fields) {
    if (isSecret(path, resource)) continue;
    const name = nameOf(path, resource);
    subjects.set(name, { name, operand: { kind: 'field', path }, type, array, text });
  }
  const { property, type } = resource.id;
  // The id is the key: by it, a store looks up and sorts without any index of its own.
  const id = { operand: { kind: 'id' }, type, array: false, text: false } as const;
  if (property !== undefined && !isSecret(fieldPath([property]), resource))
    subjects.set(property, { name: property, ...id });
  // Ramses' name for the id, whatever the property is.
  if (!subjects.has('_pk')) subjects.set('_pk', { name: '_pk', ...id });
  const known = new Map(ourControls.map((control) => [control.parameter, control]));
  // A property called "q" is a field, as a description's own parameters are its own.
  if (subjects.has('q')) known.delete('q');
  for (const control of controls) known.set(control.parameter, { ...control, whose: 'declared' });
  return { subjects, controls: known };
}

const ourControls: readonly KnownControl[] = [
  { parameter: '_limit', meaning: 'limit', whose: 'ours' },
  { parameter: '_start', meaning: 'offset', whose: 'ours' },
  { parameter: '_page', meaning: 'page-from-zero', whose: 'ours' },
  { parameter: '_cursor', meaning: 'cursor', whose: 'ours' },
  { parameter: '_sort', meaning: 'sort', whose: 'ours' },
  { parameter: '_fields', meaning: 'fields', whose: 'ours' },
  { parameter: '_count', meaning: 'count-only', whose: 'ours' },
  { parameter: '_search_fields', meaning: 'search-fields', whose: 'ours' },
  { parameter: '_highlight', meaning: 'highlight', whose: 'ours' },
  { parameter: '_or', meaning: 'group', whose: 'ours' },
  { parameter: '_and', meaning: 'group', whose: 'ours' },
  { parameter: '_not', meaning: 'group', whose: 'ours' },
  { parameter: 'q', meaning: 'search', whose: 'ours' },
];

function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
