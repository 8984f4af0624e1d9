/**
 * Rehearses a scenario against the rules alone: what is accepted, what is refused and why, what becomes of everybody.
 *
 * Law     spec/rehearsal.md. The same scenario gives the same result; a refusal ends its happening and nothing else.
 * Cost    That of the acts it takes: about twelve per step, and a few for every 200 persons.
 */
import { exchangeStatusOf, type Awaited } from '../exchange/index.ts';
import { agree, openExchange } from './accession.ts';
import { describe, play } from './happening.ts';
import {
  awaitedOf,
  countOutcomes,
  figuresOf,
  outcomesOf,
  type LegFigures,
  type OutcomeCount,
  type PersonOutcome,
} from './outcome.ts';
import type { Scenario } from './reading.ts';
import { Rehearsal, type Tried } from './rehearsal.ts';
import type { Script } from './script.ts';

/** One act of a happening, as the timeline shows it. */
export interface TriedAct {
  readonly kind: string;
  readonly by: string;
  readonly role: string;
  readonly accepted: boolean;
}

export interface Refused {
  /** The kind of the refusal of the rules; `Impossible` where nobody was there to be named. */
  readonly kind: string;
  readonly sentence: string;
  /** The act that was refused; absent where none could be offered. */
  readonly act?: string;
  readonly by?: string;
}

export interface TimelineEntry {
  /** 0 for the opening and the terms; then the place in `happens`, from 1. */
  readonly number: number;
  readonly day: string;
  readonly does: string;
  readonly note?: string;
  readonly acts: readonly TriedAct[];
  readonly refused?: Refused;
  /** Whether the scenario says that the rules refuse this. */
  readonly meantToBeRefused: boolean;
  readonly asExpected: boolean;
}

/** Where the end is not what the scenario says it is. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

export interface RehearsalResult {
  readonly format: 'homeward-rehearsal';
  readonly version: 1;
  readonly title: string;
  readonly about?: string;
  readonly asExpected: boolean;
  readonly status: string;
  readonly acts: number;
  readonly refusedActs: number;
  readonly timeline: readonly TimelineEntry[];
  readonly legs: readonly LegFigures[];
  readonly outcomes: readonly OutcomeCount[];
  readonly persons: readonly PersonOutcome[];
  readonly awaited: readonly Awaited[];
  readonly differences: readonly Difference[];
}

export function rehearse(scenario: Scenario): RehearsalResult {
  const at = new Rehearsal(scenario);
  const timeline: TimelineEntry[] = [];
  const first = scenario.happens.find(({ on }) => on !== undefined)?.on;
  if (first !== undefined) {
    at.setDay(first);
  }
  const isAcceptedByHand = scenario.happens.some((one) => one.do === 'accept');
  timeline.push(
    perform(at, 0, { does: 'the exchange is opened and the terms are agreed' }, function* (): Script {
      yield* openExchange(at, scenario.title);
      yield* agree(at, isAcceptedByHand);
    }),
  );
  scenario.happens.forEach((told, index) => {
    if (told.on !== undefined) {
      at.setDay(told.on);
    }
    const { refused, note } = told;
    timeline.push(perform(at, index + 1, { does: describe(at, told), note, refused }, () => play(at, told)));
  });
  const persons = outcomesOf(at);
  const outcomes = countOutcomes(persons);
  const legs = figuresOf(at);
  const status = exchangeStatusOf(at.state);
  const awaited = awaitedOf(at);
  const differences = findDifferences(scenario, { status, outcomes, legs, awaited });
  return {
    ...{ format: 'homeward-rehearsal', version: 1, title: scenario.title },
    ...(scenario.about === undefined ? {} : { about: scenario.about }),
    asExpected: differences.length === 0 && timeline.every((one) => one.asExpected),
    ...{ status, acts: at.state.size },
    refusedActs: timeline.flatMap(({ acts }) => acts).filter(({ accepted }) => !accepted).length,
    ...{ timeline, legs, outcomes, persons, awaited, differences },
  };
}

/** Offers the acts of one happening until they are all accepted, or one is refused. */
function perform(
  at: Rehearsal,
  number: number,
  told: {
    readonly does: string;
    readonly note?: string | undefined;
    readonly refused?: boolean | string | undefined;
  },
  start: () => Script,
): TimelineEntry {
  const acts: TriedAct[] = [];
  let refused: Refused | undefined;
  const script = start();
  for (let next = script.next(); next.done !== true;) {
    if ('impossible' in next.value) {
      refused = { kind: 'Impossible', sentence: next.value.impossible };
      break;
    }
    const tried: Tried = at.offer(next.value);
    const { kind, by } = tried;
    acts.push({ kind, by: by.party, role: by.role, accepted: tried.refusal === undefined });
    if (tried.refusal !== undefined) {
      refused = { ...tried.refusal, act: kind, by: by.party };
      break;
    }
    next = script.next(tried.id);
  }
  const meant = told.refused !== undefined && told.refused !== false;
  const isMeant = refused !== undefined && (told.refused === true || told.refused === refused.kind);
  return {
    ...{ number, day: at.day, does: told.does },
    ...(told.note === undefined ? {} : { note: told.note }),
    acts,
    ...(refused === undefined ? {} : { refused }),
    meantToBeRefused: meant,
    asExpected: meant ? isMeant : refused === undefined,
  };
}

function findDifferences(
  { ends }: Scenario,
  found: {
    readonly status: string;
    readonly outcomes: readonly OutcomeCount[];
    readonly legs: readonly LegFigures[];
    readonly awaited: readonly Awaited[];
  },
): readonly Difference[] {
  if (ends === undefined) {
    return [];
  }
  const differences: Difference[] = [];
  const compare = (what: string, expected: string | number, is: string | number): void => {
    if (expected !== is) {
      differences.push({ what, expected: String(expected), found: String(is) });
    }
  };
  if (ends.status !== undefined) {
    compare('the status', ends.status, found.status);
  }
  for (const [group, counts] of Object.entries(ends.persons ?? {})) {
    for (const [outcome, expected] of Object.entries(counts)) {
      const is = found.outcomes.find((one) => one.group === group && one.outcome === outcome)?.count ?? 0;
      compare(`persons of ${group} with the outcome ${outcome}`, expected, is);
    }
  }
  for (const [leg, figures] of Object.entries(ends.legs ?? {})) {
    const of = found.legs.find((one) => one.leg === leg);
    for (const [figure, expected] of Object.entries(figures)) {
      const is = of === undefined ? undefined : (of as unknown as Readonly<Record<string, unknown>>)[figure];
      compare(`${figure} of leg ${leg}`, expected, typeof is === 'number' ? is : 'no such figure');
    }
  }
  if (ends.awaited !== undefined) {
    const kinds = [...new Set(found.awaited.map(({ kind }) => kind))].toSorted();
    compare('what is awaited', ends.awaited.toSorted().join(', '), kinds.join(', '));
  }
  return differences;
}
