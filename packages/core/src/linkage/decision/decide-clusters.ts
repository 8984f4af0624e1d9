/** Decides over scored pairs of one list: clusters by average linkage, then every pair inside a cluster. */
import { estimateBlockingRecall } from '../blocking/blocking-recall.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { Model } from '../model/model.ts';
import { getLevels, getPairWeight, type ScoredRange, type ScoringPlan } from '../scoring/scoring.ts';
import { clusterComponent, largestCluster } from './cluster.ts';
import { sortPairs, type LinkedPair, type LinkResult } from './result.ts';
import { defaultSettings, toOdds, toProbability, type LinkSettings } from './settings.ts';

export interface DedupeResult extends LinkResult {
  /** Groups of two or more records that are one person, by row, in the order of their first id. */
  readonly clusters: readonly (readonly number[])[];
}

/** Decides over scored pairs of one list: clusters by average linkage, then every pair inside a cluster. */
export function decideClusters(
  comparison: Comparison,
  plan: ScoringPlan,
  model: Model,
  scored: ScoredRange,
  settings: LinkSettings,
): DedupeResult {
  const threshold = toOdds(settings.threshold ?? defaultSettings.clusterThreshold);
  const rows = plan.leftRows;
  const levels = new Uint8Array(plan.fields.length);
  const getWeight = (a: number, b: number): number => {
    getLevels(plan, a, b, levels);
    return getPairWeight(plan, a, b, levels);
  };
  const clusters: number[][] = [];
  let cut = threshold;
  for (const members of findMembers(scored, rows, cut)) {
    let parts: number[][] = [members];
    cut = threshold;
    // A component too large to cluster at once is first parted by its stronger links.
    while (parts.some((part) => part.length > largestCluster) && cut < threshold + 60) {
      cut += 5;
      const inside = cut;
      parts = parts.flatMap((part) =>
        part.length > largestCluster ? splitMembers(part, scored, rows, inside) : [part],
      );
    }
    for (const part of parts)
      for (const group of part.length > largestCluster
        ? [part]
        : clusterComponent(part, (a, b) => clampGain(getWeight(a, b) - threshold)))
        if (group.length > 1) clusters.push(group);
  }
  clusters.sort((a, b) => a[0]! - b[0]!);
  const clusterOf = new Int32Array(rows).fill(-1);
  for (const [index, group] of clusters.entries()) for (const row of group) clusterOf[row] = index;
  const pairs: LinkedPair[] = [];
  for (const group of clusters)
    for (let a = 0; a < group.length; a += 1)
      for (let b = a + 1; b < group.length; b += 1) {
        const weight = getWeight(group[a]!, group[b]!);
        pairs.push({
          left: group[a]!,
          right: group[b]!,
          probability: toProbability(weight),
          weight,
          decision: 'match',
          margin: weight - threshold,
        });
      }
  let review = 0;
  for (let at = 0; at < scored.left.length; at += 1) {
    const left = scored.left[at]!;
    const right = scored.right[at]!;
    if (clusterOf[left] !== -1 && clusterOf[left] === clusterOf[right]) continue;
    const weight = scored.weight[at]!;
    review += 1;
    pairs.push({
      left,
      right,
      probability: toProbability(weight),
      weight,
      decision: 'review',
      margin: weight - threshold,
    });
  }
  sortPairs(pairs);
  let inClusters = 0;
  for (const group of clusters) inClusters += group.length;
  return {
    pairs,
    clusters,
    coverage: {
      leftPersons: rows,
      rightPersons: rows,
      comparedPairs: scored.compared,
      lostPairs: Math.round(scored.lost),
      keyless: scored.keyless,
      blockingRecall: estimateBlockingRecall(comparison.fields, plan.blocking, model),
      matched: pairs.length - review,
      review,
      leftOnly: rows - inClusters,
      rightOnly: rows - inClusters,
    },
    model,
    leftIds: comparison.left.ids,
    rightIds: comparison.left.ids,
    compared: comparison.fields.map(({ name, kind }) => ({ name, kind })),
    ignored: comparison.left.ignored,
    comparison,
    plan,
    settings,
  };
}

/** One pair's evidence is never allowed to outvote a whole cluster's. */
const clampGain = (gain: number): number => (gain > 20 ? 20 : gain < -20 ? -20 : gain);

function findMembers(scored: ScoredRange, rows: number, cut: number): number[][] {
  const all = Array.from({ length: rows }, (_, row) => row);
  return splitMembers(all, scored, rows, cut);
}

/** Connected components of some records by the links of at least `cut`; single records are left out. */
function splitMembers(
  members: readonly number[],
  scored: ScoredRange,
  rows: number,
  cut: number,
): number[][] {
  const parent = new Int32Array(rows).fill(-1);
  for (const member of members) parent[member] = member;
  const find = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root]!;
    while (parent[node] !== root) {
      const next = parent[node]!;
      parent[node] = root;
      node = next;
    }
    return root;
  };
  for (let at = 0; at < scored.left.length; at += 1) {
    const left = scored.left[at]!;
    const right = scored.right[at]!;
    if (scored.weight[at]! < cut || parent[left] === -1 || parent[right] === -1) continue;
    const a = find(left);
    const b = find(right);
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, number[]>();
  for (const member of members) {
    const root = find(member);
    const known = groups.get(root);
    if (known === undefined) groups.set(root, [member]);
    else known.push(member);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
