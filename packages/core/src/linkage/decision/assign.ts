/**
 * One-to-one assignment: the pairs of greatest total weight such that nobody is matched twice, and for each pair the
 * margin by which the best assignment without it is worse.
 */

/** Candidate pairs as parallel lists; weights are gains above the review threshold, all positive. */
export interface CandidatePairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly gain: Float64Array;
}

/** The chosen pairs by their place in the candidates, ascending, with their margins in bits. */
export interface Assignment {
  readonly chosen: Int32Array;
  readonly margin: Float64Array;
  /** Components too large for the exact method; these were assigned greedily and their margins are lower bounds. */
  readonly approximate: number;
}

/** A component with more rows or columns than this is assigned greedily. */
const largestExact = 60;

/**
 * Maximum-weight assignment of a dense table with the option of leaving anyone out at gain 0 (Hungarian method with
 * potentials, O(n³)). `gains[row * columns + column]`, −Infinity where there is no candidate.
 *
 * @returns the column of each row, or −1
 */
export function assignExactly(gains: Float64Array, rows: number, columns: number): Int32Array {
  // Minimise cost = −gain over columns + one "nobody" column per row.
  const width = columns + rows;
  const cost = (row: number, column: number): number => {
    if (column >= columns) return column - columns === row ? 0 : 1e15;
    const gain = gains[row * columns + column]!;
    return gain === Number.NEGATIVE_INFINITY ? 1e15 : -gain;
  };
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const holder = new Int32Array(width + 1);
  const way = new Int32Array(width + 1);
  for (let row = 1; row <= rows; row += 1) {
    holder[0] = row;
    let current = 0;
    const least = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(width + 1);
    do {
      used[current] = 1;
      const held = holder[current]!;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let column = 1; column <= width; column += 1) {
        if (used[column] === 1) continue;
        const reduced = cost(held - 1, column - 1) - rowPotential[held]! - columnPotential[column]!;
        if (reduced < least[column]!) {
          least[column] = reduced;
          way[column] = current;
        }
        if (least[column]! < delta) {
          delta = least[column]!;
          next = column;
        }
      }
      for (let column = 0; column <= width; column += 1) {
        if (used[column] === 1) {
          rowPotential[holder[column]!]! += delta;
          columnPotential[column]! -= delta;
        } else least[column]! -= delta;
      }
      current = next;
    } while (holder[current] !== 0);
    do {
      const previous = way[current]!;
      holder[current] = holder[previous]!;
      current = previous;
    } while (current !== 0);
  }
  const out = new Int32Array(rows).fill(-1);
  for (let column = 1; column <= columns; column += 1)
    if (holder[column]! > 0) out[holder[column]! - 1] = column - 1;
  return out;
}

function getTotal(gains: Float64Array, columns: number, columnOf: Int32Array): number {
  let total = 0;
  for (let row = 0; row < columnOf.length; row += 1) {
    const column = columnOf[row]!;
    if (column >= 0) total += gains[row * columns + column]!;
  }
  return total;
}

/** Groups candidate pairs into connected components; returns the pairs' places, component after component. */
export function findComponents(pairs: CandidatePairs, leftRows: number, rightRows: number): Int32Array[] {
  const parent = new Int32Array(leftRows + rightRows);
  for (let node = 0; node < parent.length; node += 1) parent[node] = node;
  const find = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root]!;
    let step = node;
    while (parent[step] !== root) {
      const next = parent[step]!;
      parent[step] = root;
      step = next;
    }
    return root;
  };
  const count = pairs.left.length;
  for (let at = 0; at < count; at += 1) {
    const a = find(pairs.left[at]!);
    const b = find(leftRows + pairs.right[at]!);
    if (a !== b) parent[a < b ? b : a] = a < b ? a : b;
  }
  const sizes = new Int32Array(parent.length);
  const roots = new Int32Array(count);
  for (let at = 0; at < count; at += 1) {
    const root = find(pairs.left[at]!);
    roots[at] = root;
    sizes[root]! += 1;
  }
  const groups: Int32Array[] = [];
  const place = new Int32Array(parent.length).fill(-1);
  const fill = new Int32Array(parent.length);
  for (let at = 0; at < count; at += 1) {
    const root = roots[at]!;
    if (place[root] === -1) {
      place[root] = groups.length;
      groups.push(new Int32Array(sizes[root]!));
    }
    groups[place[root]!]![fill[root]!] = at;
    fill[root]! += 1;
  }
  return groups;
}

