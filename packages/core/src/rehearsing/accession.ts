/** The opening: the host opens, lets everybody in, everybody enrolls, and the powers accept the terms. */
import { powersOfTerms, termsHash, valuesOf, type PartyId, type Terms } from '../exchange/index.ts';
import { official, officialsOf, toFounder, witnessOf } from './cast.ts';
import type { Rehearsal } from './rehearsal.ts';
import { fail, offer, type Script } from './script.ts';

export function* openExchange(at: Rehearsal, title: string): Script {
  const { host } = at;
  const mediator = official(host, 'mediator');
  yield* offer(mediator, 'ExchangeOpened', {
    title,
    host,
    label: at.parties.get(host)?.label ?? host,
    publicKey: mediator.publicKey,
    founders: officialsOf(host, 'host').map(toFounder),
  });
  for (const [party, { kind, label }] of at.parties) {
    if (kind === 'host') {
      continue;
    }
    const officials = officialsOf(party, kind);
    yield* offer(mediator, 'PartyAccredited', {
      ...{ party, kind, label: label ?? party, founders: officials.map(toFounder) },
      witness: kind === 'power' ? witnessOf(party) : '',
    });
    for (const one of officials) {
      yield* offer(one, 'KeyEnrolled', { publicKey: one.publicKey });
    }
  }
}

/** Conditions that gates name, and the terms themselves. */
export function* proposeTerms(at: Rehearsal): Script {
  const mediator = official(at.host, 'mediator');
  for (const { requires } of at.terms.gates) {
    if (requires.kind !== 'condition-met') {
      continue;
    }
    const isLinked = [...valuesOf(at.state.conditions)].some(
      ({ condition }) => condition === requires.condition,
    );
    if (!isLinked) {
      yield* offer(mediator, 'ConditionLinked', { condition: requires.condition, text: requires.condition });
    }
  }
  yield* offer(mediator, 'TermsProposed', { terms: at.terms });
}

/** Two persons of a power accept the terms that are on the table. */
export function* acceptTerms(at: Rehearsal, party: PartyId, terms: Terms = at.terms): Script {
  for (const signer of [official(party, 'coordinator'), official(party, 'approver')]) {
    yield* offer(signer, 'TermsAccepted', { terms: termsHash(terms) });
  }
}

/** Terms on the table, and in force unless the scenario says itself who accepts them. */
export function* agree(at: Rehearsal, isAcceptedByHand: boolean): Script {
  yield* proposeTerms(at);
  if (isAcceptedByHand) {
    return;
  }
  for (const party of powersOfTerms(at.terms)) {
    yield* acceptTerms(at, party);
  }
}

/** Terms that replace those in force, accepted by every power that they name. */
export function* amendTerms(at: Rehearsal, terms: Terms): Script {
  const before = at.state.terms;
  if (before === undefined) {
    return yield* fail('No terms are in force that could be amended.');
  }
  yield* offer(official(at.host, 'mediator'), 'TermsAmended', { replaces: before.hash, terms });
  for (const party of powersOfTerms(terms)) {
    yield* acceptTerms(at, party, terms);
  }
  at.terms = terms;
}
