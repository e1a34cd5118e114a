import { printable } from '../../printable.ts';
import type { LogEntry } from '../../runtime/log.ts';
import type { Terminal } from '../terminal.ts';

/** Prints what the application tells whoever runs it; the stack only with `CARTOUCHE_DEBUG=1`. */
export function logTo(terminal: Terminal): (entry: LogEntry) => void {
  return ({ level, request, requestId, message, cause }) => {
    const style = level === 'error' ? 'red' : 'yellow';
    const reason = cause instanceof Error ? ` (${cause.name}: ${cause.message})` : '';
    terminal.complain(
      `${terminal.paint(style, `${level}:`)} ${printable(request)}: ${printable(message + reason, { newlines: true })} ` +
        terminal.paint('dim', `[${printable(requestId)}]`),
    );
    if (process.env.CARTOUCHE_DEBUG && cause instanceof Error) terminal.complain(cause.stack ?? '');
  };
}
