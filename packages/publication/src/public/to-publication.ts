/** Makes the publication of a log: published numbers, statements beside them, obligations, silences. */
import { findIn, pairsOf, valuesOf, type Exchange } from '@homeward/core/exchange';
import { toReminders, toTimetable, type Obligation } from '@homeward/core/obligations';
import {
  findSilences,
  judgeClaims,
  toUtterances,
  type Claim,
  type Day,
  type EventRecord,
  type Figure,
} from '@homeward/core/statements';
import { toReleased, type PublicationRules, type Released } from '../release/release.ts';
import { agreedOf, type FoldedExchange } from './fold-log.ts';
import type {
  Publication,
  PublishedExchange,
  PublishedLog,
  PublishedObligation,
  PublishedStatement,
  PublishedWay,
} from './publication.ts';

/** Statements as a table holds them, with the text of their dates. */
export interface EnteredClaims {
  readonly claims: readonly Claim[];
  readonly madeAt: ReadonlyMap<string, string>;
}

/** Days before the last one of an obligation on which it is marked as near. */
const soonDays = 7;

/** An exchange whose movement is under way, so that nothing of it may be published yet. */
export function findMoving(exchanges: readonly FoldedExchange[]): FoldedExchange | undefined {
  return exchanges.find(({ state }) =>
    [...valuesOf(state.tranches)].some(
      (tranche) =>
        tranche.status === 'live' &&
        tranche.departed &&
        [...valuesOf(tranche.movements)].some(
          ({ waiting, onManifest, inMotion, received }) => waiting + onManifest + inMotion + received > 0,
        ),
    ),
  );
}

export function toPublication(
  exchanges: readonly FoldedExchange[],
  log: PublishedLog,
  rules: PublicationRules,
  entered: EnteredClaims,
  /** Older exchanges, for "the largest until then". */
  history: EventRecord,
): Publication {
  const asOf = exchanges.map(({ changed }) => changed).reduce((a, b) => (a > b ? a : b), '');
  const drafts = exchanges.map((exchange) => ({ exchange, ways: toWays(exchange, rules) }));
  const record = [...history, ...drafts.flatMap(({ exchange, ways }) => toFigures(exchange, ways))];
  const judged = new Map(judgeClaims(record, entered.claims).map((one) => [one.claim, one]));
  const statements = toUtterances(entered.claims).map(
    ({ reading, reports, earlier }): PublishedStatement => ({
      claim: reading,
      madeAt: entered.madeAt.get(reading.id) ?? '',
      judgement: judged.get(reading.id)!,
      reports: reports.length,
      earlier: earlier.map((claim) => ({ claim, judgement: judged.get(claim.id)! })),
    }),
  );
  const silences = findSilences(record, entered.claims);
  return {
    log,
    rules: { delayHours: rules.delayHours, cellMin: rules.cellMin },
    asOf,
    exchanges: drafts.map(({ exchange, ways }): PublishedExchange => {
      const { id, state, opened, changed, acts } = exchange;
      return {
        id,
        title: state.title,
        status: state.status === 'open' && state.suspensions.length > 0 ? 'suspended' : state.status,
        opened,
        changed,
        acts: acts.length,
        parties: Object.fromEntries([...pairsOf(state.parties)].map(([party, { label }]) => [party, label])),
        isCountedByPartiesAlone: state.terms !== undefined && state.terms.terms.neutrals.length === 0,
        ways,
        obligations: toObligations(exchange, asOf, ways),
        statements: statements.filter(({ claim: { about } }) => about.kind === 'event' && about.event === id),
        silences: silences.filter(({ event }) => event === id),
      };
    }),
  };
}

function toWays(
  { state, legs }: FoldedExchange,
  { cellMin, undisclosed }: PublicationRules,
): readonly PublishedWay[] {
  return (state.terms?.terms.legs ?? []).map((leg): PublishedWay => {
    const history = legs.get(leg.id);
    const isUndisclosed = undisclosed.has(leg.id);
    const verified = toReleased(history?.verified.published ?? 0, cellMin, isUndisclosed);
    const none: Released = isUndisclosed ? { kind: 'undisclosed' } : { kind: 'shown', value: 0 };
    const isReported = isRepresented(state, leg.from) || isRepresented(state, leg.to);
    return {
      leg: leg.id,
      from: leg.from,
      to: leg.to ?? '',
      lane: leg.lane,
      agreed: isUndisclosed ? undefined : agreedOf(state, leg.id),
      verified: isReported ? none : verified,
      reported: isReported ? verified : none,
      disputed: none,
      days: isUndisclosed ? [] : (history?.days ?? []),
    };
  });
}

