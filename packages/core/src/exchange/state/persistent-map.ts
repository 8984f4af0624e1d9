/**
 * A map that never changes: every write answers a new map that shares all but a path with the old one.
 *
 * Law     Old maps stay as they were, so every earlier state of an exchange stays readable.
 *         Iteration is in code-unit order of the keys, whatever the order of the writes.
 * Cost    Lookup and write O(log n) comparisons; a write copies one path of at most 2.41 log2 n nodes, log2 n as a rule.
 * Why     Keys are chosen by the parties. A balanced tree over the keys themselves has no hash to attack.
 * Source  Weight-balanced trees: Nievergelt and Reingold 1973; the ratios 3 and 2 of Hirai and Yamamoto 2011.
 */
interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
  /** Pairs in this node and below it: what keeps the tree balanced. */
  readonly size: number;
}

export interface PersistentMap<K extends string, V> {
  readonly size: number;
  readonly root: Node<V> | undefined;
  /** Never present: keeps maps of different keys apart for the type checker. */
  readonly keys?: (key: K) => void;
}

const empty: PersistentMap<never, never> = { size: 0, root: undefined };

export function emptyMap<K extends string, V>(): PersistentMap<K, V> {
  return empty as unknown as PersistentMap<K, V>;
}

export function findIn<K extends string, V>(map: PersistentMap<K, V>, key: K): V | undefined {
  let node = map.root;
  while (node !== undefined) {
    if (key === node.key) return node.value;
    node = key < node.key ? node.left : node.right;
  }
  return undefined;
}

export function isIn<K extends string, V>(map: PersistentMap<K, V>, key: K): boolean {
  let node = map.root;
  while (node !== undefined) {
    if (key === node.key) return true;
    node = key < node.key ? node.left : node.right;
  }
  return false;
}

/** The value at a key that is there: a missing key is a broken invariant. */
export function getFrom<K extends string, V>(map: PersistentMap<K, V>, key: K): V {
  const found = findIn(map, key);
  if (found === undefined) throw new Error('A state refers to something that it does not hold.');
  return found;
}

export function setIn<K extends string, V>(map: PersistentMap<K, V>, key: K, value: V): PersistentMap<K, V> {
  const root = insert(map.root, key, value);
  return { size: root.size, root };
}

/** Every pair, keys in code-unit order. */
export function* pairsOf<K extends string, V>(map: PersistentMap<K, V>): Generator<readonly [K, V]> {
  const path: Node<V>[] = [];
  let node = map.root;
  while (node !== undefined || path.length > 0) {
    while (node !== undefined) {
      path.push(node);
      node = node.left;
    }
    const next = path.pop()!;
    yield [next.key as K, next.value];
    node = next.right;
  }
}

export function* valuesOf<K extends string, V>(map: PersistentMap<K, V>): Generator<V> {
  for (const [, value] of pairsOf(map)) yield value;
}

const sizeOf = <V>(node: Node<V> | undefined): number => (node === undefined ? 0 : node.size);

interface Pair<V> {
  readonly key: string;
  readonly value: V;
}

function join<V>(at: Pair<V>, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  return { key: at.key, value: at.value, left, right, size: 1 + sizeOf(left) + sizeOf(right) };
}

function insert<V>(node: Node<V> | undefined, key: string, value: V): Node<V> {
  if (node === undefined) return { key, value, left: undefined, right: undefined, size: 1 };
  if (key === node.key) return { key, value, left: node.left, right: node.right, size: node.size };
  return key < node.key
    ? balance(node, insert(node.left, key, value), node.right)
    : balance(node, node.left, insert(node.right, key, value));
}

/** No side outweighs the other more than threefold: with one at most twice the other, a single turn is enough. */
const weightRatioMax = 3;
const turnRatioMax = 2;

function balance<V>(at: Pair<V>, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  const [l, r] = [sizeOf(left) + 1, sizeOf(right) + 1];
  if (left !== undefined && l > weightRatioMax * r) {
    const inner = left.right;
    if (inner === undefined || sizeOf(inner) + 1 < turnRatioMax * (sizeOf(left.left) + 1)) {
      return join(left, left.left, join(at, inner, right));
    }
    return join(inner, join(left, left.left, inner.left), join(at, inner.right, right));
  }
  if (right !== undefined && r > weightRatioMax * l) {
    const inner = right.left;
    if (inner === undefined || sizeOf(inner) + 1 < turnRatioMax * (sizeOf(right.right) + 1)) {
      return join(right, join(at, left, inner), right.right);
    }
    return join(inner, join(at, left, inner.left), join(right, inner.right, right.right));
  }
  return join(at, left, right);
}
