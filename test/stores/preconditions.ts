import type { Precondition } from '../../src/stores/contract.ts';

export const none: Precondition = { kind: 'none' };