/** A party that others speak for, and that has not signed: what it did is reported and never verified. */
function isRepresented(state: Exchange, party: string | undefined): boolean {
  if (party === undefined) return false;
  const found: unknown = findIn(state.parties, party as never);
  return (
    typeof found === 'object' &&
    found !== null &&
    'representedBy' in found &&
    found.representedBy !== undefined
  );
}

/** The published numbers as figures that statements are compared with: nothing that is held back can show in a label. */
function toFigures(
  { id, state, opened, changed }: FoldedExchange,
  ways: readonly PublishedWay[],
): readonly Figure[] {
  const isOver = state.status === 'completed' || state.status === 'cancelled';
  return ways.flatMap((way): readonly Figure[] => {
    const { verified, reported, days, agreed, leg } = way;
    const shown = verified.kind === 'shown' ? verified : reported;
    const common = {
      event: id,
      from: way.from,
      to: way.to === '' ? 'RELEASED' : way.to,
      unit: way.lane === 'remains' ? ('remains' as const) : ('persons' as const),
      isSourced: true,
      mediators: [],
      place: '',
      composition: '',
      partOf: undefined,
    };
    const span = (day: Day): Figure['starts'] => ({ from: day, to: day });
    const plan: Figure = {
      ...common,
      id: `${leg} agreed`,
      stage: 'all',
      starts: span(opened),
      ends: span(opened),
      amount: agreed === undefined ? { kind: 'undisclosed' } : { kind: 'exact', value: agreed },
      role: 'plan',
      status: 'agreed_only',
      countedBy: 'both',
    };
    const first = days[0]?.day;
    if (shown.kind === 'undisclosed') return [plan];
    if (first === undefined) {
      return state.status === 'cancelled'
        ? [
            plan,
            {
              ...plan,
              id: leg,
              role: 'event_total',
              status: 'cancelled',
              amount: { kind: 'exact', value: 0 },
            },
          ]
        : [plan];
    }
    const value = shown.kind === 'shown' ? shown.value : 0;
    const countedBy = verified.kind === 'shown' ? 'both' : way.from;
    const total: Figure = {
      ...common,
      id: leg,
      stage: 'all',
      starts: span(first),
      ends: span(isOver || value === agreed ? (days.at(-1)?.day ?? changed) : '9999-12-31'),
      amount: { kind: 'exact', value: isOver ? value : (agreed ?? value) },
      role: 'event_total',
      status: 'completed',
      countedBy,
    };
    const stages = days.map(({ day, verified: upTo }, at): Figure => ({
      ...common,
      id: `${leg} ${day}`,
      stage: String(at + 1),
      starts: span(day),
      ends: span(day),
      amount: { kind: 'exact', value: upTo - (days[at - 1]?.verified ?? 0) },
      role: 'stage_total',
      partOf: leg,
      status: 'completed',
      countedBy,
    }));
    return [plan, total, ...stages];
  });
}

/** What was promised, without any number of persons; numbers of legs stand with the directions. */
function toObligations(
  { acts, state }: FoldedExchange,
  asOf: Day,
  ways: readonly PublishedWay[],
): readonly PublishedObligation[] {
  const timetable = toTimetable(acts, state, asOf).filter(({ kind }) => kind !== 'verdicts');
  const reminders = toReminders(timetable, asOf, soonDays);
  return timetable.map((obligation) => ({
    id: obligation.id,
    kind: obligation.kind,
    owedBy: obligation.owedBy,
    guarantor: obligation.guarantor,
    name: obligation.name,
    text: obligation.text,
    untilText: obligation.untilText,
    until: obligation.until?.to,
    standing: standingToShow(obligation, ways),
    evidence: obligation.evidence
      .filter(
        ({ what }) =>
          what !== 'signed' || obligation.kind === 'condition' || obligation.kind === 'undertaking',
      )
      .map(({ what, by, day, index, payload }) => ({ what, by, day, index, hash: payload })),
    reminders: reminders.filter(({ obligation: id }) => id === obligation.id).map(({ why }) => why),
  }));
}

/** A number counts as met when the published number says so, not before. */
function standingToShow(
  { kind, name, standing }: Obligation,
  ways: readonly PublishedWay[],
): Obligation['standing'] {
  if (kind !== 'numbers' && kind !== 'gate') return standing;
  const way = ways.find(({ leg }) => leg === name);
  if (way === undefined) return standing;
  return way.verified.kind === 'shown' && way.verified.value === way.agreed ? 'met' : 'open';
}
