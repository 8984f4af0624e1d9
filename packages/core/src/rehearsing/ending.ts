/** Stops, certificates, the end, and what outlives it. */
import {
  personsPerActMax,
  type Bodies,
  type LegId,
  type PartyId,
  type Tranche,
  valuesOf,
} from '../exchange/index.ts';
import { madeUpHash, official, type Official } from './cast.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { HappeningOf } from './scenario.ts';
import { fail, offer, type Script, type Steps } from './script.ts';

/** The first to speak for a party where several of its roles may. */
export function spokesOf(at: Rehearsal, party: PartyId): Official {
  const kind = at.parties.get(party)?.kind;
  return official(
    party,
    kind === 'host' || kind === 'mediator' ? 'mediator' : kind === 'neutral' ? 'observer' : 'coordinator',
  );
}

/** The tranche that a happening is about: by its number, or the first that is live. */
export function* trancheFor(at: Rehearsal, number: number | undefined): Steps<Tranche> {
  const found = number === undefined ? at.liveTranches()[0] : at.trancheOf(number);
  if (found === undefined) {
    return yield* fail(number === undefined ? 'No tranche is live.' : `There is no tranche ${number}.`);
  }
  return found;
}

export function* certify(at: Rehearsal, number: number | undefined): Script {
  const tranche = number === undefined ? certifiable(at)[0] : at.trancheOf(number);
  if (tranche === undefined) {
    return yield* fail(
      number === undefined ? 'There is no tranche to certify.' : `There is no tranche ${number}.`,
    );
  }
  const by = at.neutral === undefined ? official(at.host, 'mediator') : official(at.neutral, 'observer');
  const returned: Record<LegId, number> = {};
  for (const leg of Object.keys(tranche.persons) as LegId[]) {
    const movement = at.movement(tranche, leg);
    if (movement !== undefined) {
      returned[leg] = movement.returned;
    }
  }
  yield* offer(by, 'TrancheCertified', { tranche: tranche.id, returned });
}

/** Whether somebody has left, and nobody is waiting, on the way or unconfirmed. */
export function isDone(at: Rehearsal, tranche: Tranche): boolean {
  return (
    tranche.departed &&
    (Object.keys(tranche.persons) as LegId[]).every((leg) => {
      const movement = at.movement(tranche, leg);
      return (
        movement === undefined ||
        movement.waiting + movement.onManifest + movement.inMotion + movement.received === 0
      );
    })
  );
}

/** Tranches that have moved and have no certificate yet. */
function certifiable(at: Rehearsal): readonly Tranche[] {
  return at
    .liveAndEnded()
    .filter(({ status, departed, certified }) => !certified && (status === 'live' || departed));
}

/** Certifies what is to be certified, and closes the exchange. */
export function* complete(at: Rehearsal): Script {
  for (const { number } of certifiable(at)) {
    yield* certify(at, number);
  }
  const returned = Object.fromEntries(
    [...valuesOf(at.state.legs)].map((count) => [count.leg, count.returned]),
  ) as Bodies['ExchangeCompleted']['returned'];
  yield* offer(official(at.host, 'mediator'), 'ExchangeCompleted', { returned });
}

const saying = (reason: string | undefined): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

export function* suspend(at: Rehearsal, { party, reason }: Omit<HappeningOf<'suspend'>, 'do'>): Script {
  yield* offer(spokesOf(at, party), 'ExchangeSuspended', saying(reason));
}

export function* resume(at: Rehearsal, party: PartyId): Script {
  const own = at.state.suspensions.find((one) => one.party === party) ?? at.state.suspensions[0];
  if (own === undefined) {
    return yield* fail('Nobody has suspended the exchange.');
  }
  yield* offer(spokesOf(at, party), 'ExchangeResumed', { suspension: own.act });
}

export function* cancelTranche(
  at: Rehearsal,
  { party, tranche: number, reason }: Omit<HappeningOf<'cancel-tranche'>, 'do'>,
): Script {
  const tranche = yield* trancheFor(at, number);
  yield* offer(spokesOf(at, party), 'TrancheCancelled', { tranche: tranche.id, ...saying(reason) });
}

export function* cancel(at: Rehearsal, { party, reason }: Omit<HappeningOf<'cancel'>, 'do'>): Script {
  yield* offer(spokesOf(at, party), 'ExchangeCancelled', saying(reason));
}

export function* undertake(at: Rehearsal, happening: Omit<HappeningOf<'undertake'>, 'do'>): Script {
  const { undertaking, party, guarantor, persons, until } = happening;
  const everybody = [...at.groups.values()].flatMap((group) => group.persons);
  const named = persons === undefined ? [] : yield* at.pick(persons, everybody, 'on a list');
  const kind = at.parties.get(party)?.kind;
  yield* offer(kind === 'neutral' ? official(party, 'guarantor') : spokesOf(at, party), 'UndertakingGiven', {
    ...{ undertaking, until, persons: named.slice(0, personsPerActMax).map(({ entry }) => entry) },
    ...(guarantor === undefined ? {} : { guarantor }),
  });
}

export function* answerFor(
  _at: Rehearsal,
  { undertaking, party }: Omit<HappeningOf<'answer-for'>, 'do'>,
): Script {
  yield* offer(official(party, 'guarantor'), 'UndertakingGuaranteed', { undertaking });
}

/** A party that no terms bind leaves: as many of its persons say so as it takes. */
export function* leave(at: Rehearsal, party: PartyId): Script {
  const isPower = at.parties.get(party)?.kind === 'power';
  for (const signer of isPower
    ? [official(party, 'coordinator'), official(party, 'approver')]
    : [spokesOf(at, party)]) {
    yield* offer(signer, 'PartyLeft', {});
  }
}

export function* allege(at: Rehearsal, { undertaking, party }: Omit<HappeningOf<'allege'>, 'do'>): Script {
  yield* offer(spokesOf(at, party), 'BreachAlleged', {
    undertaking,
    evidence: madeUpHash(`evidence ${undertaking}`),
  });
}

export function* meetCondition(
  at: Rehearsal,
  { condition, party }: Omit<HappeningOf<'meet-condition'>, 'do'>,
): Script {
  const by =
    party !== undefined && at.parties.get(party)?.kind === 'neutral'
      ? official(party, 'guarantor')
      : official(at.host, 'mediator');
  yield* offer(by, 'ConditionMet', { condition });
}

export function* guarantee(
  _at: Rehearsal,
  { condition, party }: Omit<HappeningOf<'guarantee'>, 'do'>,
): Script {
  yield* offer(official(party, 'guarantor'), 'GuaranteeGiven', { condition, text: condition });
}
