/**
 * The board of one exchange from the state the core folded. Pure, and cheap enough to run after every act: its cost
 * is in the tranches and their steps, never in the persons or the acts.
 */
import {
  exchangeStatusOf,
  findAwaited,
  findImbalanceOf,
  findIn,
  findNextStep,
  stepSizeMax,
  stepStatusOf,
  summarizeLegs,
  summarizeLists,
  summarizeTranche,
  tranchesOf,
  valuesOf,
  type Exchange,
  type Leg,
  type LegId,
  type LegSummary,
  type Movement,
  type PartyId,
  type Step,
  type Terms,
  type Tranche,
} from '@homeward/core/exchange';
import { legEnds } from './act-line.ts';
import type {
  AwaitedView,
  BalanceView,
  BoardView,
  CrossingLegView,
  CrossingView,
  HoldView,
  LegView,
  ListView,
  StepView,
  TrancheView,
} from './board-view.ts';

/** What the folder of acts knows beside the state: order, times, and the lines said last. */
export interface BoardContext {
  readonly position: number;
  readonly of: number;
  readonly at: string;
  readonly last: BoardView['last'];
  readonly series: BoardView['series'];
  readonly refused: BoardView['refused'];
  /** When a crossing was last heard of, by crossing id. */
  readonly heard: ReadonlyMap<string, string>;
}

export function toBoard(state: Exchange, context: BoardContext): BoardView {
  const terms = state.terms?.terms;
  const tranches = tranchesOf(state);
  const nextSteps = terms === undefined ? [] : toNextSteps(state, terms, tranches);
  return {
    exchange: state.id ?? '',
    title: state.title,
    status: exchangeStatusOf(state),
    suspendedBy: state.suspensions.map(({ party }) => party),
    position: context.position,
    of: context.of,
    at: context.at,
    hash: state.hash,
    parties: [...valuesOf(state.parties)].map(({ id, kind, label: name }) => ({ id, kind, label: name })),
    legs: summarizeLegs(state).map((leg, order) => toLeg(state, leg, order)),
    tranches: terms === undefined ? [] : toTranches(state, terms, tranches),
    crossings: terms === undefined ? [] : toCrossings(state, terms, tranches, context),
    balances: terms === undefined ? [] : terms.couplings.map((coupling) => toBalance(state, terms, coupling)),
    nextSteps: nextSteps.length,
    holds: nextSteps.filter(({ refusals }) => refusals.length > 0),
    awaited: toAwaited(state),
    lists: toLists(state),
    series: context.series,
    last: context.last,
    refused: context.refused,
  };
}

const labelOf = (state: Exchange, party: PartyId): string => findIn(state.parties, party)?.label ?? party;

function toLists(state: Exchange): readonly ListView[] {
  return summarizeLists(state).map(({ party, kind, count, opened }) => ({
    party: labelOf(state, party),
    kind,
    count,
    opened,
  }));
}

/** Where a leg is for everybody of a category, as many as its tranches have named are agreed. */
function toLeg(state: Exchange, leg: LegSummary, order: number): LegView {
  const { id, lane, agreed, named, approved, underWay, returned, notGoing, unlisted } = leg;
  return {
    id,
    order,
    ...legEnds(state, id),
    lane,
    agreed: agreed ?? named,
    approved,
    underWay,
    returned,
    notGoing,
    unlisted,
  };
}

const isOver = (status: TrancheView['status']): boolean => status === 'withdrawn' || status === 'cancelled';

function toTranche(state: Exchange, terms: Terms, tranche: Tranche): TrancheView {
  const { id, number, status, legs, approvals } = summarizeTranche(state, tranche);
  return {
    id,
    number,
    status,
    legs: legs.map(({ leg, persons, approved, underWay, returned }) => ({
      leg,
      order: orderOf(terms, leg),
      agreed: persons,
      approved,
      underWay,
      returned,
    })),
    approvals: approvals.map(({ party, has, needs }) => ({ party: labelOf(state, party), has, needs })),
    voided: tranche.voided?.approvals ?? 0,
  };
}

/** Those proposed, and in their places those that the terms plan and nobody has proposed yet. */
function toTranches(state: Exchange, terms: Terms, tranches: readonly Tranche[]): readonly TrancheView[] {
  const shown = tranches.map((tranche) => toTranche(state, terms, tranche));
  const proposed = new Set(shown.filter(({ status }) => !isOver(status)).map(({ number }) => number));
  const planned = terms.tranches
    .filter(({ number }) => !proposed.has(number))
    .map(({ number, persons }): TrancheView => ({
      id: `planned-${number}`,
      number,
      status: 'planned',
      legs: terms.legs.flatMap((leg, order) =>
        persons[leg.id] === undefined
          ? []
          : [{ leg: leg.id, order, agreed: persons[leg.id]!, approved: 0, underWay: 0, returned: 0 }],
      ),
      approvals: [],
      voided: 0,
    }));
  // A sort keeps the order of those of one number: who is over, then the one that stands or is planned.
  return [...shown, ...planned].sort((a, b) => a.number - b.number);
}

