/** The opening: the host opens, lets everybody in, everybody enrolls, and the powers accept the terms. */
import { findIn, powersOfTerms, termsHash, valuesOf, type PartyId, type Terms } from '../exchange/index.ts';
import { official, officialsOf, successorOf, toFounder, witnessOf } from './cast.ts';
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
  // Whoever is represented comes after those who may speak for it.
  const parties = [...at.parties].sort(
    ([, a], [, b]) => Number(a.representedBy !== undefined) - Number(b.representedBy !== undefined),
  );
  for (const [party, { kind, label, representedBy }] of parties) {
    if (kind === 'host') {
      continue;
    }
    const officials = officialsOf(party, kind);
    yield* offer(mediator, 'PartyAccredited', {
      ...{ party, kind, label: label ?? party, founders: officials.map(toFounder) },
      witness: kind === 'power' && representedBy === undefined ? witnessOf(party) : '',
      ...(representedBy === undefined ? {} : { representedBy }),
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
  // Also those whom the terms bind that these replace.
  for (const party of new Set([...powersOfTerms(terms), ...powersOfTerms(before.terms)])) {
    yield* acceptTerms(at, party, terms);
  }
  at.terms = terms;
}

/** A party that was represented speaks for itself from now on, by keys of its own; the powers in force let it in. */
export function* join(at: Rehearsal, party: PartyId): Script {
  const form = at.parties.get(party);
  if (
    form === undefined ||
    form.kind === 'host' ||
    form.representedBy === undefined ||
    at.joined.has(party)
  ) {
    return yield* fail(`${party} is not represented by anybody.`);
  }
  const own = officialsOf(party, form.kind).map(successorOf);
  yield* offer(official(at.host, 'mediator'), 'PartyAccredited', {
    ...{ party, kind: form.kind, label: form.label ?? party, founders: own.map(toFounder) },
    witness: form.kind === 'power' ? witnessOf(party) : '',
  });
  const isPending = findIn(at.state.admissions, party) !== undefined;
  for (const power of isPending ? powersOfTerms(at.terms).filter((one) => one !== party) : []) {
    for (const role of ['coordinator', 'approver'] as const) {
      yield* offer(official(power, role), 'PartyAdmitted', { party });
    }
  }
  at.joined.add(party);
  for (const one of own) {
    yield* offer(one, 'KeyEnrolled', { publicKey: one.publicKey });
  }
}
