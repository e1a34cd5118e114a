import { announce, type ChangeKind, keepOld } from './kind.ts';

/** Paths, operations, their parameters, and who may call them. */
export const operationChanges = {
  'path-added': { severity: 'safe', title: 'A path is new', impact: 'Nobody asks for it yet.' },
  'path-removed': { severity: 'breaking', title: 'A path is gone', impact: 'Requests get 404.', advice: keepOld },
  'path-renamed': {
    severity: 'breaking',
    title: 'A path has another name',
    impact: 'Requests to the old one get 404.',
    advice: keepOld,
  },
  'path-parameter-renamed': {
    severity: 'safe',
    title: 'A path parameter has another name',
    impact: 'The same URLs match. Generated clients name an argument differently.',
  },
  'operation-added': { severity: 'safe', title: 'An operation is new', impact: 'Nobody asks for it yet.' },
  'operation-removed': {
    severity: 'breaking',
    title: 'An operation is gone',
    impact: 'Requests get 405.',
    advice: keepOld,
  },
  'operation-moved': {
    severity: 'breaking',
    title: 'An operation has another method or path',
    impact: 'Requests as before get 404 or 405.',
    advice: keepOld,
  },
  'operation-id-changed': {
    severity: 'safe',
    title: 'An operation has another id',
    impact: 'Requests stay the same. Generated clients name a function differently.',
  },
  'operation-deprecated': { severity: 'safe', title: 'An operation is deprecated', impact: 'It works on.' },
  'operation-undeprecated': { severity: 'safe', title: 'An operation is no longer deprecated', impact: 'It works on.' },

  'parameter-added-optional': {
    severity: 'safe',
    title: 'An optional parameter is new',
    impact: 'Requests without it work on.',
  },
  'parameter-added-required': {
    severity: 'breaking',
    title: 'A required parameter is new',
    impact: 'Requests without it are refused.',
    advice: 'make it optional, with a default',
  },
  'parameter-removed': {
    severity: 'breaking',
    title: 'A query parameter is gone',
    impact: 'Requests with it are refused as unknown, or no longer filtered by it.',
    advice: 'keep it, deprecated',
  },
  'header-parameter-removed': {
    severity: 'safe',
    title: 'A header or cookie parameter is gone',
    impact: 'It may be sent on, and has no effect.',
  },
  'parameter-renamed': {
    severity: 'breaking',
    title: 'A parameter has another name',
    impact: 'Requests with the old name are refused, or have no effect.',
    advice: 'keep the old name beside it, deprecated',
  },
  'parameter-moved': {
    severity: 'breaking',
    title: 'A parameter is expected elsewhere',
    impact: 'Where clients send it, it is not looked for.',
    advice: 'accept it in both places for a while',
  },
  'parameter-became-required': {
    severity: 'breaking',
    title: 'A parameter is required now',
    impact: 'Requests without it are refused.',
    advice: 'leave it optional, with a default',
  },
  'parameter-became-optional': {
    severity: 'safe',
    title: 'A parameter is optional now',
    impact: 'Requests with it work on.',
  },
  'parameter-style-changed': {
    severity: 'breaking',
    title: 'The value of a parameter is written differently',
    impact: 'Lists and objects as clients write them are misread.',
    advice: announce,
  },
  'parameter-deprecated': { severity: 'safe', title: 'A parameter is deprecated', impact: 'It works on.' },

  'security-added': {
    severity: 'breaking',
    title: 'An operation needs credentials now',
    impact: 'Requests without them get 401.',
    advice: announce,
  },
  'security-removed': {
    severity: 'safe',
    title: 'An operation needs no credentials any more',
    impact: 'Requests with them work on.',
  },
  'security-alternative-added': {
    severity: 'safe',
    title: 'Other credentials are accepted, too',
    impact: 'The former ones work on.',
  },
  'security-alternative-removed': {
    severity: 'breaking',
    title: 'Credentials are no longer accepted',
    impact: 'Requests with them get 401.',
    advice: 'accept them until clients have others',
  },
  'security-scope-added': {
    severity: 'breaking',
    title: 'A scope is needed, too',
    impact: 'Tokens without it get 403.',
    advice: announce,
  },
  'security-scope-removed': {
    severity: 'safe',
    title: 'A scope is no longer needed',
    impact: 'Tokens with it work on.',
  },
  'security-scheme-changed': {
    severity: 'breaking',
    title: 'Credentials are sent differently',
    impact: 'Requests with credentials as before get 401.',
    advice: 'declare it as another scheme beside the old one',
  },
  'server-added': { severity: 'safe', title: 'A server is new', impact: 'The former ones answer on.' },
  'server-removed': {
    severity: 'breaking',
    title: 'A server is gone',
    impact: 'Clients may still ask it.',
    advice: 'let it answer, or redirect, until nobody asks it',
  },
} as const satisfies Record<string, ChangeKind>;
