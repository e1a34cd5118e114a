import type { Operation, PathItem } from '../model/description.ts';
import type { ApiModel, Binding, Resource } from '../model/types.ts';
import type { Cursors } from '../query/cursor.ts';
import type { Collection, Refresh, Store } from '../stores/contract.ts';
import type { Exchange } from './exchange.ts';
import type { Answer } from './present/answer.ts';
import type { DescriptionPaths } from './present/relations.ts';
import { isPromise } from './promise.ts';
import type { Validator } from './validation/validator.ts';

/** Answers one request. Throws or rejects with `ApiError`, `StoreError`, or by mistake. */
export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

/** A handler whose answers go through `change`, without a promise where there was none. */
export function afterwards(handle: Handler, change: (answer: Answer) => Answer): Handler {
  return (exchange) => {
    const answer = handle(exchange);
    return isPromise(answer) ? answer.then(change) : change(answer);
  };
}

/** What all operations of an application share. */
export interface Service {
  readonly model: ApiModel;
  readonly store: Store;
  /** Base path without a trailing slash; '' at the root. */
  readonly base: string;
  readonly readOnly: boolean;
  /** When writes resolve; absent: as the store was told to. */
  readonly refresh?: Refresh;
  /** Longest request body in bytes. */
  readonly bodyLimit: number;
  readonly descriptionPaths: DescriptionPaths;
  readonly cursors: Cursors;
  /** Loaded on first use, then the same one. */
  validator(): Promise<Validator>;
}

/** One operation while it is compiled. */
export interface OperationContext {
  readonly service: Service;
  readonly binding: Binding;
  readonly item: PathItem;
  readonly operation: Operation;
  /** Names of the path's parameters, in order: the positions of `Exchange.values`. */
  readonly parameters: readonly string[];
  /** Throws for an answer that does not fit the description; asked before a write, so that nothing has happened. */
  readonly refuse?: (answer: Answer) => void;
}

/** A resource with its collection. */
export interface Stored {
  readonly resource: Resource;
  readonly collection: Collection;
}

/** Throws `TypeError` for a name that the model lacks: its bindings and resources then contradict each other. */
export function storedResource(service: Service, name: string): Stored {
  const resource = service.model.resources.find((candidate) => candidate.name === name);
  if (!resource) throw new TypeError(`the model has no resource "${name}"`);
  const collection = service.store.collection(name);
  return { resource, collection: (service.refresh && collection.refreshing?.(service.refresh)) ?? collection };
}
