import type { Answer } from '../present/answer.ts';

/** `/healthz`: the process answers. It says nothing of the store, so that a slow disk does not get it killed. */
export function liveAnswer(): Answer {
  return healthAnswer(200, { status: 'ok' });
}

/**
 * `/readyz`: the store answers, too. 503 with `Retry-After` otherwise; the reason, which may name hosts and files, stays
 * in the log.
 */
export async function readyAnswer(ping: () => Promise<void>): Promise<Answer> {
  try {
    await ping();
  } catch {
    return healthAnswer(503, { status: 'unavailable', store: 'unavailable' }, { 'Retry-After': '5' });
  }
  return healthAnswer(200, { status: 'ok', store: 'ok' });
}

function healthAnswer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}
