import type { Store } from '../../stores/contract.ts';
import type { Answer } from '../present/answer.ts';

/** `/healthz`: the process answers. It says nothing of the store, so that a slow disk does not get it killed. */
export function liveAnswer(): Answer {
  return healthAnswer(200, { status: 'ok' });
}

/**
 * `/readyz`: the store answers, too. 503 with `Retry-After` otherwise; the reason, which may name hosts and files, stays
 * in the log. An index that is behind or away is told, and is no reason to send nobody here: all but searches go on.
 */
export function createReadiness(
  store: Pick<Store, 'ping' | 'indexHealth'>,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  const healthOf = countedOnce(store, now);
  return () => readyAnswer(store, healthOf);
}

/** Counted once for all who ask within a moment: whoever watches a server must cost it next to nothing. */
function countedOnce(store: Pick<Store, 'indexHealth'>, now: () => number): () => Promise<IndexHealth | undefined> {
  let last: { readonly since: number; readonly counted: Promise<IndexHealth | undefined> } | undefined;
  return () => {
    if (last === undefined || now() - last.since >= holds) {
      last = { since: now(), counted: Promise.resolve(store.indexHealth?.()) };
    }
    return last.counted;
  };
}

/** Milliseconds. */
const holds = 500;

async function readyAnswer(
  store: Pick<Store, 'ping'>,
  healthOf: () => Promise<IndexHealth | undefined>,
): Promise<Answer> {
  try {
    await store.ping();
    const health = await healthOf();
    return healthAnswer(200, { status: 'ok', store: 'ok', ...(health && indexPart(health)) });
  } catch {
    return healthAnswer(503, { status: 'unavailable', store: 'unavailable' }, { 'Retry-After': '5' });
  }
}

type IndexHealth = Awaited<ReturnType<NonNullable<Store['indexHealth']>>>;

/** `index`: whether all that was written can be found. `search`: whether the server that finds it answers. */
function indexPart({ state, pending, refused }: IndexHealth): object {
  return {
    index: state === 'in-step' ? 'in-step' : 'pending',
    search: state === 'unavailable' ? 'unavailable' : 'ok',
    pending,
    refused: refused.length,
  };
}

function healthAnswer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}
