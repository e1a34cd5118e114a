/**
 * Cartouche as a library: read a description, open a store, serve it from any Express 5 application.
 *
 * @example
 * import { createApp, createServer, openSqliteStore, plantSeeds, readSpec } from 'cartouche';
 *
 * const { model, diagnostics } = await readSpec('api.raml');
 * if (!model) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
 * const store = await openSqliteStore('api.db', model);
 * await plantSeeds(model, store);
 * const server = createServer(createApp(model, { store }));
 * server.http.listen(3000);
 */

export { bySeverity, type Frames, type Paint, renderDiagnostic, type Style } from './diagnostics/render.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './diagnostics.ts';
export { ApiError, type ErrorCode, type Violation } from './errors.ts';
export type * from './model/description.ts';
export type * from './model/types.ts';
export type * from './query/types.ts';
export { type AppOptions, createApp } from './runtime/app.ts';
export type { LogEntry } from './runtime/log.ts';
export { plantSeeds } from './runtime/seeds.ts';
export { type ApiServer, createServer, type ServerLimits } from './runtime/server.ts';
export { type ReadSpecOptions, type ReadSpecResult, readSpec } from './spec/read.ts';
export * from './stores/contract.ts';
export type { MongoOptions } from './stores/mongo/options.ts';
export { openMongoStore } from './stores/mongo/store.ts';
export { type SearchedStore, type SearchOptions, withSearch } from './stores/search/store.ts';
export { openSqliteStore, type SqliteOptions } from './stores/sqlite/store.ts';
