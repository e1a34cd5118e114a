/**
 * Reads HTTP/1.1 replies off one keep-alive connection: the status, and where a reply ends. One request is under way at
 * a time, so a reply never shares a chunk with the next. Replies need a `Content-Length` (204 and 304 apart).
 */
export class ResponseReader {
  /** Of the latest reply whose head has arrived. */
  status = 0;
  /** How the latest reply outside 2xx began, for the report. */
  refusal = '';
  #unfinishedHead = '';
  #bodyLeft: number | undefined;

  /** Takes the first `length` bytes of a chunk; true once the reply is whole. Throws on what it cannot read. */
  take(chunk: Buffer, length: number): boolean {
    if (this.#bodyLeft !== undefined) return this.#takeBody(this.#bodyLeft, length);
    const text = this.#unfinishedHead + chunk.toString('latin1', 0, length);
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) {
      if (text.length > 65_536) throw new Error('the head of a reply is longer than 64 KiB');
      this.#unfinishedHead = text;
      return false;
    }
    this.#unfinishedHead = '';
    this.status = Number(text.slice(9, 12));
    if (this.status < 200 || this.status > 299) this.refusal = text.slice(0, 1500);
    return this.#takeBody(bodyLength(text.slice(0, end), this.status), text.length - end - 4);
  }

  #takeBody(expected: number, arrived: number): boolean {
    if (arrived > expected) throw new Error('a reply is longer than its Content-Length');
    this.#bodyLeft = arrived === expected ? undefined : expected - arrived;
    return arrived === expected;
  }
}

const contentLength = /\r\ncontent-length: *(\d+)/i;

function bodyLength(head: string, status: number): number {
  const declared = contentLength.exec(head)?.[1];
  if (declared !== undefined) return Number(declared);
  if (status === 204 || status === 304) return 0;
  throw new Error(`a reply has no Content-Length: ${head.slice(0, 300)}`);
}
