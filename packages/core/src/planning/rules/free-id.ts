/** Ids of rules that planning adds itself. */
import type { RuleId } from '../problem/problem.ts';

/** An id that no rule has: the one wished, or else the wish with the first number that makes it one. */
export function toFreeId(taken: ReadonlySet<RuleId>, wish: string): RuleId {
  let id = wish;
  for (let number = 2; taken.has(id); number += 1) id = `${wish} (${number})`;
  return id;
}
