/** The description that the table of changes edits. Its lines are the places that the table names. */
export const shop = `openapi: 3.1.0
info: { title: Shop, version: "1" }
servers:
  - url: https://shop.example/v1
security:
  - key: []
paths:
  /books:
    parameters:
      - { name: X-Trace, in: header, schema: { type: string } }
    get:
      operationId: listBooks
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: 20, maximum: 100 } }
        - { name: sort, in: query, schema: { type: array, items: { type: string } } }
        - { name: shelf, in: query, required: true, schema: { type: string } }
      responses:
        "200":
          description: Books.
          headers:
            X-Total: { required: true, schema: { type: integer } }
            X-Page: { schema: { type: integer } }
          content:
            application/json: { schema: { type: array, items: { $ref: "#/components/schemas/BookAnswer" } } }
            text/csv: {}
        "404": { description: No shelf. }
    post:
      operationId: createBook
      security:
        - login: [write, admin]
      requestBody:
        content:
          application/json: { schema: { $ref: "#/components/schemas/BookRequest" } }
          application/xml: {}
      responses:
        "201": { description: Made. }
  /books/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getBook
      responses:
        "200":
          description: A book.
          content:
            application/json: { schema: { $ref: "#/components/schemas/BookAnswer" } }
    put:
      operationId: replaceBook
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/BookRequest" } }
      responses:
        "200":
          description: Replaced.
          content:
            application/json: { schema: { $ref: "#/components/schemas/BookAnswer" } }
    delete:
      operationId: removeBook
      deprecated: true
      security: []
      responses:
        "204": { description: Gone. }
  /ping:
    get:
      operationId: ping
      responses:
        "200": { description: Pong. }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example/token
          scopes: { read: Read., write: Write., admin: Manage. }
  schemas:
    BookRequest:
      type: object
      required: [title, price]
      properties:
        title: { type: string, minLength: 1, maxLength: 200 }
        price: { type: number, minimum: 0 }
        pages: { type: [integer, "null"] }
        currency: { type: string, enum: [EUR, USD], default: EUR }
        isbn: { type: string, pattern: "^[0-9]{13}$" }
        published: { type: string, format: date }
        notes: { type: string }
        made: { type: string, readOnly: true }
        cover: { oneOf: [{ $ref: "#/components/schemas/Image" }, { $ref: "#/components/schemas/Link" }] }
        tags: { type: array, items: { type: string }, maxItems: 10 }
        size: { type: integer, format: int32 }
    BookAnswer:
      type: object
      required: [title, price]
      properties:
        title: { type: string, minLength: 1, maxLength: 200 }
        price: { type: number, minimum: 0 }
        pages: { type: [integer, "null"] }
        currency: { type: string, enum: [EUR, USD], default: EUR }
        isbn: { type: string, pattern: "^[0-9]{13}$" }
        published: { type: string, format: date }
        notes: { type: string }
        secret: { type: string, writeOnly: true }
        cover: { oneOf: [{ $ref: "#/components/schemas/Image" }, { $ref: "#/components/schemas/Link" }] }
        tags: { type: array, items: { type: string }, maxItems: 10 }
        size: { type: integer, format: int32 }
    Image: { type: object, additionalProperties: false, properties: { file: { type: string } } }
    Link: { type: object, properties: { url: { type: string } } }
    Video: { type: object, properties: { stream: { type: string } } }
`;
