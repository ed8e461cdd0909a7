import type { Disposition } from '../../domain/session.js';

/** A disposition during editing. `id` distinguishes rows with equal or empty codes. */
export interface DispositionNode {
  id: number;
  code: string;
  label: string;
  children: readonly DispositionNode[];
}

type Nodes = readonly DispositionNode[];

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The rows of a tree. Empty for a value that is no tree. */
export function nodesOf(tree: unknown, nextId: () => number): Nodes {
  if (!Array.isArray(tree)) return [];
  return tree.map((node: Partial<Record<keyof Disposition, unknown>> | null) => ({
    id: nextId(),
    code: word(node?.code),
    label: word(node?.label),
    children: nodesOf(node?.children, nextId),
  }));
}

/** The dispositions of all rows that have text. */
export const treeOf = (nodes: Nodes): readonly Disposition[] =>
  nodes
    .map(({ code, label, children }) => ({ code, label, children: treeOf(children) }))
    .filter(({ code, label, children }) => code || label || children.length > 0)
    .map(({ children, ...node }) => (children.length > 0 ? { ...node, children } : node));

export const codesOf = (nodes: Nodes): readonly string[] =>
  nodes.flatMap(({ code, children }) => [code, ...codesOf(children)]);

export const edited = (nodes: Nodes, id: number, change: Partial<DispositionNode>): Nodes =>
  nodes.map((node) =>
    node.id === id ? { ...node, ...change } : { ...node, children: edited(node.children, id, change) },
  );

export const removed = (nodes: Nodes, id: number): Nodes =>
  nodes.filter((node) => node.id !== id).map((node) => ({ ...node, children: removed(node.children, id) }));

/** Inserts a row under a parent, or at the top level. */
export const inserted = (nodes: Nodes, parent: number | undefined, row: DispositionNode): Nodes =>
  parent === undefined
    ? [...nodes, row]
    : nodes.map((node) => ({
        ...node,
        children: node.id === parent ? [...node.children, row] : inserted(node.children, parent, row),
      }));
