import { announce, type ChangeKind } from './kind.ts';

/** Schemas of what clients get: nothing may come that the old one did not allow. */
export const responseChanges = {
  'response-type-narrowed': {
    severity: 'safe',
    title: 'A value has fewer types',
    impact: 'Clients can read all that come.',
  },
  'response-type-widened': {
    severity: 'breaking',
    title: 'A value may have more types',
    impact: 'Clients get types that they do not expect.',
    advice: 'take a new name for the new type',
  },
  'response-type-changed': {
    severity: 'breaking',
    title: 'A value has another type',
    impact: 'Clients cannot read it.',
    advice: 'take a new name for the new type',
  },
  'response-enum-value-added': {
    severity: 'breaking',
    title: 'Another value may come',
    impact: 'Clients that handle each value have no case for it.',
    advice: announce,
  },
  'response-enum-value-removed': {
    severity: 'safe',
    title: 'A value comes no more',
    impact: 'Clients have a case too many.',
  },
  'response-enum-introduced': {
    severity: 'safe',
    title: 'Only some values come',
    impact: 'Clients can read all of them.',
  },
  'response-enum-dropped': {
    severity: 'breaking',
    title: 'Any value may come',
    impact: 'Clients that handle each value have no case for others.',
    advice: announce,
  },
  'response-property-added': {
    severity: 'safe',
    title: 'A property is new',
    impact: 'Clients must not mind properties that they do not know.',
  },
  'response-property-removed': {
    severity: 'breaking',
    title: 'A property is gone',
    impact: 'Clients that read it find nothing.',
    advice: 'keep it, deprecated',
  },
  'response-property-renamed': {
    severity: 'breaking',
    title: 'A property has another name',
    impact: 'Clients that read the old one find nothing.',
    advice: 'send both for a while',
  },
  'response-property-became-optional': {
    severity: 'breaking',
    title: 'A property may be missing now',
    impact: 'Clients that rely on it find nothing.',
    advice: 'send it always',
  },
  'response-property-became-required': {
    severity: 'safe',
    title: 'A property is always there now',
    impact: 'Clients can rely on it.',
  },
  'response-property-became-write-only': {
    severity: 'breaking',
    title: 'A property is no longer shown',
    impact: 'Clients that read it find nothing.',
    advice: announce,
  },
  'response-property-became-visible': {
    severity: 'safe',
    title: 'A property is shown now',
    impact: 'Clients must not mind properties that they do not know.',
  },
  'response-additional-properties-refused': {
    severity: 'safe',
    title: 'Only declared properties come',
    impact: 'Clients read the declared ones.',
  },
  'response-additional-properties-allowed': {
    severity: 'safe',
    title: 'Undeclared properties may come',
    impact: 'Clients must not mind properties that they do not know.',
  },
  'response-limit-narrowed': {
    severity: 'safe',
    title: 'A limit is stricter',
    impact: 'Clients have room for all that comes.',
  },
  'response-limit-widened': {
    severity: 'breaking',
    title: 'A limit is less strict',
    impact: 'Values may be larger, smaller, longer or more than clients have room for.',
    advice: announce,
  },
  'response-pattern-added': {
    severity: 'safe',
    title: 'A text matches a pattern now',
    impact: 'Clients can read all that come.',
  },
  'response-pattern-removed': {
    severity: 'breaking',
    title: 'A text need not match a pattern any more',
    impact: 'Clients that take it apart fail.',
    advice: announce,
  },
  'response-pattern-changed': {
    severity: 'breaking',
    title: 'A text matches another pattern',
    impact: 'Clients that take it apart may fail.',
    advice: announce,
  },
  'response-format-added': {
    severity: 'safe',
    title: 'A value has a format now',
    impact: 'Clients can read all that come.',
  },
  'response-format-removed': {
    severity: 'breaking',
    title: 'A value need not have a format any more',
    impact: 'Clients that parse it fail.',
    advice: announce,
  },
  'response-format-changed': {
    severity: 'breaking',
    title: 'A value has another format',
    impact: 'Clients that parse it fail.',
    advice: 'take a new name for the new format',
  },
  'response-alternative-added': {
    severity: 'breaking',
    title: 'Another form may come',
    impact: 'Clients have no case for it.',
    advice: announce,
  },
  'response-alternative-removed': {
    severity: 'safe',
    title: 'A form comes no more',
    impact: 'Clients have a case too many.',
  },
  'response-schema-changed': {
    severity: 'breaking',
    title: 'A rule of a schema is another one',
    impact: 'Values may come that could not come before.',
    advice: 'compare the rule by hand',
  },
} as const satisfies Record<string, ChangeKind>;
