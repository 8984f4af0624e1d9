/**
 * Who must go along when a person is moved: those whom rules tie to the person by name, and whom these tie in turn.
 *
 * Cost    For each person moved, the names in the rules that name that one; at most `companyMax` persons.
 */
import type { MoveJudge, Moves } from './judge-moves.ts';
import type { Rule } from '../problem/problem.ts';
import { type Positions, type Roster } from '../problem/roster.ts';

/** More who hang on one person than this are not followed: the rules that tie them are named instead. */
const companyMax = 500;

/**
 * Everyone who must move when the person goes in the tranche; undefined when the plan cannot simply be moved.
 * The rules of `left` tie nobody.
 */
export function toCompany(
  ground: { readonly roster: Roster; readonly positions: Positions; readonly judge: MoveJudge },
  index: number,
  tranche: number,
  left: readonly Rule[],
): Moves | undefined {
  const { roster, positions, judge } = ground;
  const off = roster.trancheCount;
  const moves = new Map([[index, tranche]]);
  const at = (other: number): number => moves.get(other) ?? positions[other] ?? off;
  const queue = [index];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const rule of judge.named.get(next) ?? []) {
      if (left.includes(rule)) continue;
      if ('persons' in rule && rule.kind !== 'must-go' && judge.members(rule.persons).size > companyMax)
        return undefined;
      const must: number[] = [];
      if (
        (rule.kind === 'package' && rule.form === 'together') ||
        (rule.kind === 'family' && rule.form === 'together')
      ) {
        const isFamily = rule.kind === 'family';
        for (const other of judge.members(rule.persons))
          if (!isFamily || roster.persons[other]?.ineligible === undefined) must.push(other);
      } else if (rule.kind === 'package') {
        const isByThen = rule.timing === 'by-then';
        if (judge.members(rule.persons).has(next)) {
          for (const other of judge.members(rule.with))
            if (isByThen ? at(other) > tranche : at(other) !== tranche) must.push(other);
        } else if (!isByThen) {
          for (const other of judge.members(rule.persons))
            if (at(other) < off && at(other) !== tranche) must.push(other);
        }
      }
      for (const other of must) {
        if (at(other) === tranche) continue;
        if (moves.size >= companyMax) return undefined;
        moves.set(other, tranche);
        queue.push(other);
      }
    }
  }
  return moves;
}