function toCrossings(
  state: Exchange,
  terms: Terms,
  tranches: readonly Tranche[],
  context: BoardContext,
): readonly CrossingView[] {
  return terms.crossings.map((crossing) => ({
    id: crossing.id,
    label: crossing.label,
    position: crossing.position,
    heard: context.heard.get(crossing.id),
    legs: terms.legs.flatMap((leg, order) => {
      // The tranche under way here, or the last that was; one that was cancelled only where no other has come.
      const routed = tranches.filter(
        ({ status, movements }) =>
          status !== 'withdrawn' && findIn(movements, leg.id)?.route?.crossing === crossing.id,
      );
      const tranche =
        routed.findLast(({ status }) => status === 'live') ??
        routed.findLast(({ status }) => status === 'certified') ??
        routed.at(-1);
      const movement = tranche === undefined ? undefined : findIn(tranche.movements, leg.id);
      return tranche === undefined || movement === undefined
        ? []
        : [toCrossingLeg(state, tranche, movement, leg, order)];
    }),
  }));
}

function toCrossingLeg(
  state: Exchange,
  tranche: Tranche,
  movement: Movement,
  leg: Leg,
  order: number,
): CrossingLegView {
  const steps = [...valuesOf(movement.steps)].map(toStep).sort((a, b) => a.step - b.step);
  const size = Math.max(1, stepSizeMax(state, leg, movement));
  return {
    leg: leg.id,
    order,
    tranche: tranche.number,
    notified: movement.notice !== undefined,
    acknowledged: movement.acknowledged,
    opens: movement.route?.opens ?? '',
    closes: movement.route?.closes ?? '',
    steps,
    stepsToCome: tranche.status === 'live' && movement.waiting > 0 ? Math.ceil(movement.waiting / size) : 0,
    now: steps.find(({ stage }) => stage !== 'closed') ?? steps.at(-1),
    received: movement.received + movement.returned,
    persons: tranche.persons[leg.id]?.length ?? 0,
  };
}

function toStep(step: Step): StepView {
  return {
    step: step.step,
    stage: stepStatusOf(step),
    vehicle: step.vehicle,
    persons: step.persons.length,
    departureByGiver: step.departureByGiver,
    departureByNeutral: step.departureByNeutral,
    arrivalByNeutral: step.arrivalByNeutral,
    arrivalByReceiver: step.arrivalByReceiver,
    halts: step.halts.map(({ reason }) => reason),
    rejected: step.rejected.length,
  };
}

function toBalance(state: Exchange, terms: Terms, coupling: Terms['couplings'][number]): BalanceView {
  const gap = findImbalanceOf(state, coupling);
  return {
    legs: coupling.legs.map((id) => ({
      leg: id,
      order: orderOf(terms, id),
      crossed: findIn(state.legs, id)?.received ?? 0,
    })),
    ahead: gap === undefined || gap.persons === 0 ? undefined : orderOf(terms, gap.ahead),
    imbalance: gap?.persons ?? 0,
    limit: gap?.stepSize ?? 0,
  };
}

const orderOf = (terms: Terms, id: LegId): number => terms.legs.findIndex((leg) => leg.id === id);

/** The next step of every leg of every live tranche, as the rules themselves see it. */
function toNextSteps(state: Exchange, terms: Terms, tranches: readonly Tranche[]): readonly HoldView[] {
  return tranches.flatMap((tranche) =>
    terms.legs.flatMap((leg, order) => {
      const next = findNextStep(state, tranche, leg);
      return next === undefined
        ? []
        : [
            {
              tranche: tranche.number,
              leg: legEnds(state, leg.id),
              order,
              step: next.step,
              refusals: next.holds,
            },
          ];
    }),
  );
}

function toAwaited(state: Exchange): readonly AwaitedView[] {
  const terms = state.terms?.terms;
  return findAwaited(state).map(({ leg, ...rest }) => ({
    ...rest,
    ...(leg === undefined || terms === undefined
      ? {}
      : { leg: legEnds(state, leg), order: orderOf(terms, leg) }),
  }));
}
