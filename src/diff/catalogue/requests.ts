import { announce, type ChangeKind } from './kind.ts';

/** Schemas of what clients send: what the old one allowed must be allowed. */
export const requestChanges = {
  'request-type-narrowed': {
    severity: 'breaking',
    title: 'A value may have fewer types',
    impact: 'Values of the others are refused.',
    advice: 'accept the former types, too',
  },
  'request-type-widened': {
    severity: 'safe',
    title: 'A value may have more types',
    impact: 'Values as before are accepted.',
  },
  'request-type-changed': {
    severity: 'breaking',
    title: 'A value has another type',
    impact: 'Values as before are refused.',
    advice: 'accept both, or take a new name for the new type',
  },
  'request-enum-value-added': {
    severity: 'safe',
    title: 'A value is allowed, too',
    impact: 'Values as before are accepted.',
  },
  'request-enum-value-removed': {
    severity: 'breaking',
    title: 'A value is no longer allowed',
    impact: 'It is refused.',
    advice: 'accept it as long as clients send it',
  },
  'request-enum-introduced': {
    severity: 'breaking',
    title: 'Only some values are allowed now',
    impact: 'All others are refused.',
    advice: 'make sure that clients send no others',
  },
  'request-enum-dropped': {
    severity: 'safe',
    title: 'Any value is allowed now',
    impact: 'Values as before are accepted.',
  },
  'request-property-added-optional': {
    severity: 'safe',
    title: 'An optional property is new',
    impact: 'Requests without it work on.',
  },
  'request-property-added-required': {
    severity: 'breaking',
    title: 'A required property is new',
    impact: 'Requests without it are refused.',
    advice: 'make it optional, with a default',
  },
  'request-property-refused': {
    severity: 'breaking',
    title: 'A property is gone, and unknown ones are refused',
    impact: 'Requests with it are refused.',
    advice: 'keep it, deprecated, or allow additional properties',
  },
  'request-property-undeclared': {
    severity: 'safe',
    title: 'A property is no longer declared',
    impact: 'It may be sent on, and is not checked.',
  },
  'request-property-renamed': {
    severity: 'breaking',
    title: 'A property has another name',
    impact: 'The old name is refused, or means nothing.',
    advice: 'accept both for a while',
  },
  'request-property-became-required': {
    severity: 'breaking',
    title: 'A property is required now',
    impact: 'Requests without it are refused.',
    advice: 'leave it optional, with a default',
  },
  'request-property-became-optional': {
    severity: 'safe',
    title: 'A property is optional now',
    impact: 'Requests with it work on.',
  },
  'request-property-became-read-only': {
    severity: 'breaking',
    title: 'A property is for the server alone now',
    impact: 'What clients send for it has no effect, or is refused.',
    advice: announce,
  },
  'request-property-became-writable': {
    severity: 'safe',
    title: 'Clients may write a property now',
    impact: 'Requests without it work on, unless it is required.',
  },
  'request-additional-properties-refused': {
    severity: 'breaking',
    title: 'Unknown properties are refused now',
    impact: 'Requests with properties that are not declared are refused.',
    advice: 'declare what clients send',
  },
  'request-additional-properties-allowed': {
    severity: 'safe',
    title: 'Unknown properties are allowed now',
    impact: 'Requests as before are accepted.',
  },
  'request-limit-narrowed': {
    severity: 'breaking',
    title: 'A limit is stricter',
    impact: 'Values beyond it are refused.',
    advice: 'make sure that clients send no such values',
  },
  'request-limit-widened': {
    severity: 'safe',
    title: 'A limit is less strict',
    impact: 'Values as before are accepted.',
  },
  'request-pattern-added': {
    severity: 'breaking',
    title: 'A text must match a pattern now',
    impact: 'Texts that do not are refused.',
    advice: 'make sure that clients send no such texts',
  },
  'request-pattern-removed': {
    severity: 'safe',
    title: 'A text need not match a pattern any more',
    impact: 'Texts as before are accepted.',
  },
  'request-pattern-changed': {
    severity: 'breaking',
    title: 'A text must match another pattern',
    impact: 'Texts may be refused that were accepted.',
    advice: 'make sure that the new pattern matches all that the old one did',
  },
  'request-format-added': {
    severity: 'breaking',
    title: 'A value must have a format now',
    impact: 'Values in another one are refused.',
    advice: 'make sure that clients send no such values',
  },
  'request-format-removed': {
    severity: 'safe',
    title: 'A value need not have a format any more',
    impact: 'Values as before are accepted.',
  },
  'request-format-changed': {
    severity: 'breaking',
    title: 'A value must have another format',
    impact: 'Values as before are refused.',
    advice: 'take a new name for the new format',
  },
  'request-default-added': {
    severity: 'safe',
    title: 'There is a default',
    impact: 'Who leaves it out gets the default.',
  },
  'request-default-changed': {
    severity: 'breaking',
    title: 'The default is another one',
    impact: 'Who leaves it out gets something else than before.',
    advice: 'keep the default',
  },
  'request-default-removed': {
    severity: 'breaking',
    title: 'There is no default any more',
    impact: 'Who leaves it out gets nothing in its place.',
    advice: 'keep the default',
  },
  'request-alternative-added': {
    severity: 'safe',
    title: 'Another form is allowed, too',
    impact: 'Values as before are accepted.',
  },
  'request-alternative-removed': {
    severity: 'breaking',
    title: 'A form is no longer allowed',
    impact: 'Values of it are refused.',
    advice: 'accept it as long as clients send it',
  },
  'request-schema-changed': {
    severity: 'breaking',
    title: 'A rule of a schema is another one',
    impact: 'Values may be refused that were accepted.',
    advice: 'compare the rule by hand',
  },
} as const satisfies Record<string, ChangeKind>;
