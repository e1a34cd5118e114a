/** E: the service as a good engineer writes it with Express 5, SQLite and ajv. `DATA` is the file, `PORT` the port. */
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Book } from '../books.ts';
import { ConflictError, openBookDatabase } from './book-database.ts';
import { bookChangesSchema, newBookSchema } from './book-schema.ts';

const books = await openBookDatabase(
  process.env.DATA ?? ':memory:',
  process.env.DURABILITY === 'FULL' ? 'FULL' : 'NORMAL',
);
const ajv = new Ajv({ allErrors: true });
formats.default(ajv);
const isNewBook = ajv.compile<Omit<Book, 'id'>>(newBookSchema);
const isChange = ajv.compile<Partial<Book>>(bookChangesSchema);
const maximumPage = 1000;

const app = express();
app.disable('x-powered-by');

app.get('/books', (request, response) => {
  const { sort = 'title', limit = '20', offset = '0', minPages, maxPages } = request.query;
  if (!['title', 'pages', 'price', 'published'].includes(String(sort))) {
    response.status(400).json({ error: `cannot sort by ${sort}` });
    return;
  }
  const numbers = [limit, offset, minPages ?? 0, maxPages ?? 0].map(Number);
  if (!numbers.every((number) => Number.isInteger(number) && number >= 0) || Number(limit) > maximumPage) {
    response.status(400).json({ error: 'limit, offset, minPages and maxPages are whole numbers' });
    return;
  }
  response.json(
    books.list({
      sort: String(sort),
      limit: Number(limit),
      offset: Number(offset),
      minPages: minPages === undefined ? undefined : Number(minPages),
      maxPages: maxPages === undefined ? undefined : Number(maxPages),
    }),
  );
});

app.get('/books/:id', (request, response) => {
  answer(response, books.get(Number(request.params.id)));
});

app.post('/books', express.json(), (request, response) => {
  if (!isNewBook(request.body)) {
    response.status(400).json({ errors: isNewBook.errors });
    return;
  }
  const book = books.create(request.body);
  response.status(201).location(`/books/${book.id}`).json(book);
});

app.patch('/books/:id', express.json(), (request, response) => {
  if (!isChange(request.body)) {
    response.status(400).json({ errors: isChange.errors });
    return;
  }
  answer(response, books.patch(Number(request.params.id), request.body));
});

app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
  if (!(error instanceof ConflictError)) return next(error);
  response.status(409).json({ error: error.message });
});

app.listen(Number(process.env.PORT), '127.0.0.1');

function answer(response: Response, book: Book | undefined): void {
  if (book === undefined) response.status(404).json({ error: 'no such book' });
  else response.json(book);
}
