/**
 * Clusters of records that are one person, by average linkage: two clusters join when the mean weight over all pairs
 * between them is above the threshold, so that one lucky pair cannot chain two people together.
 */

/** Gives the weight above threshold of any two records; asked only inside one component. */
export type GetGain = (a: number, b: number) => number;

/** Components with more records than this keep only their strong links; see {@link clusterComponent}. */
export const largestCluster = 1500;

/**
 * Clusters the records of one connected component.
 *
 * @param members record numbers, ascending
 * @param getGain weight minus threshold of a pair, negative when it speaks against; called once per pair
 * @returns groups of records, each ascending, in the order of their first record
 * Cost: O(n²) memory, O(n³) time in the worst case for n members, in practice near n² (nearest-neighbour chain).
 */
export function clusterComponent(members: readonly number[], getGain: GetGain): number[][] {
  const count = members.length;
  if (count === 2)
    return getGain(members[0]!, members[1]!) > 0 ? [[...members]] : members.map((one) => [one]);
  // sums[a][b]: total gain between clusters a and b.
  const sums = new Float64Array(count * count);
  for (let a = 0; a < count; a += 1)
    for (let b = a + 1; b < count; b += 1) {
      const gain = getGain(members[a]!, members[b]!);
      sums[a * count + b] = gain;
      sums[b * count + a] = gain;
    }
  const sizes = new Int32Array(count).fill(1);
  const alive = new Uint8Array(count).fill(1);
  const into = new Int32Array(count);
  for (let index = 0; index < count; index += 1) into[index] = index;
  const mean = (a: number, b: number): number => sums[a * count + b]! / (sizes[a]! * sizes[b]!);
  const chain: number[] = [];
  let first = 0;
  for (;;) {
    if (chain.length === 0) {
      while (first < count && alive[first] !== 1) first += 1;
      if (first >= count) break;
      chain.push(first);
    }
    const top = chain[chain.length - 1]!;
    const before = chain.length > 1 ? chain[chain.length - 2]! : -1;
    let best = before;
    let bestMean = before >= 0 ? mean(top, before) : 0;
    for (let other = 0; other < count; other += 1) {
      if (alive[other] !== 1 || other === top) continue;
      const value = mean(top, other);
      if (value > bestMean) {
        bestMean = value;
        best = other;
      }
    }
    if (best < 0 || bestMean <= 0) {
      // Nothing joins this cluster any more: it is finished and no longer anybody's neighbour.
      alive[top] = 2;
      chain.pop();
      continue;
    }
    if (best === before) {
      chain.pop();
      chain.pop();
      const keep = Math.min(top, best);
      const gone = Math.max(top, best);
      for (let other = 0; other < count; other += 1) {
        if (alive[other] !== 1 || other === keep || other === gone) continue;
        sums[keep * count + other]! += sums[gone * count + other]!;
        sums[other * count + keep] = sums[keep * count + other]!;
      }
      sizes[keep]! += sizes[gone]!;
      alive[gone] = 0;
      into[gone] = keep;
      if (keep < first) first = keep;
    } else chain.push(best);
  }
  const groups = new Map<number, number[]>();
  for (let index = 0; index < count; index += 1) {
    let root = index;
    while (into[root] !== root) root = into[root]!;
    const known = groups.get(root);
    if (known === undefined) groups.set(root, [members[index]!]);
    else known.push(members[index]!);
  }
  return [...groups.values()];
}
