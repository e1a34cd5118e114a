import { randomBytes } from 'node:crypto';

/**
 * Ids of requests, unique among processes by a random beginning; counted, since a random one each costs more than
 * routing. One that a proxy has given is kept if it is harmless in a log.
 */
export function createRequestIds(): (given: string | string[] | undefined) => string {
  const start = `${randomBytes(6).toString('hex')}-`;
  let count = 0;
  return (given) => {
    if (typeof given === 'string' && /^[\w.:/+=-]{1,128}$/.test(given)) return given;
    count += 1;
    return start + count.toString(36);
  };
}
