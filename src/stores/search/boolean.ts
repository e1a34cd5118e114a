/**
 * Conditions before they are `bool` queries. Elasticsearch refuses more than 30 of those within each other, so that
 * conditions of one kind are flattened into one, and a `not` becomes part of the `and` around it.
 */
import { StoreError } from '../contract.ts';

/** A part of Elasticsearch's query DSL. */
export type Clause = Readonly<Record<string, unknown>>;

export type Node =
  | { readonly kind: 'leaf'; readonly clause: Clause }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly Node[] }
  | { readonly kind: 'not'; readonly node: Node };

export function leaf(clause: Clause): Node {
  return { kind: 'leaf', clause };
}

/** Of nothing: everything. */
export function allOf(nodes: readonly Node[]): Node {
  const parts = nodes.flatMap((node) => (node.kind === 'and' ? node.nodes : [node]));
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'and', nodes: parts };
}

/** Of nothing: nothing. */
export function anyOf(nodes: readonly Node[]): Node {
  const parts = nodes.flatMap((node) => (node.kind === 'or' ? node.nodes : [node]));
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'or', nodes: parts };
}

export function not(node: Node): Node {
  if (node.kind === 'not') return node.node;
  return node.kind === 'or' ? allOf(node.nodes.map(not)) : { kind: 'not', node };
}

export const none: Node = { kind: 'or', nodes: [] };

const deepest = 28;

/** Throws `StoreError` `too-many` for what is nested too deeply. */
export function render(node: Node, depth = 0): Clause {
  if (depth > deepest) {
    throw new StoreError('too-many', `Conditions within conditions go more than ${deepest} levels deep.`);
  }
  switch (node.kind) {
    case 'leaf':
      return node.clause;
    case 'not':
      return { bool: { must_not: [render(node.node, depth + 1)] } };
    case 'or': {
      if (node.nodes.length === 0) return { match_none: {} };
      return { bool: { should: node.nodes.map((each) => render(each, depth + 1)), minimum_should_match: 1 } };
    }
    case 'and': {
      if (node.nodes.length === 0) return { match_all: {} };
      const filter = node.nodes.filter((each) => each.kind !== 'not').map((each) => render(each, depth + 1));
      const mustNot = node.nodes.flatMap((each) => (each.kind === 'not' ? [render(each.node, depth + 1)] : []));
      return { bool: { ...(filter.length > 0 && { filter }), ...(mustNot.length > 0 && { must_not: mustNot }) } };
    }
  }
}
