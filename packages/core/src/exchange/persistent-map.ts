/**
 * A map that never changes: every write answers a new map that shares all but a path with the old one.
 *
 * Law     Old maps stay as they were, so every earlier state of an exchange stays readable.
 *         Iteration is in code-unit order of the keys, whatever the order of the writes.
 * Cost    Lookup and write O(log n) comparisons; a write copies one path of at most 1.44 log2 n nodes.
 * Why     Keys are chosen by the parties. A balanced tree over the keys themselves has no hash to attack.
 * Source  Adelson-Velsky and Landis 1962, with path copying.
 */
interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
  readonly height: number;
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
  const known = isIn(map, key);
  return { size: known ? map.size : map.size + 1, root: insert(map.root, key, value) };
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

const heightOf = <V>(node: Node<V> | undefined): number => (node === undefined ? 0 : node.height);

function join<V>(
  at: { readonly key: string; readonly value: V },
  left: Node<V> | undefined,
  right: Node<V> | undefined,
): Node<V> {
  const height = 1 + Math.max(heightOf(left), heightOf(right));
  return { key: at.key, value: at.value, left, right, height };
}

function insert<V>(node: Node<V> | undefined, key: string, value: V): Node<V> {
  if (node === undefined) return { key, value, left: undefined, right: undefined, height: 1 };
  if (key === node.key) return { key, value, left: node.left, right: node.right, height: node.height };
  return key < node.key
    ? balance(node, insert(node.left, key, value), node.right)
    : balance(node, node.left, insert(node.right, key, value));
}

function balance<V>(at: Node<V>, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  const lean = heightOf(left) - heightOf(right);
  if (lean > 1) {
    const l = left!;
    if (heightOf(l.left) >= heightOf(l.right)) return join(l, l.left, join(at, l.right, right));
    const m = l.right!;
    return join(m, join(l, l.left, m.left), join(at, m.right, right));
  }
  if (lean < -1) {
    const r = right!;
    if (heightOf(r.right) >= heightOf(r.left)) return join(r, join(at, left, r.left), r.right);
    const m = r.left!;
    return join(m, join(at, left, m.left), join(r, m.right, r.right));
  }
  return join(at, left, right);
}
