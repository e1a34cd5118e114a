/** Bytes to a server, as no client library would send them, and what comes back. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly text: string;
  /** The server has closed the connection. */
  readonly closed: boolean;
}

/** Sends, and resolves when the server closes the connection or says nothing more for a while. */
export function raw(port: number, bytes: string | Buffer, silence = 200): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const timer = setTimeout(() => finish(false), silence);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      timer.refresh();
    });
    socket.on('error', reject);
    socket.on('close', () => finish(true));
  });
}
