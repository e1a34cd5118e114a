/** The floor: node:http with nothing on it. Constant answers of the right sizes; a body is read and ignored. */
import { createServer, type ServerResponse } from 'node:http';
import { bookWithId } from '../books.ts';

const item = JSON.stringify(bookWithId(1));
const page = JSON.stringify(Array.from({ length: 20 }, (_, index) => bookWithId(index + 1)));

createServer((request, response) => {
  if (request.method === 'GET') {
    reply(response, 200, request.url?.startsWith('/books?') === true ? page : item);
    return;
  }
  request.resume();
  request.on('end', () => reply(response, request.method === 'POST' ? 201 : 200, item));
}).listen(Number(process.env.PORT), '127.0.0.1');

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
