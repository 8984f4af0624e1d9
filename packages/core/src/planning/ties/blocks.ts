/**
 * Who may swap places at all: blocks that move whole, gathered by what the objectives see of them.
 *
 * Law     spec/planning.md [PL-24]: the order in which those of a bucket should go.
 * Cost    One pass over the persons in order of captivity; one sort of each bucket in which some move as one
 *         or are tied to others.
 */
import type { Roster } from '../problem/roster.ts';
import { objectiveKindOf } from '../objectives/index.ts';
import type { Binding } from '../rules/binder.ts';
import { getAlikeKinds } from './alike.ts';
import { toCaptivityOrder } from '../formulation/cells.ts';

/** One person, or those who move as one. */
export interface Block {
  /** Person numbers, ascending. */
  readonly members: readonly number[];
  /** Equal for blocks that neither a rule nor an objective other than captivity tells apart. */
  readonly kind: number;
}

/** Blocks that only captivity and the rules may tell apart, in the order in which they should go. */
export type Bucket = readonly Block[];

/** The buckets in which two could swap places: those of more than one block. */
export function toBuckets(roster: Roster, binding: Binding): readonly Bucket[] {
  const kinds = getAlikeKinds(roster);
  const details = new Map(
    roster.objectives
      .filter(({ kind }) => objectiveKindOf(kind).swaps !== 'places')
      .flatMap((objective) => objectiveKindOf(objective.kind).details(objective, roster))
      .map((detail) => [detail.name, [detail, new Map<number, number>()] as const]),
  );
  /** Equal for persons whom no objective on its own tells apart. */
  const toSort = (index: number): number => {
    const person = roster.persons[index];
    let sort = 0;
    if (person === undefined) return sort;
    for (const [{ size, of }, numbers] of details.values()) {
      const key = sort * size + of(person, index);
      const known = numbers.get(key);
      if (known === undefined) numbers.set(key, (sort = numbers.size));
      else sort = known;
    }
    return sort;
  };
  const buckets = new Map<number | string, Block[]>();
  const put = (key: number | string, block: Block): void => {
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [block]);
    else bucket.push(block);
  };
  const units = new Map<number, number[]>();
  // In this order those who go alone come as they should go.
  for (const index of toCaptivityOrder(roster)) {
    if (roster.persons[index]?.group !== undefined) continue;
    const root = binding.unitOf[index] ?? index;
    const kind = kinds[index] ?? 0;
    const unit = units.get(root);
    if (unit !== undefined) unit.push(index);
    else if (kind < 0) units.set(root, [index]);
    else if (roster.persons[index]?.ineligible === undefined) put(toSort(index), { members: [index], kind });
  }
  const isSorted = new Set(buckets.keys());
  for (const members of units.values()) {
    if (members.some((index) => roster.persons[index]?.ineligible !== undefined)) continue;
    const sorts = members.map(toSort).sort((a, b) => a - b);
    const key = sorts.length === 1 ? (sorts[0] ?? 0) : sorts.join(' ');
    put(key, { members: members.sort((a, b) => a - b), kind: kinds[members[0] ?? 0] ?? 0 });
    isSorted.delete(key);
  }
  for (const [key, bucket] of buckets) if (!isSorted.has(key)) sortBlocks(roster, bucket);
  return [...buckets.values()].filter(({ length }) => length > 1);
}

/** More days in all first, then the longest of them, then by entry id. */
function sortBlocks(roster: Roster, blocks: Block[]): void {
  const days = new Map(
    blocks.map((block) => [
      block,
      block.members.map((index) => roster.persons[index]?.days ?? 0).sort((a, b) => b - a),
    ]),
  );
  const sums = new Map([...days].map(([block, own]) => [block, own.reduce((sum, day) => sum + day, 0)]));
  blocks.sort((one, other) => {
    const more = (sums.get(other) ?? 0) - (sums.get(one) ?? 0);
    if (more !== 0) return more;
    const [mine = [], theirs = []] = [days.get(one), days.get(other)];
    for (const [at, day] of mine.entries()) if (day !== theirs[at]) return (theirs[at] ?? 0) - day;
    return (one.members[0] ?? 0) - (other.members[0] ?? 0);
  });
}
