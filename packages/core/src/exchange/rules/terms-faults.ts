/**
 * Why terms cannot stand: in themselves, by the law, or by what has happened already.
 *
 * Source  Geneva Conventions of 1949 and Additional Protocol I; Convention on the Rights of the Child.
 */
import type { LegId, PartyId } from '../act/ids.ts';
import {
  countMax,
  exactCount,
  inProportion,
  memberOf,
  neutralsOf,
  tiedSides,
  type LawRule,
  type ParityRule,
  type Terms,
} from '../act/terms.ts';
import type { Lane } from '../act/vocabulary.ts';

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
  | { readonly kind: 'NetsChildren'; readonly leg: LegId; readonly law: string }
  | { readonly kind: 'Repeated'; readonly what: string; readonly name: string }
  | { readonly kind: 'NoSuch'; readonly what: string; readonly name: string }
  | { readonly kind: 'SamePower'; readonly leg: LegId }
  | { readonly kind: 'NotAPower'; readonly party: PartyId }
  | { readonly kind: 'NotANeutral'; readonly party: PartyId }
  | { readonly kind: 'NotAMediator'; readonly party: PartyId }
  | { readonly kind: 'CannotReceive'; readonly party: PartyId; readonly leg: LegId }
  | { readonly kind: 'LegUnreceived'; readonly leg: LegId }
  | { readonly kind: 'NoNeutral' }
  | { readonly kind: 'NeutralUnwitnessed' }
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
    case 'NetsChildren':
      return `Leg ${fault.leg} is of children and may not be netted or made to wait for others (${fault.law}).`;
    case 'NotAMediator':
      return `${fault.party} is not an accredited mediator.`;
    case 'CannotReceive':
      return `${fault.party} cannot have the part that leg ${fault.leg} gives it.`;
    case 'LegUnreceived':
      return `Nobody receives the persons of leg ${fault.leg}, and no neutral sees them set free.`;
    case 'NeutralUnwitnessed':
      return 'The terms name a neutral and say that none takes part.';
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
      return 'At least one neutral has to count heads and clear each person, unless the terms say that none takes part.';
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
  return [
    ...repeatedNames(terms),
    ...missingNames(terms),
    ...neutralFaults(terms),
    ...legFaults(terms),
    ...parityFaults(terms),
    ...couplingFaults(terms),
    ...gateFaults(terms),
    ...lawFaults(terms),
    ...trancheFaults(terms),
  ];
}

function repeatedIn(what: string, names: readonly string[]): readonly TermsFault[] {
  const seen = new Set<string>();
  return names.flatMap((name): readonly TermsFault[] => {
    const isKnown = seen.has(name);
    seen.add(name);
    return isKnown ? [{ kind: 'Repeated', what, name }] : [];
  });
}

const legsOfRule = (rule: ParityRule): readonly LegId[] => tiedSides(rule)?.sides.flat() ?? legsNamed(rule);
const legsNamed = (rule: ParityRule): readonly LegId[] => ('legs' in rule ? rule.legs : []);

function repeatedNames(terms: Terms): readonly TermsFault[] {
  return [
    ...repeatedIn(
      'leg',
      terms.legs.map((leg) => leg.id),
    ),
    ...repeatedIn(
      'crossing',
      terms.crossings.map((crossing) => crossing.id),
    ),
    ...repeatedIn(
      'gate',
      terms.gates.map((gate) => gate.id),
    ),
    ...repeatedIn(
      'category',
      terms.categories.map(({ code }) => code),
    ),
    ...repeatedIn(
      'tranche',
      terms.tranches.map((tranche) => String(tranche.number)),
    ),
    ...repeatedIn('neutral', neutralsOf(terms)),
    ...terms.parity.flatMap((rule) => repeatedIn('leg of one parity rule', legsOfRule(rule))),
  ];
}

