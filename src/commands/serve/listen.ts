import type { Server } from 'node:http';
import { CommandFailure } from '../failure.ts';

export interface Address {
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
}

/** Listens, and resolves the origin at which the server can be reached from this machine: `http://127.0.0.1:3000`. */
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
      return new CommandFailure(`Port ${port} of ${host} is in use.`, {
        hint: 'choose another with --port, or a free one with --port 0',
        cause: error,
      });
    case 'EACCES':
      return new CommandFailure(`Port ${port} may not be used by this user.`, {
        hint: 'choose one above 1023 with --port',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new CommandFailure(`"${host}" is no address of this machine.`, {
        hint: 'use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for all its networks',
        cause: error,
      });
    default:
      return error;
  }
}
