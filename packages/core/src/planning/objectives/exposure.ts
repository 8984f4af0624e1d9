/** How many others a person who drops out would hold back: through packages and families, transitively. */
import { toOpenPlaces } from '../rules/binding.ts';
import { perRoster } from '../problem/per-roster.ts';
import { getPersons, type Roster } from '../problem/roster.ts';

/**
 * For each person, how many others, who could go, the rules hold back when that one drops out: transitively.
 *
 * Cost    Persons held back with one another form one component (strongly connected component); a package forms its
 *         own, between its companions and its heads: as many arrows as names. What components reach is counted for
 *         32 of them at a time.
 */
export const toExposure: (roster: Roster) => Int32Array = perRoster((roster) => {
  const size = roster.persons.length;
  const parent: number[] = Array.from({ length: size }, (_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? at] ?? at;
    return at;
  };
  const packages: (readonly [companions: readonly number[], heads: readonly number[]])[] = [];
  for (const rule of roster.problem.rules) {
    if (rule.kind === 'package' && rule.form === 'only-with') {
      packages.push([getPersons(roster, rule.with), getPersons(roster, rule.persons)]);
    } else if (rule.kind === 'package' || rule.kind === 'family') {
      if (rule.form === 'wish') continue;
      const members = getPersons(roster, rule.persons).filter((index) => {
        const person = roster.persons[index];
        return rule.kind === 'package' || (person !== undefined && person.ineligible === undefined);
      });
      for (const index of members) parent[find(index)] = find(members[0] ?? index);
    }
  }
  // Nodes are persons at the root of those they move with, and one for each package after all persons.
  const arrows = new Map<number, number[]>();
  const point = (from: number, to: number): void => {
    const list = arrows.get(from);
    if (list === undefined) arrows.set(from, [to]);
    else list.push(to);
  };
  packages.forEach(([companions, heads], number) => {
    for (const root of new Set(companions.map(find))) point(root, size + number);
    for (const root of new Set(heads.map(find))) point(size + number, root);
  });
  // Who can never go is held back by nobody.
  const off = roster.trancheCount;
  const open = toOpenPlaces(roster);
  const canGo = (index: number): number =>
    open.subarray(index * off, index * off + off).includes(1) ? 1 : 0;
  const weights = new Int32Array(size);
  for (let index = 0; index < size; index += 1) {
    const root = find(index);
    weights[root] = (weights[root] ?? 0) + canGo(index);
  }
  const reached = countReached(arrows, weights);
  return Int32Array.from({ length: size }, (_, index) => {
    const root = find(index);
    return (reached.get(root) ?? weights[root] ?? 1) - canGo(index);
  });
});

/** For each node that an arrow touches: the sum of the weights of all nodes that it reaches, its own included. */
function countReached(
  arrows: ReadonlyMap<number, readonly number[]>,
  weights: Int32Array,
): ReadonlyMap<number, number> {
  // Components of nodes that reach each other come out with whatever they reach already behind them.
  const { componentOf, count } = findComponents(arrows);
  const weightOf = new Float64Array(count);
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const [node, component] of componentOf) {
    weightOf[component] = (weightOf[component] ?? 0) + (weights[node] ?? 0);
    for (const to of arrows.get(node) ?? []) {
      const other = componentOf.get(to) ?? component;
      if (other !== component) next[component]?.push(other);
    }
  }
  // Bits of one word stand for components of equal weight, so that counting bits is enough.
  const targets = Array.from(weightOf.keys())
    .filter((component) => (weightOf[component] ?? 0) > 0)
    .sort((one, other) => (weightOf[one] ?? 0) - (weightOf[other] ?? 0) || one - other);
  const sums = new Float64Array(count);
  const masks = new Int32Array(count);
  for (let from = 0; from < targets.length;) {
    const weight = weightOf[targets[from] ?? 0] ?? 0;
    let until = from;
    masks.fill(0);
    while (until < targets.length && until - from < 32 && weightOf[targets[until] ?? 0] === weight) {
      masks[targets[until] ?? 0] = 1 << (until - from);
      until += 1;
    }
    for (let component = 0; component < count; component += 1) {
      let mask = masks[component] ?? 0;
      for (const other of next[component] ?? []) mask |= masks[other] ?? 0;
      masks[component] = mask;
      sums[component] = (sums[component] ?? 0) + weight * countBits(mask);
    }
    from = until;
  }
  return new Map([...componentOf].map(([node, component]) => [node, sums[component] ?? 0]));
}

function countBits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Strongly connected components, each numbered after all that it reaches (Tarjan 1972, without recursion). */
function findComponents(arrows: ReadonlyMap<number, readonly number[]>): {
  readonly componentOf: ReadonlyMap<number, number>;
  readonly count: number;
} {
  const seen = new Map<number, number>();
  const low = new Map<number, number>();
  const componentOf = new Map<number, number>();
  const open: number[] = [];
  let count = 0;
  for (const start of arrows.keys()) {
    if (seen.has(start)) continue;
    const path: { readonly node: number; at: number }[] = [{ node: start, at: 0 }];
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const { node } = here;
      if (here.at === 0) {
        seen.set(node, seen.size);
        low.set(node, seen.get(node) ?? 0);
        open.push(node);
      }
      const to = arrows.get(node)?.[here.at];
      here.at += 1;
      if (to !== undefined) {
        if (!seen.has(to)) path.push({ node: to, at: 0 });
        else if (!componentOf.has(to)) low.set(node, Math.min(low.get(node) ?? 0, seen.get(to) ?? 0));
        continue;
      }
      path.pop();
      const before = path.at(-1)?.node;
      if (before !== undefined) low.set(before, Math.min(low.get(before) ?? 0, low.get(node) ?? 0));
      if (low.get(node) !== seen.get(node)) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        componentOf.set(member, count);
        if (member === node) break;
      }
      count += 1;
    }
  }
  return { componentOf, count };
}