/** Legs and categories that are named and not described. */
function missingNames(terms: Terms): readonly TermsFault[] {
  const legs = new Set(terms.legs.map(({ id }) => id));
  const codes = new Set(terms.categories.map(({ code }) => code));
  const legsUsed = [
    ...terms.parity.flatMap(legsOfRule),
    ...terms.couplings.flatMap((coupling) => coupling.legs),
    ...terms.gates.flatMap(({ leg, requires }) => [leg, ...('leg' in requires ? [requires.leg] : [])]),
    ...terms.tranches.flatMap(({ persons, categories = {} }) => [
      ...(Object.keys(persons) as LegId[]),
      ...(Object.keys(categories) as LegId[]),
    ]),
    ...(terms.departures ?? []).map(({ leg }) => leg),
  ].filter((id) => !legs.has(id));
  const categoriesUsed = [
    ...terms.legs.flatMap(({ count }) =>
      typeof count === 'object' && count.kind === 'all' ? [count.category] : [],
    ),
    ...terms.tranches.flatMap(({ categories = {} }) =>
      Object.values(categories).flatMap((table) => Object.keys(table)),
    ),
  ].filter((code) => !codes.has(code));
  return [
    ...legsUsed.map((name): TermsFault => ({ kind: 'NoSuch', what: 'leg', name })),
    ...categoriesUsed.map((name): TermsFault => ({ kind: 'NoSuch', what: 'category', name })),
  ];
}

function neutralFaults(terms: Terms): readonly TermsFault[] {
  const faults: TermsFault[] = [];
  const isAlone = terms.unwitnessed !== undefined;
  if (neutralsOf(terms).length === 0 && !isAlone) faults.push({ kind: 'NoNeutral' });
  if (neutralsOf(terms).length > 0 && isAlone) faults.push({ kind: 'NeutralUnwitnessed' });
  if (terms.approvalsPerPower < 2) {
    faults.push({ kind: 'TooFewApprovals', approvals: terms.approvalsPerPower });
  }
  return faults;
}

function legFaults(terms: Terms): readonly TermsFault[] {
  return terms.legs.flatMap((leg): readonly TermsFault[] => {
    if (leg.from === leg.to) return [{ kind: 'SamePower', leg: leg.id }];
    // Somebody has to see that they go free: where nobody receives them, a neutral does.
    const isUnseen = leg.to === undefined && terms.unwitnessed !== undefined;
    const isNowhere = leg.to === undefined && leg.ends !== undefined;
    return isUnseen || isNowhere ? [{ kind: 'LegUnreceived', leg: leg.id }] : [];
  });
}

function parityFaults(terms: Terms): readonly TermsFault[] {
  const legs = new Map(terms.legs.map((leg) => [leg.id, leg]));
  return terms.parity.flatMap((rule, index): readonly TermsFault[] => {
    const tied = tiedSides(rule);
    if (tied === undefined) return [];
    const { sides, weights } = tied;
    const totals = sides.map((side) =>
      side.reduce((sum, id) => {
        const leg = legs.get(id);
        return sum + (leg === undefined ? 0 : (exactCount(leg) ?? NaN));
      }, 0),
    );
    // Where a side has a limit or a category instead of a number, its total is for the exchange to show.
    const isExact = totals.every((total) => !Number.isNaN(total));
    const lopsided =
      weights.length !== sides.length ||
      weights.some((weight) => weight < 1) ||
      (isExact && !inProportion(totals, weights));
    if (lopsided) return [{ kind: 'ParityLopsided', at: { in: 'parity-rule', number: index + 1 } }];
    return terms.tranches.flatMap(({ number, persons }): readonly TermsFault[] => {
      const numbers = sides.map((side) => side.reduce((sum, id) => sum + (memberOf(persons, id) ?? 0), 0));
      return inProportion(numbers, weights)
        ? []
        : [{ kind: 'ParityLopsided', at: { in: 'tranche', number } }];
    });
  });
}

