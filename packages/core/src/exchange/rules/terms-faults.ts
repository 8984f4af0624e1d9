import type { LegId, PartyId } from '../act/ids.ts';
import type { Terms } from '../act/terms.ts';

/** A place in terms: the nth parity rule, 1-based, or a tranche by its number. */
export interface PlaceInTerms {
  readonly in: 'parity-rule' | 'tranche';
  readonly number: number;
}

/** Why terms cannot stand. `law` names what forbids it. */
export type TermsFault =
  | { readonly kind: 'NetsDirectRepatriation'; readonly leg: LegId; readonly law: string }
  | { readonly kind: 'NetsCivilianRelease'; readonly leg: LegId; readonly law: string }
  | { readonly kind: 'NetsRemains'; readonly leg: LegId; readonly law: string }
  | { readonly kind: 'Repeated'; readonly what: string; readonly name: string }
  | { readonly kind: 'NoSuch'; readonly what: string; readonly name: string }
  | { readonly kind: 'SamePower'; readonly leg: LegId }
  | { readonly kind: 'NotAPower'; readonly party: PartyId }
  | { readonly kind: 'NotANeutral'; readonly party: PartyId }
  | { readonly kind: 'NoNeutral' }
  | { readonly kind: 'TooFewApprovals'; readonly approvals: number }
  | { readonly kind: 'ParityLopsided'; readonly at: PlaceInTerms }
  | { readonly kind: 'TrancheTotals'; readonly leg: LegId; readonly agreed: number; readonly planned: number }
  | { readonly kind: 'CategoryTotals'; readonly leg: LegId; readonly tranche: number }
  | { readonly kind: 'CouplingUneven'; readonly legs: readonly LegId[] }
  | { readonly kind: 'CoupledTwice'; readonly leg: LegId }
  | { readonly kind: 'StepSizeMissing'; readonly leg: LegId }
  | { readonly kind: 'GateUnreachable'; readonly gate: string }
  | { readonly kind: 'LegDropped'; readonly leg: LegId }
  | { readonly kind: 'BelowReceived'; readonly leg: LegId; readonly received: number };

export function termsFaultToSentence(fault: TermsFault): string {
  switch (fault.kind) {
    case 'NetsDirectRepatriation':
      return `Leg ${fault.leg} is direct repatriation and may not be netted or made to wait for others (${fault.law}).`;
    case 'NetsCivilianRelease':
      return `Leg ${fault.leg} is a release of civilians and may not be netted or made to wait for others (${fault.law}).`;
    case 'NetsRemains':
      return `Leg ${fault.leg} is of the dead, who are counted apart (${fault.law}).`;
    case 'Repeated':
      return `The ${fault.what} ${fault.name} is named twice.`;
    case 'NoSuch':
      return `The ${fault.what} ${fault.name} is named but not described.`;
    case 'SamePower':
      return `Leg ${fault.leg} leads from a power to itself.`;
    case 'NotAPower':
      return `${fault.party} is not an accredited power.`;
    case 'NotANeutral':
      return `${fault.party} is not an accredited neutral.`;
    case 'NoNeutral':
      return 'At least one neutral has to count heads and ask for each person’s will.';
    case 'TooFewApprovals':
      return `At least two persons of each power approve a tranche; the terms ask for ${fault.approvals}.`;
    case 'ParityLopsided':
      return `The numbers of ${fault.at.in === 'tranche' ? 'tranche' : 'parity rule'} ${fault.at.number} do not keep the parity rule that the terms themselves state.`;
    case 'TrancheTotals':
      return `The tranches plan ${fault.planned} persons on leg ${fault.leg}, which has ${fault.agreed}.`;
    case 'CategoryTotals':
      return `The categories of leg ${fault.leg} in tranche ${fault.tranche} are more than its persons.`;
    case 'CouplingUneven':
      return `The coupled legs ${fault.legs.join(', ')} need numbers of steps that differ by more than one: they could never finish.`;
    case 'CoupledTwice':
      return `Leg ${fault.leg} is in two couplings.`;
    case 'StepSizeMissing':
      return `Leg ${fault.leg} is coupled without a step size.`;
    case 'GateUnreachable':
      return `The gate ${fault.gate} waits for more persons than its leg has, or for the leg it holds back.`;
    case 'LegDropped':
      return `Persons have crossed or a tranche is under way on leg ${fault.leg}; an amendment keeps it as it is, or with more persons.`;
    case 'BelowReceived':
      return `${fault.received} persons have crossed on leg ${fault.leg}; an amendment cannot agree to fewer.`;
  }
}

