import type { Server } from 'node:http';
import { type Address, ListenError, listen as listenOn } from '../../host/listen.ts';
import { CommandFailure } from '../failure.ts';

/** `listen` of `src/host`, with what to do about an address that cannot be had, in words of the command line. */
export async function listen(server: Server, address: Address): Promise<string> {
  try {
    return await listenOn(server, address);
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    throw new CommandFailure(error.message, { hint: hints[error.reason], cause: error });
  }
}

const hints: Readonly<Record<ListenError['reason'], string>> = {
  'in-use': 'choose another with --port, or a free one with --port 0',
  forbidden: 'choose one above 1023 with --port',
  'unknown-host': 'use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for all its networks',
};
