/** One event as one line of JSON, for programs that started the command with `--json`. */
export function jsonLine(event: string, facts: object): string {
  return JSON.stringify({ event, ...facts });
}
