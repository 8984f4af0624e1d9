/**
 * Whether a plan that claims to be the best proves it, without a solver: the search is run again on the answers that
 * the plan carries, and must come to the same bounds.
 *
 * Cost    The search without the solving: rows, columns, and a pass over the entries for each answer.
 */
import type { TranchePlan } from '../problem/plan.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import { planTranches, replanTranches } from './plan-tranches.ts';
import { toReplayer } from './transcript.ts';

export type ProofCheck =
  /** The plan does not claim to be the best. */
  | { readonly kind: 'no-claim' }
  /** It claims to be, and carries nothing that shows it. */
  | { readonly kind: 'missing' }
  /** What it carries does not show it. */
  | { readonly kind: 'fails'; readonly text: string }
  /** Shown, but for the values that rest on the solver's word and say so. */
  | { readonly kind: 'proven'; readonly onWord: number };

/** Of a plan that `checkPlan` has found to hold. */
export function checkProof(problem: PlanningProblem, plan: TranchePlan): ProofCheck {
  const { status, levels, transcript, solver } = plan.certificate;
  if (status !== 'optimal') return { kind: 'no-claim' };
  if (transcript === undefined) return { kind: 'missing' };
  const replayer = toReplayer(solver, transcript);
  const { replan } = plan;
  const outcome =
    replan === undefined
      ? planTranches(problem, replayer)
      : replanTranches(problem, replan.previous, replan.changes, replayer);
  if (outcome.kind !== 'planned')
    return { kind: 'fails', text: `run again on its answers, the search comes to no plan (${outcome.kind})` };
  let onWord = 0;
  for (const [number, found] of outcome.plan.certificate.levels.entries()) {
    const name = `${found.objective} (${found.part})`;
    const claimed = levels[number];
    if (claimed === undefined || found.bound !== claimed.value)
      return {
        kind: 'fails',
        text: `${name}: its answers show ${found.bound ?? 'nothing'}, it claims ${claimed?.value ?? 'nothing'} to be the best`,
      };
    if (found.proof !== 'branch-and-bound') continue;
    if (claimed.proof !== 'branch-and-bound')
      return { kind: 'fails', text: `${name}: it claims a proof and has the solver's word alone` };
    onWord += 1;
  }
  return { kind: 'proven', onWord };
}
