/**
 * From a plan to the proposals that carry it: one body of `TrancheProposed` for each tranche that somebody goes in.
 *
 * Law     No proposal is made of a plan that the independent checker does not accept for this very problem.
 *         Persons stand in the order of boarding: the longest in captivity first, ties by entry id.
 */
import type { Bodies, EntryId, LegId, PayloadHash, TrancheId } from '../exchange/index.ts';
import {
  checkPlan,
  type Place,
  type PlanningPerson,
  type PlanningProblem,
  type TranchePlan,
} from '../planning/index.ts';
import { err, ok, type Result } from '../result.ts';
import type { ChoiceFault } from './fault.ts';
import type { Choice } from './problem.ts';
import { trancheId } from './rules-of-terms.ts';

export type Proposal = Bodies['TrancheProposed'];

/**
 * The proposals of a plan, by the number of the tranche.
 *
 * @param ids The id of each tranche that the plan may fill, by number: new ones, or those of tranches to be revised
 * @param paper Where the plan and its reasons are laid open, if they are
 */
export function toProposals(
  problem: PlanningProblem,
  plan: TranchePlan,
  ids: ReadonlyMap<number, TrancheId>,
  paper?: PayloadHash,
): Result<readonly Proposal[], ChoiceFault> {
  const unnamed = plan.counted.find(({ count }) => count > 0);
  if (unnamed !== undefined) {
    return err({ kind: 'PersonsUnnamed', group: unnamed.group });
  }
  const { isHolding, faults } = checkPlan(problem, plan);
  if (!isHolding) {
    return err({ kind: 'PlanUnsound', faults: faults.map(({ text }) => `${text}.`) });
  }
  const foreign = problem.tranches.find(({ id }) => numberOf(id) === undefined);
  if (foreign !== undefined) {
    return err({ kind: 'TrancheUnnumbered', tranche: foreign.id });
  }
  const proposals: Proposal[] = [];
  for (const [number, persons] of personsByTranche(problem, choiceFrom(plan.places))) {
    const tranche = ids.get(number);
    if (tranche === undefined) {
      return err({ kind: 'TrancheIdMissing', number });
    }
    proposals.push({ tranche, number, persons, ...(paper === undefined ? {} : { plan: paper }) });
  }
  return ok(proposals);
}

/** The choice that the places of a plan amount to; of tranches that `toProblem` named. */
export function choiceFrom(places: readonly Place[]): Choice {
  return new Map(places.map(({ person, tranche }) => [person as EntryId, numberOf(tranche) ?? 0]));
}

/** The number in the name of a tranche; undefined for a name that no terms gave. */
function numberOf(tranche: string): number | undefined {
  const number = Number(tranche.slice(trancheId(0).length - 1));
  return trancheId(number) === tranche ? number : undefined;
}

/** Everybody of a choice by tranche and leg, in the order of boarding. Legs on which nobody goes are left out. */
export function personsByTranche(
  { persons }: Pick<PlanningProblem, 'persons'>,
  choice: Choice,
): ReadonlyMap<number, Readonly<Record<LegId, readonly EntryId[]>>> {
  const tranches = new Map<number, Map<string, EntryId[]>>();
  for (const { id, leg } of persons.toSorted(byCaptivity)) {
    const number = choice.get(id as EntryId);
    if (number === undefined) {
      continue;
    }
    const legs = tranches.get(number) ?? new Map<string, EntryId[]>();
    const boarding = legs.get(leg) ?? [];
    boarding.push(id as EntryId);
    legs.set(leg, boarding);
    tranches.set(number, legs);
  }
  return new Map(
    [...tranches]
      .sort(([a], [b]) => a - b)
      .map(([number, legs]) => [number, Object.fromEntries(legs) as Record<LegId, EntryId[]>]),
  );
}

/** Longest in captivity first, ties by entry id. */
export function byCaptivity(
  a: Pick<PlanningPerson, 'days' | 'id'>,
  b: Pick<PlanningPerson, 'days' | 'id'>,
): number {
  return b.days - a.days || (a.id < b.id ? -1 : 1);
}