/** What is wrong with terms in themselves. Whether the parties they name are accredited is for who knows the record. */
export function findTermsFaults(terms: Terms): readonly TermsFault[] {
  const faults: TermsFault[] = [];
  const legs = new Map(terms.legs.map((leg) => [leg.id, leg]));
  const repeated = (what: string, names: readonly string[]): void => {
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name)) faults.push({ kind: 'Repeated', what, name });
      seen.add(name);
    }
  };
  repeated(
    'leg',
    terms.legs.map((leg) => leg.id),
  );
  repeated(
    'crossing',
    terms.crossings.map((crossing) => crossing.id),
  );
  repeated(
    'gate',
    terms.gates.map((gate) => gate.id),
  );
  repeated(
    'tranche',
    terms.tranches.map((tranche) => String(tranche.number)),
  );
  repeated('neutral', terms.neutrals);
  const noSuchLeg = (id: string): void => void faults.push({ kind: 'NoSuch', what: 'leg', name: id });

  for (const leg of terms.legs) if (leg.from === leg.to) faults.push({ kind: 'SamePower', leg: leg.id });
  if (terms.neutrals.length === 0) faults.push({ kind: 'NoNeutral' });
  if (terms.approvalsPerPower < 2)
    faults.push({ kind: 'TooFewApprovals', approvals: terms.approvalsPerPower });

  // A rule nets when it ties the numbers of one leg to another's, or makes one leg wait for another.
  const netted = new Set<LegId>();
  for (const [index, rule] of terms.parity.entries()) {
    repeated('leg of one parity rule', rule.legs);
    for (const id of rule.legs) if (!legs.has(id)) noSuchLeg(id);
    if (rule.kind === 'equal-per-tranche' || rule.kind === 'ratio') {
      if (rule.legs.length > 1) for (const id of rule.legs) netted.add(id);
      const weights = rule.kind === 'ratio' ? rule.persons : rule.legs.map(() => 1);
      const lopsided =
        weights.length !== rule.legs.length ||
        weights.some((weight) => weight < 1) ||
        !inProportion(
          rule.legs.map((id) => legs.get(id)?.count ?? 0),
          weights,
        );
      if (lopsided) faults.push({ kind: 'ParityLopsided', at: { in: 'parity-rule', number: index + 1 } });
      else {
        for (const tranche of terms.tranches) {
          const numbers = rule.legs.map((id) => memberOf(tranche.persons, id) ?? 0);
          if (!inProportion(numbers, weights)) {
            faults.push({ kind: 'ParityLopsided', at: { in: 'tranche', number: tranche.number } });
          }
        }
      }
    }
  }
  const coupled = new Set<LegId>();
  for (const coupling of terms.couplings) {
    for (const id of coupling.legs) {
      if (!legs.has(id)) noSuchLeg(id);
      if (coupled.has(id)) faults.push({ kind: 'CoupledTwice', leg: id });
      coupled.add(id);
      if (memberOf(coupling.stepSize, id) === undefined) faults.push({ kind: 'StepSizeMissing', leg: id });
      if (coupling.legs.length > 1) netted.add(id);
    }
    const uneven = coupling.legs.some((a) =>
      coupling.legs.some((b) => {
        const sizeA = memberOf(coupling.stepSize, a) ?? 1;
        const sizeB = memberOf(coupling.stepSize, b) ?? 1;
        const gap = (legs.get(a)?.count ?? 0) * sizeB - (legs.get(b)?.count ?? 0) * sizeA;
        return gap > sizeA * sizeB;
      }),
    );
    if (uneven) faults.push({ kind: 'CouplingUneven', legs: coupling.legs });
  }
  for (const gate of terms.gates) {
    netted.add(gate.leg);
    const leg = legs.get(gate.leg);
    if (leg === undefined) noSuchLeg(gate.leg);
    if (gate.requires.kind === 'condition-met') continue;
    const awaited = legs.get(gate.requires.leg);
    if (awaited === undefined) noSuchLeg(gate.requires.leg);
    else if (gate.requires.persons > awaited.count || (awaited.id === gate.leg && gate.tranche <= 1)) {
      faults.push({ kind: 'GateUnreachable', gate: gate.id });
    }
  }
  for (const id of netted) {
    const leg = legs.get(id);
    if (leg === undefined) continue;
    switch (leg.lane) {
      case 'exchange':
        break;
      case 'direct-repatriation':
        faults.push({
          kind: 'NetsDirectRepatriation',
          leg: id,
          law: 'GC III, articles 109 and 110: whatever their number or rank',
        });
        break;
      case 'civilian-release':
        faults.push({
          kind: 'NetsCivilianRelease',
          leg: id,
          law: 'GC IV, article 132: released as soon as the reasons for internment no longer exist; article 34 forbids hostages',
        });
        break;
      case 'remains':
        faults.push({ kind: 'NetsRemains', leg: id, law: 'GC I, article 17; AP I, article 34' });
        break;
    }
  }
  for (const tranche of terms.tranches) {
    for (const id of Object.keys(tranche.persons)) if (!legs.has(id as LegId)) noSuchLeg(id);
    for (const [id, categories] of Object.entries(tranche.categories ?? {})) {
      if (!legs.has(id as LegId)) noSuchLeg(id);
      const sum = Object.values(categories).reduce((total, n) => total + n, 0);
      if (sum > (memberOf(tranche.persons, id as LegId) ?? 0)) {
        faults.push({ kind: 'CategoryTotals', leg: id as LegId, tranche: tranche.number });
      }
    }
  }
  for (const leg of terms.legs) {
    const planned = terms.tranches.reduce(
      (sum, tranche) => sum + (memberOf(tranche.persons, leg.id) ?? 0),
      0,
    );
    if (planned > leg.count) {
      faults.push({ kind: 'TrancheTotals', leg: leg.id, agreed: leg.count, planned });
    }
  }
  return faults;
}

/** Whether `numbers` stand to each other as `weights` do. */
export function inProportion(numbers: readonly number[], weights: readonly number[]): boolean {
  return numbers.every((n, i) => n * weights[0]! === numbers[0]! * weights[i]!);
}

/** A table's own member: keys come from the parties, and `constructor` is a name like any other. */
export function memberOf<K extends string, V>(table: Readonly<Record<K, V>>, key: K): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
