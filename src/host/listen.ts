import type { Server } from 'node:http';

export interface Address {
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
}

/** A server cannot have the address that it was told to listen on. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly reason: 'in-use' | 'forbidden' | 'unknown-host';

  constructor(reason: ListenError['reason'], message: string, cause: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/**
 * Listens, and resolves the origin at which the server can be reached from this machine: `http://127.0.0.1:3000`.
 *
 * @throws ListenError
 */
export function listen(server: Server, { host, port }: Address): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(explain(error, { host, port }));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(`http://${reachable(host)}:${address !== null && typeof address === 'object' ? address.port : port}`);
    });
  });
}

/** Addresses that mean "all of this machine's" cannot be typed into a browser. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(error: NodeJS.ErrnoException, { host, port }: Address): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError('in-use', `Port ${port} of ${host} is in use.`, error);
    case 'EACCES':
      return new ListenError('forbidden', `Port ${port} may not be used by this user.`, error);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new ListenError('unknown-host', `"${host}" is no address of this machine.`, error);
    default:
      return error;
  }
}
