/**
 * What a check is for. `requests` fill in defaults and need not hold what is `readOnly`; `largeRequests` are the same and
 * stop at the first violation; `responses` change nothing and need not hold what is `writeOnly`.
 */
export const purposes = {
  requests: { side: 'readOnly', useDefaults: true, allErrors: true },
  largeRequests: { side: 'readOnly', useDefaults: true, allErrors: false },
  responses: { side: 'writeOnly', useDefaults: false, allErrors: true },
} as const;

export type Purpose = keyof typeof purposes;
