import type { Format } from '../model/description.ts';

/** Where an emitted project keeps its data. */
export type ProjectStore = 'sqlite' | 'mongodb' | 'mongodb+elasticsearch';

/**
 * What everything around `src/` of an emitted project is made of: package.json, Dockerfile, manifests, README. Plain
 * data. Texts of the description are as given, and may hold anything; `name` and `port` are safe wherever they stand.
 */
export interface ProjectFacts {
  /**
   * Names the package, the image, and the objects of Kubernetes: a label of DNS, of at most 40 characters.
   *
   * @example 'bookstore-api'
   */
  readonly name: string;
  readonly title: string;
  readonly version?: string;
  readonly description?: string;
  readonly format: Format;
  /** The root file of the description, below `api/`: `bookstore.raml`. */
  readonly descriptionFile: string;
  readonly store: ProjectStore;
  /** That the service listens on, unless `PORT` says another. */
  readonly port: number;
  /** `''` or `/api`: what all paths begin with, unless `BASE_PATH` says another. */
  readonly basePath: string;
  /** The operations by the router that they stand in, both in the description's order. */
  readonly routers: readonly ProjectRouter[];
  /** The version of Cartouche that emits, which the project's own CI runs. */
  readonly cartouche: string;
}

/** One file of `src/routes`, and of `src/handlers`. */
export interface ProjectRouter {
  /** Without its ending: `books`. An identifier-like name, safe in paths. */
  readonly file: string;
  readonly operations: readonly ProjectOperation[];
}

export interface ProjectOperation {
  readonly id: string;
  /** `POST` */
  readonly method: string;
  /** As declared, without the base path: `/books/{isbn}`. */
  readonly path: string;
  /** A phrase of what it does, of the description or ours: `lists books`. */
  readonly does: string;
  /** Arguments of a `curl` that can be run as it is, not yet quoted for a shell; `http://localhost:3000` at its place. */
  readonly curl: readonly string[];
}
