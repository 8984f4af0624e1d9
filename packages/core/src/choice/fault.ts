/** Why no problem can be made of an exchange, or no proposal of a plan. */
import type { EntryId, LegId } from '../exchange/index.ts';

export type ChoiceFault =
  | { readonly kind: 'TermsNotInForce' }
  /** Every tranche of the terms is taken, or none was asked for. */
  | { readonly kind: 'NoTranche' }
  | { readonly kind: 'TrancheTaken'; readonly number: number }
  /** A person fits several legs, and nobody has said which of them it is. */
  | { readonly kind: 'LegOpen'; readonly entry: EntryId; readonly legs: readonly LegId[] }
  /** The registry says nothing of these persons. */
  | { readonly kind: 'FactsMissing'; readonly entries: readonly EntryId[] }
  /** A rule that somebody added has the id of a rule that the terms give. */
  | { readonly kind: 'RuleIdTaken'; readonly rule: string }
  /** The independent checker does not accept the plan for this problem. */
  | { readonly kind: 'PlanUnsound'; readonly faults: readonly string[] }
  /** The plan places persons who are known only by number. */
  | { readonly kind: 'PersonsUnnamed'; readonly group: string }
  /** The problem names a tranche in another way than the terms number theirs. */
  | { readonly kind: 'TrancheUnnumbered'; readonly tranche: string }
  | { readonly kind: 'TrancheIdMissing'; readonly number: number };

/** One sentence for people, in English. */
export function choiceFaultToSentence(fault: ChoiceFault): string {
  switch (fault.kind) {
    case 'TermsNotInForce':
      return 'The powers have not accepted terms yet, so there is nothing to plan for.';
    case 'NoTranche':
      return 'No tranche is left to plan: every one of the terms has been proposed or has gone.';
    case 'TrancheTaken':
      return `Tranche ${fault.number} has been proposed or has gone; name it among those to be revised, or plan another.`;
    case 'LegOpen':
      return `A person can go on each of the legs ${fault.legs.join(', ')}; say which one.`;
    case 'FactsMissing':
      return `The registry has no record for ${fault.entries.length} listed person(s).`;
    case 'RuleIdTaken':
      return `The terms give a rule with the id ${fault.rule} already; choose another id.`;
    case 'PlanUnsound':
      return `The plan does not hold for this problem. ${fault.faults.join(' ')}`;
    case 'PersonsUnnamed':
      return `The plan counts persons of ${fault.group} whom no entry names; a proposal names everybody.`;
    case 'TrancheUnnumbered':
      return `The problem has a tranche ${fault.tranche}; a proposal needs its number, as in tranche-1.`;
    case 'TrancheIdMissing':
      return `The plan fills tranche ${fault.number}, for which no id was given.`;
  }
}
