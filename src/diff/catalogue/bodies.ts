import { announce, type ChangeKind } from './kind.ts';

/** What surrounds the data: bodies, media types, statuses, headers. */
export const bodyChanges = {
  'request-body-added-optional': {
    severity: 'safe',
    title: 'An optional request body is new',
    impact: 'Requests without it work on.',
  },
  'request-body-added-required': {
    severity: 'breaking',
    title: 'A required request body is new',
    impact: 'Requests without it are refused.',
    advice: 'make it optional',
  },
  'request-body-removed': {
    severity: 'breaking',
    title: 'The request body is gone',
    impact: 'What clients send is refused, or not read.',
    advice: announce,
  },
  'request-body-became-required': {
    severity: 'breaking',
    title: 'The request body is required now',
    impact: 'Requests without it are refused.',
    advice: 'leave it optional',
  },
  'request-body-became-optional': {
    severity: 'safe',
    title: 'The request body is optional now',
    impact: 'Requests with it work on.',
  },
  'request-media-type-added': {
    severity: 'safe',
    title: 'A request may have another media type',
    impact: 'Requests work on.',
  },
  'request-media-type-removed': {
    severity: 'breaking',
    title: 'A media type of requests is gone',
    impact: 'Requests in it get 415.',
    advice: 'keep it',
  },

  'success-status-added': {
    severity: 'safe',
    title: 'A success status is new',
    impact: 'It is answered beside the former ones.',
  },
  'success-status-removed': {
    severity: 'breaking',
    title: 'A success status is gone',
    impact: 'Clients that wait for exactly this one take success for failure.',
    advice: announce,
  },
  'success-status-changed': {
    severity: 'breaking',
    title: 'Success has another status',
    impact: 'Clients that wait for exactly the old one take success for failure.',
    advice: announce,
  },
  'error-status-added': {
    severity: 'safe',
    title: 'An error status is new',
    impact: 'Clients must expect any error status anyway.',
  },
  'error-status-removed': {
    severity: 'safe',
    title: 'An error status is gone',
    impact: 'Clients that handle it never see it.',
  },
  'response-body-added': { severity: 'safe', title: 'A response has a body now', impact: 'Clients did not read it.' },
  'response-body-removed': {
    severity: 'breaking',
    title: 'A response has no body any more',
    impact: 'Clients that read it find nothing.',
    advice: announce,
  },
  'response-media-type-added': {
    severity: 'safe',
    title: 'A response may have another media type',
    impact: 'Who asks for the former one gets it.',
  },
  'response-media-type-removed': {
    severity: 'breaking',
    title: 'A media type of responses is gone',
    impact: 'Who asks for it gets 406.',
    advice: 'keep it',
  },
  'response-header-added': { severity: 'safe', title: 'A response header is new', impact: 'Clients do not read it.' },
  'response-header-removed': {
    severity: 'breaking',
    title: 'A response header is gone',
    impact: 'Clients that read it find nothing.',
    advice: 'keep it',
  },
  'response-header-became-optional': {
    severity: 'breaking',
    title: 'A response header may be missing now',
    impact: 'Clients that rely on it find nothing.',
    advice: 'send it always',
  },
  'response-header-became-required': {
    severity: 'safe',
    title: 'A response header is always there now',
    impact: 'Clients can rely on it.',
  },
} as const satisfies Record<string, ChangeKind>;