function couplingFaults(terms: Terms): readonly TermsFault[] {
  const legs = new Map(terms.legs.map((leg) => [leg.id, leg]));
  const coupled = new Set<LegId>();
  return terms.couplings.flatMap((coupling) => {
    const faults: TermsFault[] = [];
    for (const id of coupling.legs) {
      if (coupled.has(id)) faults.push({ kind: 'CoupledTwice', leg: id });
      coupled.add(id);
      if (memberOf(coupling.stepSize, id) === undefined) faults.push({ kind: 'StepSizeMissing', leg: id });
    }
    const countOf = (id: LegId): number => {
      const leg = legs.get(id);
      return leg === undefined ? 0 : (exactCount(leg) ?? NaN);
    };
    const uneven = coupling.legs.some((a) =>
      coupling.legs.some((b) => {
        const sizeA = memberOf(coupling.stepSize, a) ?? 1;
        const sizeB = memberOf(coupling.stepSize, b) ?? 1;
        return countOf(a) * sizeB - countOf(b) * sizeA > sizeA * sizeB;
      }),
    );
    if (uneven) faults.push({ kind: 'CouplingUneven', legs: coupling.legs });
    return faults;
  });
}

function gateFaults(terms: Terms): readonly TermsFault[] {
  return terms.gates.flatMap(({ id, leg, tranche, requires }): readonly TermsFault[] => {
    if (requires.kind === 'condition-met') return [];
    const awaited = terms.legs.find((one) => one.id === requires.leg);
    if (awaited === undefined) return [];
    const isOutOfReach = requires.persons > countMax(awaited) || (awaited.id === leg && tranche <= 1);
    return isOutOfReach ? [{ kind: 'GateUnreachable', gate: id }] : [];
  });
}

/**
 * Legs that are netted: their numbers tied to another's, or one made to wait for the other, whichever waits. A condition
 * that binds no leg to another nets nothing.
 */
function nettedLegs(terms: Terms): ReadonlySet<LegId> {
  const netted = new Set<LegId>();
  for (const rule of terms.parity) {
    const legs = tiedSides(rule)?.sides.flat() ?? [];
    if (legs.length > 1) for (const id of legs) netted.add(id);
  }
  for (const { legs } of terms.couplings) if (legs.length > 1) for (const id of legs) netted.add(id);
  for (const { leg, requires } of terms.gates) {
    if (requires.kind === 'condition-met' || requires.leg === leg) continue;
    netted.add(leg);
    netted.add(requires.leg);
  }
  return netted;
}

const lawOf: Readonly<Record<Lane, { readonly rule: LawRule; readonly law: string } | undefined>> = {
  exchange: undefined,
  'direct-repatriation': {
    rule: 'NetsDirectRepatriation',
    law: 'GC III, articles 109 and 110: whatever their number or rank',
  },
  'civilian-release': {
    rule: 'NetsCivilianRelease',
    law: 'GC IV, article 132: released as soon as the reasons for internment no longer exist; article 34 forbids hostages',
  },
  remains: { rule: 'NetsRemains', law: 'GC I, article 17; AP I, article 34' },
  children: {
    rule: 'NetsChildren',
    law: 'CRC, article 3: the best interests of the child; GC IV, articles 24 and 50; AP I, article 78',
  },
};

function lawFaults(terms: Terms): readonly TermsFault[] {
  const netted = nettedLegs(terms);
  return terms.legs.flatMap(({ id, lane }): readonly TermsFault[] => {
    const broken = netted.has(id) ? lawOf[lane] : undefined;
    if (broken === undefined) return [];
    const isNamed = terms.departures?.some((one) => one.leg === id && one.rule === broken.rule) === true;
    return isNamed ? [] : [{ kind: broken.rule, leg: id, law: broken.law }];
  });
}

function trancheFaults(terms: Terms): readonly TermsFault[] {
  const ofCategories = terms.tranches.flatMap(({ number, persons, categories = {} }) =>
    (Object.entries(categories) as [LegId, Readonly<Record<string, number>>][]).flatMap(
      ([leg, table]): readonly TermsFault[] => {
        const sum = Object.values(table).reduce((total, n) => total + n, 0);
        return sum > (memberOf(persons, leg) ?? 0) ? [{ kind: 'CategoryTotals', leg, tranche: number }] : [];
      },
    ),
  );
  const ofTotals = terms.legs.flatMap((leg): readonly TermsFault[] => {
    const planned = terms.tranches.reduce((sum, { persons }) => sum + (memberOf(persons, leg.id) ?? 0), 0);
    const agreed = countMax(leg);
    return planned > agreed ? [{ kind: 'TrancheTotals', leg: leg.id, agreed, planned }] : [];
  });
  return [...ofCategories, ...ofTotals];
}
