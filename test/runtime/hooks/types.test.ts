/**
 * What the compiler takes and refuses, checked by `tsc --noEmit`: each `@ts-expect-error` fails there once the mistake
 * below it compiles. The types are what emitted code declares for a small bookstore.
 */
import { test } from 'node:test';
import type { DocumentCollection, DocumentSingleton } from '../../../src/runtime/hooks/documents.ts';
import type { Handlers, OperationHooks, PartialAnswer } from '../../../src/runtime/hooks/hooks.ts';
import type { JsonPatch, MergePatch } from '../../../src/runtime/hooks/patches.ts';

interface Book {
  isbn: string;
  title: string;
  price?: number;
  tags?: string[];
}

interface NewBook {
  isbn?: string;
  title: string;
  price?: number;
}

interface Settings {
  theme: 'light' | 'dark';
}

interface StoredThings {
  readonly books: DocumentCollection<Book, NewBook>;
  readonly settings: DocumentSingleton<Settings>;
}

type CreateBookAnswer =
  | { readonly status: 201; readonly body: Book; readonly headers?: { readonly Location?: string } }
  | { readonly status: 409; readonly body: { readonly message: string } };

type UpdateBookAnswer =
  | { readonly status: 200; readonly body: Book }
  | { readonly status: 204; readonly body?: undefined };

interface BooksHandlers {
  readonly listBooks: OperationHooks<
    { query: { limit?: number }; collections: StoredThings },
    { readonly status: 200; readonly body: readonly Book[] },
    { readonly status: 200; readonly body: readonly Book[]; readonly partial?: undefined } | PartialAnswer
  >;
  readonly createBook: OperationHooks<{ body: NewBook; collections: StoredThings }, CreateBookAnswer>;
  readonly updateBook: OperationHooks<
    { parameters: { isbn: string }; body: MergePatch<NewBook> | JsonPatch; collections: StoredThings },
    UpdateBookAnswer
  >;
  readonly removeBook: OperationHooks<
    { parameters: { isbn: string } },
    { readonly status: 204; readonly body?: undefined }
  >;
}

/** Never called: the compiler is the test. */
const right = {
  listBooks: {
    before({ query }) {
      query.limit satisfies number | undefined;
    },
    after(_call, answer) {
      if (answer.partial) return;
      return { ...answer, body: answer.body.filter(({ price = 0 }) => price > 0) };
    },
  },
  createBook: {
    before: async ({ body, collections, problem }) => {
      if (body.title === 'Mein Kampf') throw problem(403, 'We do not sell it.');
      const same = await collections.books.list({ where: { title: body.title }, limit: 1 });
      if (same.documents.length > 0) return { status: 409, body: { message: 'We have it.' } };
      const settings = await collections.settings.get();
      settings?.theme satisfies 'light' | 'dark' | undefined;
      return { body: { ...body, price: 1 } };
    },
    after: async (call, answer) => {
      if (answer.status !== 201) return;
      await call.collections.books.update(answer.body.isbn, { tags: ['new'] });
      await call.collections.books.update(answer.body.isbn, (book) => ({ ...book, price: (book.price ?? 0) + 1 }));
      return { status: 201, body: { ...answer.body, tags: ['new'] } };
    },
  },
  updateBook: {
    before: ({ body, parameters }) => {
      parameters.isbn satisfies string;
      if (Array.isArray(body)) return undefined;
      return { body: { ...body, price: null } };
    },
    handle: () => ({ status: 204 }),
  },
  removeBook: {},
} satisfies BooksHandlers;

/** What `createApp` takes. */
const handlers: Handlers = right;

const wrong = {
  createBook: {
    // @ts-expect-error an undocumented status
    handle: () => ({ status: 200, body: { isbn: '1', title: 'A' } }),
    // @ts-expect-error a book has a title
    before: () => ({ body: { price: 1 } }),
    // @ts-expect-error the body of 201 is a book
    after: () => ({ status: 201, body: { message: 'done' } }),
  },
  updateBook: {
    // @ts-expect-error a status that is documented, without its body
    handle: async () => ({ status: 200 }),
    // @ts-expect-error there is no such parameter
    before: ({ parameters }) => void parameters.id,
  },
  removeBook: {
    // @ts-expect-error this operation has no body to go on with
    before: () => ({ body: { title: 'A' } }),
    // @ts-expect-error 204 has no body
    handle: () => ({ status: 204, body: 'gone' }),
  },
  listBooks: {
    // @ts-expect-error part of an answer may lack anything
    after: (_call, answer) => ({ ...answer, body: answer.body.filter(() => true) }),
    before: async ({ collections }) => {
      // @ts-expect-error there is no such collection
      void collections.authors;
      // @ts-expect-error a price is a number
      await collections.books.create({ title: 'A', price: '1' });
      // @ts-expect-error a title is a text
      await collections.books.update('1', { title: 1 });
    },
  },
} satisfies BooksHandlers;

const unknownHook = {
  // @ts-expect-error nobody runs it
  befor: () => undefined,
} satisfies BooksHandlers['removeBook'];

// @ts-expect-error every operation has its entry, so that a new one asks for what to do
const incomplete = { createBook: {} } satisfies BooksHandlers;

test('types of hooks', () => {
  void [right, handlers, wrong, unknownHook, incomplete];
});