/** Assigns all candidates one-to-one, exactly inside each component of ordinary size. */
export function assignOneToOne(pairs: CandidatePairs, leftRows: number, rightRows: number): Assignment {
  const chosen: number[] = [];
  const margins: number[] = [];
  let approximate = 0;
  for (const component of findComponents(pairs, leftRows, rightRows)) {
    if (component.length === 1) {
      chosen.push(component[0]!);
      margins.push(pairs.gain[component[0]!]!);
      continue;
    }
    const rowOf = new Map<number, number>();
    const columnOf = new Map<number, number>();
    for (const at of component) {
      if (!rowOf.has(pairs.left[at]!)) rowOf.set(pairs.left[at]!, rowOf.size);
      if (!columnOf.has(pairs.right[at]!)) columnOf.set(pairs.right[at]!, columnOf.size);
    }
    const rows = rowOf.size;
    const columns = columnOf.size;
    if (rows > largestExact || columns > largestExact) {
      approximate += 1;
      assignGreedily(pairs, component, chosen, margins);
      continue;
    }
    const gains = new Float64Array(rows * columns).fill(Number.NEGATIVE_INFINITY);
    const placeOf = new Int32Array(rows * columns).fill(-1);
    for (const at of component) {
      const cell = rowOf.get(pairs.left[at]!)! * columns + columnOf.get(pairs.right[at]!)!;
      gains[cell] = pairs.gain[at]!;
      placeOf[cell] = at;
    }
    const best = assignExactly(gains, rows, columns);
    const total = getTotal(gains, columns, best);
    for (let row = 0; row < rows; row += 1) {
      const column = best[row]!;
      if (column < 0) continue;
      const cell = row * columns + column;
      const own = gains[cell]!;
      gains[cell] = Number.NEGATIVE_INFINITY;
      const without = getTotal(gains, columns, assignExactly(gains, rows, columns));
      gains[cell] = own;
      chosen.push(placeOf[cell]!);
      margins.push(Math.max(0, total - without));
    }
  }
  const order = chosen.map((_, index) => index).sort((a, b) => chosen[a]! - chosen[b]!);
  return {
    chosen: Int32Array.from(order, (index) => chosen[index]!),
    margin: Float64Array.from(order, (index) => margins[index]!),
    approximate,
  };
}

/** Best pair first; the margin is the gain less the best rival of either side, a lower bound of the exact one. */
function assignGreedily(
  pairs: CandidatePairs,
  component: Int32Array,
  chosen: number[],
  margins: number[],
): void {
  const order = Array.from(component).sort((a, b) => pairs.gain[b]! - pairs.gain[a]! || a - b);
  const leftTop = new Map<number, number[]>();
  const rightTop = new Map<number, number[]>();
  const note = (map: Map<number, number[]>, key: number, gain: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [gain]);
    else if (known.length < 2) known.push(gain);
  };
  for (const at of order) {
    note(leftTop, pairs.left[at]!, pairs.gain[at]!);
    note(rightTop, pairs.right[at]!, pairs.gain[at]!);
  }
  const rival = (tops: readonly number[], gain: number): number =>
    tops[0]! > gain ? tops[0]! : (tops[1] ?? 0);
  const usedLeft = new Set<number>();
  const usedRight = new Set<number>();
  for (const at of order) {
    const left = pairs.left[at]!;
    const right = pairs.right[at]!;
    if (usedLeft.has(left) || usedRight.has(right)) continue;
    usedLeft.add(left);
    usedRight.add(right);
    const gain = pairs.gain[at]!;
    chosen.push(at);
    margins.push(
      Math.max(0, gain - Math.max(rival(leftTop.get(left)!, gain), rival(rightTop.get(right)!, gain))),
    );
  }
}
