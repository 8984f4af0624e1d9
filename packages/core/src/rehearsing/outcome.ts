/** What became of everybody, and the figures of each leg, as the record has them at the end. */
import {
  findIn,
  findAwaited,
  endOf,
  progressOfLeg,
  valuesOf,
  type Awaited,
  type Entry,
  type LegEnd,
  type LegId,
  type LegTotal,
  type PartyId,
} from '../exchange/index.ts';
import { numbersToText, type Person } from './people.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Every outcome that one person can have, from home to not listed. */
export const outcomes = [
  'returned',
  'reported',
  'set-free',
  'accommodated',
  'neutral-custody',
  'received',
  'crossing',
  'departed',
  'stayed',
  'died',
  'struck',
  'in-tranche',
  'not-cleared',
  'withheld',
  'not-acknowledged',
  'listed',
  'unlisted',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface PersonOutcome {
  readonly person: string;
  readonly group: string;
  readonly number: number;
  readonly leg: LegId;
  readonly category: string;
  readonly outcome: Outcome;
}

export interface OutcomeCount {
  readonly group: string;
  readonly outcome: Outcome;
  readonly count: number;
  /** As people write numbers: `1–230, 232`. */
  readonly numbers: string;
}

export interface LegFigures {
  readonly leg: LegId;
  readonly from: PartyId;
  /** Absent where persons are set free where they are. */
  readonly to?: PartyId;
  readonly lane: string;
  readonly end: LegEnd;
  /** As the terms say it: a number, a limit, or everybody of a category. */
  readonly agreed: LegTotal;
  /** Chosen, approved and still with the giver. */
  readonly approved: number;
  /** Departed and not received. */
  readonly moving: number;
  /** Received and not confirmed by both. */
  readonly received: number;
  /** At the end of the leg, confirmed by both. */
  readonly reached: number;
  /** Of those, by the word of one side alone, as the other was represented. */
  readonly reported: number;
  /** Of those, verified returns: none unless the leg ends at home, and nobody who is only reported. */
  readonly returned: number;
  readonly notGoing: number;
  readonly unlisted: number;
  /** How far the figures can be taken: by whose word they stand. */
  readonly labels: readonly string[];
}

export function outcomesOf(at: Rehearsal): readonly PersonOutcome[] {
  return [...at.groups.values()].flatMap(({ persons }) =>
    persons.map((person) => ({
      ...{ person: person.name, group: person.group, number: person.number },
      ...{ leg: person.leg, category: person.category, outcome: outcomeOf(at, person) },
    })),
  );
}

/** By whichever entry of a person says the most: gone by one, they are gone. */
function outcomeOf(at: Rehearsal, { entry, twin }: Person): Outcome {
  const own = at.entry(entry);
  const other = twin === undefined ? undefined : at.entry(twin);
  const both = [own, other].flatMap((one) => (one === undefined ? [] : [outcomeOfEntry(at, one)]));
  return both.sort((a, b) => outcomes.indexOf(a) - outcomes.indexOf(b))[0] ?? 'unlisted';
}

function outcomeOfEntry(at: Rehearsal, entry: Entry): Outcome {
  switch (entry.whereabouts) {
    case 'returned':
      return isReported(at, entry) ? 'reported' : 'returned';
    case 'accommodated':
    case 'set-free':
    case 'received':
    case 'crossing':
    case 'departed':
    case 'neutral-custody':
    case 'stayed':
    case 'died':
      return entry.whereabouts;
    case 'held':
      break;
  }
  if (entry.struck) {
    return 'struck';
  }
  const tranche = entry.tranche === undefined ? undefined : findIn(at.state.tranches, entry.tranche);
  if (tranche?.status === 'live') {
    return 'in-tranche';
  }
  if (entry.kind === 'withheld') {
    return 'withheld';
  }
  if (entry.cleared === false) {
    return 'not-cleared';
  }
  return entry.verdicts.some(({ verdict }) => verdict === 'acknowledged') ? 'listed' : 'not-acknowledged';
}

/** Whether one side alone says that somebody has arrived. */
function isReported(at: Rehearsal, { id, leg }: Entry): boolean {
  return leg !== undefined && at.reported.get(leg)?.has(id) === true;
}

/** Persons of each group by outcome, in the order of the groups and of `outcomes`. */
export function countOutcomes(all: readonly PersonOutcome[]): readonly OutcomeCount[] {
  const groups = new Map<string, Map<Outcome, number[]>>();
  for (const { group, outcome, number } of all) {
    const counts = groups.get(group) ?? new Map<Outcome, number[]>();
    const numbers = counts.get(outcome) ?? [];
    numbers.push(number);
    counts.set(outcome, numbers);
    groups.set(group, counts);
  }
  return [...groups].flatMap(([group, counts]) =>
    outcomes.flatMap((outcome) => {
      const numbers = counts.get(outcome);
      return numbers === undefined
        ? []
        : [{ group, outcome, count: numbers.length, numbers: numbersToText(numbers) }];
    }),
  );
}

export function figuresOf(at: Rehearsal): readonly LegFigures[] {
  return (at.state.terms?.terms.legs ?? at.terms.legs).map((leg) => {
    const { id, from, to, lane, count } = leg;
    const {
      approved,
      moving,
      received,
      returned: reached,
    } = progressOfLeg(at.state, valuesOf(at.state.tranches), id);
    const counted = findIn(at.state.legs, id);
    const reported = [...(at.reported.get(id) ?? [])].filter(
      (entry) => at.entry(entry)?.whereabouts === 'returned',
    ).length;
    return {
      ...{
        leg: id,
        from,
        ...(to === undefined ? {} : { to }),
        lane,
        end: endOf(leg),
        agreed: count,
        approved,
        moving,
        received,
        reached,
        reported,
        returned: endOf(leg) === 'home' ? reached - reported : 0,
      },
      notGoing: counted?.notGoing ?? 0,
      unlisted: counted?.unlisted ?? 0,
      labels: labelsOf(at, id),
    };
  });
}

/** Words beside a figure: by whose word alone it stands, and a count that differs and holds a step open. */
function labelsOf(at: Rehearsal, leg: LegId): readonly string[] {
  const labels = new Set<string>();
  const { from, to } = at.leg(leg);
  for (const party of [from, to]) {
    const by = party === undefined ? undefined : findIn(at.state.parties, party)?.representedBy;
    if (by !== undefined) {
      labels.add(`reported by ${by}, not signed by ${party ?? ''}`);
    }
  }
  if (at.state.terms?.terms.unwitnessed !== undefined) {
    labels.add('counted by the parties alone');
  }
  for (const { step } of at.steps(leg)) {
    const { arrivalByReceiver: receiver, arrivalByNeutral: neutral, persons, unlisted, closed } = step;
    if (!closed && receiver !== undefined && neutral !== undefined) {
      const expected = persons.length + unlisted;
      if (receiver !== neutral || receiver !== expected) {
        labels.add(`disputed: ${expected} / ${receiver}${receiver === neutral ? '' : ` / ${neutral}`}`);
      }
    }
  }
  return [...labels];
}

export function awaitedOf(at: Rehearsal): readonly Awaited[] {
  return findAwaited(at.state);
}
