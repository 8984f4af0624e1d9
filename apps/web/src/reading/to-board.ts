/**
 * The board of one exchange from the state the core folded. Pure, and cheap enough to run after every act: its cost
 * is in the tranches and their steps, never in the persons or the acts.
 */
import {
  findAwaited,
  findImbalanceOf,
  findIn,
  countMax,
  findNextStep,
  missingApprovals,
  powersOfTranche,
  stepSizeMax,
  valuesOf,
  type Exchange,
  type Leg,
  type LegId,
  type Movement,
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
  Progress,
  StepStage,
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
  const tranches = [...valuesOf(state.tranches)].sort((a, b) => a.number - b.number);
  const nextSteps = terms === undefined ? [] : toNextSteps(state, terms, tranches);
  return {
    exchange: state.id ?? '',
    title: state.title,
    status: state.status === 'open' && state.suspensions.length > 0 ? 'suspended' : state.status,
    suspendedBy: state.suspensions.map(({ party }) => party),
    position: context.position,
    of: context.of,
    at: context.at,
    hash: state.hash,
    parties: [...valuesOf(state.parties)].map(({ id, kind, label: name }) => ({ id, kind, label: name })),
    legs: terms === undefined ? [] : terms.legs.map((leg, order) => toLeg(state, tranches, leg, order)),
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

const listKinds = ['sought', 'held', 'withheld'] as const;

/** By party, then by kind. */
function toLists(state: Exchange): readonly ListView[] {
  const lists = [...valuesOf(state.lists)];
  const parties = [...new Set(lists.map(({ party }) => party))].sort();
  return lists
    .sort(
      (a, b) =>
        parties.indexOf(a.party) - parties.indexOf(b.party) ||
        listKinds.indexOf(a.kind) - listKinds.indexOf(b.kind),
    )
    .map((list) => ({
      party: findIn(state.parties, list.party)?.label ?? list.party,
      kind: list.kind,
      count: list.count,
      opened: list.opened.entries,
    }));
}

function approvalsOf(state: Exchange, terms: Terms, tranche: Tranche): TrancheView['approvals'] {
  const missing = new Map(missingApprovals(state, tranche).map((one) => [one.party, one.has]));
  return powersOfTranche(state, tranche).map((party) => ({
    party: findIn(state.parties, party)?.label ?? party,
    has: missing.get(party) ?? terms.approvalsPerPower,
    needs: terms.approvalsPerPower,
  }));
}

/** How far the persons of one leg of one tranche are. Who said no or fell out is in none of the four. */
function progressOf(state: Exchange, tranche: Tranche, leg: LegId): Progress {
  const agreed = tranche.persons[leg]?.length ?? 0;
  const movement = findIn(tranche.movements, leg);
  const isApproved = tranche.status === 'live' && missingApprovals(state, tranche).length === 0;
  return {
    agreed,
    approved: isApproved ? (movement === undefined ? agreed : movement.waiting + movement.onManifest) : 0,
    underWay: (movement?.inMotion ?? 0) + (movement?.received ?? 0),
    verified: movement?.returned ?? 0,
  };
}

/** Persons agreed for a leg; where it is for everybody of a category, as many as its tranches have named. */
function agreedOf(state: Exchange, leg: Leg): number {
  const most = countMax(leg);
  if (Number.isFinite(most)) return most;
  let named = 0;
  for (const { status, persons } of valuesOf(state.tranches)) {
    if (!isOver(status === 'live' ? 'proposed' : status)) named += persons[leg.id]?.length ?? 0;
  }
  return named;
}

function toLeg(state: Exchange, tranches: readonly Tranche[], leg: Leg, order: number): LegView {
  const count = findIn(state.legs, leg.id);
  let approved = 0;
  let underWay = 0;
  for (const tranche of tranches) {
    if (tranche.status === 'withdrawn') continue;
    const progress = progressOf(state, tranche, leg.id);
    approved += progress.approved;
    underWay += progress.underWay;
  }
  return {
    id: leg.id,
    order,
    from: findIn(state.parties, leg.from)?.label ?? leg.from,
    to: leg.to === undefined ? '' : (findIn(state.parties, leg.to)?.label ?? leg.to),
    lane: leg.lane,
    agreed: agreedOf(state, leg),
    approved,
    underWay,
    verified: count?.returned ?? 0,
    refused: count?.refused ?? 0,
    unlisted: count?.unlisted ?? 0,
  };
}

const isOver = (status: TrancheView['status']): boolean => status === 'withdrawn' || status === 'cancelled';

function toTranches(state: Exchange, terms: Terms, tranches: readonly Tranche[]): readonly TrancheView[] {
  const shown = tranches.map((tranche): TrancheView => {
    const legs = terms.legs.flatMap((leg, order) =>
      tranche.persons[leg.id] === undefined
        ? []
        : [{ leg: leg.id, order, ...progressOf(state, tranche, leg.id) }],
    );
    const moving = legs.some((leg) => leg.underWay + leg.verified > 0);
    return {
      id: tranche.id,
      number: tranche.number,
      status:
        tranche.status !== 'live'
          ? tranche.status
          : moving || tranche.departed
            ? 'under-way'
            : missingApprovals(state, tranche).length === 0
              ? 'approved'
              : 'proposed',
      legs,
      approvals: approvalsOf(state, terms, tranche),
      voided: tranche.voided?.approvals ?? 0,
    };
  });
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
          : [{ leg: leg.id, order, agreed: persons[leg.id]!, approved: 0, underWay: 0, verified: 0 }],
      ),
      approvals: [],
      voided: 0,
    }));
  // Of one number the one that is over comes first: only then could another take the number.
  return [...shown, ...planned].sort(
    (a, b) => a.number - b.number || Number(isOver(b.status)) - Number(isOver(a.status)),
  );
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

function stageOf(step: Step): StepStage {
  if (step.closed) return 'closed';
  if (step.halts.length > 0) return 'halted';
  if (step.received !== undefined) return 'received';
  if (step.released !== undefined) return 'released';
  return step.departed ? 'departed' : 'manifest';
}

function toStep(step: Step): StepView {
  return {
    step: step.step,
    stage: stageOf(step),
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
