/** How the indexes that a command makes lie on their servers. */
export interface IndexShape {
  /** Primary shards of each. Default: 1. */
  readonly searchShards?: number;
  /** Copies of each shard. Default: one as soon as there is a second node. */
  readonly searchReplicas?: number;
}

/** The same, as a store with an index takes it. */
export function shapeOf({ searchShards, searchReplicas }: IndexShape): {
  readonly shards?: number;
  readonly replicas?: number;
} {
  return {
    ...(searchShards !== undefined && { shards: searchShards }),
    ...(searchReplicas !== undefined && { replicas: searchReplicas }),
  };
}
