/** Hostile hands on the rules: what one person, one power or the mediator alone must not bring about. */
import { describe, expect, it } from 'vitest';
import {
  byLeg,
  madeUpHash,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
  witnessOf,
  type Attempt,
  type Player,
} from '../../testing/rehearsal.ts';
import type { EntryId, LegId, PartyId } from './act/ids.ts';
import type { Leg } from './act/terms.ts';
import { termsHash } from './rules/agreement.ts';
import { findIn, getFrom, isIn } from './state/persistent-map.ts';

const leg = (id: string, from: string, to: string, count = 4): Leg =>
  ({ id, from, to, lane: 'exchange', count }) as unknown as Leg;
const [there, back] = ['A-B', 'B-A'] as unknown as [LegId, LegId];
const both = [leg('A-B', 'A', 'B'), leg('B-A', 'B', 'A')];
const terms = madeUpTerms({
  legs: both,
  couplings: [{ legs: [there, back], stepSize: byLeg({ 'A-B': 2, 'B-A': 2 }) }],
});
const verdictOf = ({ decision }: Attempt): string =>
  decision.kind === 'refused' ? decision.refusal.kind : 'accepted';
const observer = player('N', 'observer');
const officer = (party: string): Player => player(party, 'officer');
const coordinator = (party: string): Player => player(party, 'coordinator');

function listed(): Rehearsal {
  const r = new Rehearsal('hostile');
  r.open(['A', 'B'], ['N']);
  r.agree(terms);
  r.list(terms, [
    { leg: there, persons: 4 },
    { leg: back, persons: 4 },
  ]);
  for (const id of [there, back]) r.askAndExamine('N', 'A', personsOf(id, 4));
  return r;
}

/** Step 1 of the first leg released. */
function released(): { r: Rehearsal; ref: { tranche: never; leg: LegId; step: number } } {
  const r = listed();
  const tranche = r.prepare(terms, 1, byLeg({ 'A-B': personsOf(there, 4), 'B-A': personsOf(back, 4) }));
  const ref = { tranche, leg: there, step: 1 };
  r.bringToLine(terms, ref, personsOf(there, 2), 'N');
  r.bringToLine(terms, { ...ref, leg: back }, personsOf(back, 2), 'N');
  r.play(officer('A'), 'StepReleased', ref);
  return { r, ref: ref as never };
}

function letIn(r: Rehearsal, party: string, kind: 'power' | 'neutral' = 'power', more = {}): string {
  const founders = (kind === 'power' ? (['coordinator', 'approver'] as const) : (['observer'] as const)).map(
    (role) => {
      const { actor, key } = player(party, role);
      return { actor, role, key };
    },
  );
  const body = { party: party as PartyId, kind, label: party, founders, witness: witnessOf(party), ...more };
  return verdictOf(r.attempt(r.host, 'PartyAccredited', body));
}
function admit(r: Rehearsal, party: string): void {
  for (const power of ['A', 'B']) {
    for (const role of ['coordinator', 'approver'] as const) {
      r.play(player(power, role), 'PartyAdmitted', { party: party as PartyId });
    }
  }
}

describe('F5. nobody is let in, and no terms are replaced, without those they bind', () => {
  it('[EX-81] once terms are in force, two persons of every power they bind let a party in', () => {
    const r = listed();
    expect(letIn(r, 'C')).toBe('accepted');
    expect(isIn(r.state.parties, 'C' as PartyId)).toBe(false);
    expect(
      verdictOf(
        r.attempt(player('C', 'coordinator'), 'KeyEnrolled', {
          publicKey: player('C', 'coordinator').publicKey,
        }),
      ),
    ).toBe('Unknown');
    const say = (by: Player) => verdictOf(r.attempt(by, 'PartyAdmitted', { party: 'C' as PartyId }));
    expect([
      say(coordinator('A')),
      say(coordinator('A')),
      say(player('A', 'approver')),
      say(coordinator('B')),
    ]).toEqual(['accepted', 'SignedAlready', 'accepted', 'accepted']);
    expect(isIn(r.state.parties, 'C' as PartyId)).toBe(false);
    expect(say(player('B', 'approver'))).toBe('accepted');
    expect(isIn(r.state.parties, 'C' as PartyId)).toBe(true);
  });

  it('[EX-22] terms are replaced only with the powers that those in force bind', () => {
    const r = listed();
    for (const party of ['C', 'D']) {
      letIn(r, party);
      admit(r, party);
      for (const role of ['coordinator', 'approver'] as const) {
        const founder = player(party, role);
        r.play(founder, 'KeyEnrolled', { publicKey: founder.publicKey });
      }
    }
    const taken = madeUpTerms({ legs: [leg('C-D', 'C', 'D', 1)] });
    r.play(r.host, 'TermsAmended', { replaces: r.state.terms!.hash, terms: taken });
    const accept = (party: string): void => {
      for (const role of ['coordinator', 'approver'] as const) {
        r.play(player(party, role), 'TermsAccepted', { terms: termsHash(taken) });
      }
    };
    accept('C');
    accept('D');
    expect(r.state.terms?.terms.legs[0]?.id).toBe(there);
    // Who is in no terms stops nothing.
    expect(verdictOf(r.attempt(coordinator('C'), 'ExchangeCancelled', {}))).toBe('PartyMayNot');
    expect(verdictOf(r.attempt(coordinator('C'), 'ExchangeSuspended', {}))).toBe('PartyMayNot');
    accept('A');
    accept('B');
    expect(r.state.terms?.terms.legs[0]?.id).toBe('C-D');
  });
});

describe('F13, F14. every act of a tired officer can be undone before its step closes, and nothing after receipt by one', () => {
  const opening = {
    entry: 'ghost-of-a-double-tap-1' as EntryId,
    commitment: officer('B').publicKey,
    category: 'military',
    lane: 'exchange' as const,
  };

  it('[EX-82] receiver and neutral take off again whom one recorded as on no list', () => {
    const { r, ref } = released();
    r.play(officer('B'), 'UnlistedReturnee', { ...ref, opening, records: madeUpHash('ghost') });
    r.play(officer('B'), 'StepReceived', { ...ref, count: 2 });
    r.play(officer('B'), 'IdentityConfirmed', { ...ref, persons: personsOf(there, 2) });
    r.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 2 });
    expect(r.step(ref).closed).toBe(false);
    const off = (by: Player) =>
      verdictOf(r.attempt(by, 'UnlistedWithdrawn', { ...ref, entry: opening.entry }));
    expect([off(officer('A')), off(officer('B')), off(officer('B')), off(observer)]).toEqual([
      'PartyMayNot',
      'accepted',
      'SignedAlready',
      'accepted',
    ]);
    expect(off(observer)).toBe('PersonNotInStep');
    for (const by of [officer('B'), observer])
      r.play(by, 'HeadCounted', { ...ref, place: 'arrival', count: 2 });
    expect(r.step(ref).closed).toBe(true);
  });

  it('[EX-82] a face wrongly rejected is known again', () => {
    const { r, ref } = released();
    r.play(officer('B'), 'StepReceived', { ...ref, count: 2 });
    r.play(officer('B'), 'IdentityRejected', { ...ref, person: personsOf(there, 1)[0]! });
    r.play(officer('B'), 'IdentityConfirmed', { ...ref, persons: personsOf(there, 2) });
    r.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 2 });
    expect(r.step(ref).closed).toBe(true);
  });

  it('[EX-51] after receipt the giver takes nobody back without the word of receiver or neutral', () => {
    const { r, ref } = released();
    r.play(officer('B'), 'StepReceived', { ...ref, count: 2 });
    r.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 2 });
    const persons = personsOf(there, 2);
    r.play(officer('A'), 'PersonTurnedBack', { ...ref, persons });
    expect(getFrom(r.state.entries, persons[0]!).whereabouts).toBe('received');
    expect(getFrom(r.state.legs, there).received).toBe(2);
    r.play(observer, 'PersonTurnedBack', { ...ref, persons });
    expect(getFrom(r.state.entries, persons[0]!).whereabouts).toBe('held');
    expect(getFrom(r.state.legs, there).received).toBe(0);
  });
});

describe('F15. single words', () => {
  it('[EX-83] (a) an outsider suspends nothing, and nobody halts a step that has closed in an ended tranche', () => {
    const r = listed();
    letIn(r, 'M', 'neutral', { witness: '' });
    admit(r, 'M');
    const stranger = player('M', 'observer');
    r.play(stranger, 'KeyEnrolled', { publicKey: stranger.publicKey });
    expect(verdictOf(r.attempt(stranger, 'ExchangeSuspended', {}))).toBe('PartyMayNot');
    const tranche = r.prepare(terms, 1, byLeg({ 'A-B': personsOf(there, 2) }));
    r.carry(terms, tranche, {}, 'N');
    r.certify(tranche, 'N');
    const ref = { tranche, leg: there, step: 1 };
    expect(verdictOf(r.attempt(observer, 'StepHalted', { ...ref, reason: 'security' }))).toBe('StepClosed');
  });

  it('[EX-84] (b) a stolen key cannot silence a power: two whom it revoked lift that', () => {
    const r = listed();
    const [thief, second, third] = [coordinator('A'), player('A', 'approver'), officer('A')];
    for (const { key } of [second, third]) r.play(thief, 'KeyRevoked', { key, reason: 'stolen' });
    expect(verdictOf(r.attempt(second, 'ExchangeSuspended', {}))).toBe('KeyRevoked');
    const lift = (by: Player, { key }: Player) => verdictOf(r.attempt(by, 'RevocationLifted', { key }));
    expect([lift(thief, second), lift(second, second), lift(second, second), lift(third, second)]).toEqual([
      'KeyRevoked',
      'accepted',
      'SignedAlready',
      'accepted',
    ]);
    r.play(second, 'KeyRevoked', { key: thief.key, reason: 'stolen' });
    expect(verdictOf(r.attempt(second, 'ExchangeSuspended', {}))).toBe('accepted');
    // What its holder revoked stays revoked.
    r.play(second, 'KeyRevoked', { key: second.key, reason: 'lost' });
    expect(lift(player('A', 'medic'), second)).toBe('KeyRevoked');
  });

  it('[EX-49] (d) only who did not recognise a person settles who they are', () => {
    const three = madeUpTerms({ legs: [...both, leg('C-B', 'C', 'B', 1)] });
    const r = new Rehearsal('third');
    r.open(['A', 'B', 'C'], ['N']);
    r.agree(three);
    r.list(three, [{ leg: there, persons: 2 }]);
    r.askAndExamine('N', 'A', personsOf(there, 2));
    const tranche = r.prepare(three, 1, byLeg({ 'A-B': personsOf(there, 2) }));
    const ref = { tranche, leg: there, step: 1 };
    r.bringToLine(three, ref, personsOf(there, 2), 'N');
    r.play(officer('A'), 'StepReleased', ref);
    const [person] = personsOf(there, 1) as [EntryId];
    r.play(officer('B'), 'IdentityRejected', { ...ref, person });
    r.play(officer('A'), 'PersonTurnedBack', { ...ref, persons: [person] });
    const acknowledge = (party: string): void =>
      void r.play(coordinator(party), 'EntryJudged', {
        judgements: [{ entry: person, verdict: 'acknowledged' }],
      });
    acknowledge('C');
    expect(getFrom(r.state.entries, person).identity).toBe('rejected');
    acknowledge('B');
    expect(getFrom(r.state.entries, person).identity).toBe('unchecked');
  });

  it('[EX-85] (g) a condition is answered for by whom it names, and by nobody who is in no terms', () => {
    const r = listed();
    r.play(r.host, 'ConditionLinked', { condition: 'corridor', text: 'Open.', guarantor: 'N' as PartyId });
    letIn(r, 'M', 'neutral', { witness: '' });
    admit(r, 'M');
    expect(
      verdictOf(
        r.attempt(player('N', 'guarantor'), 'GuaranteeGiven', { condition: 'corridor', text: 'Yes.' }),
      ),
    ).toBe('accepted');
    expect(findIn(r.state.conditions, 'corridor')).toMatchObject({ named: 'N', guarantor: 'N' });
  });

  it('[EX-22] (i) a tranche whose leg an amendment takes away ends, and its persons are free', () => {
    const r = listed();
    const tranche = r.prepare(terms, 1, byLeg({ 'A-B': personsOf(there, 2) }));
    const renamed = madeUpTerms({ legs: [leg('new', 'A', 'B'), both[1]!] });
    r.play(r.host, 'TermsAmended', { replaces: r.state.terms!.hash, terms: renamed });
    r.accept(renamed);
    expect(getFrom(r.state.tranches, tranche).status).toBe('withdrawn');
  });
});

describe('P7, P12', () => {
  it('[EX-40] a schedule gives no leg two routes', () => {
    const r = listed();
    const tranche = r.prepare(terms, 1, byLeg({ 'A-B': personsOf(there, 2) }));
    const { hash } = getFrom(r.state.tranches, tranche);
    const route = {
      leg: there,
      crossing: 'C1' as never,
      opens: '2025-05-23T06:00:00.000Z',
      closes: '2025-05-23T18:00:00.000Z',
    };
    expect(verdictOf(r.attempt(r.host, 'TrancheScheduled', { tranche, hash, routes: [route, route] }))).toBe(
      'RouteRepeated',
    );
  });

  it('[EX-59] nobody becomes a guarantor by another’s word', () => {
    const r = listed();
    const given = { undertaking: 'u', guarantor: 'N' as PartyId, persons: [], until: 'the end' };
    r.play(coordinator('A'), 'UndertakingGiven', given);
    expect(findIn(r.state.undertakings, 'u')).toMatchObject({ named: 'N', guarantor: undefined });
    r.play(player('N', 'guarantor'), 'UndertakingGuaranteed', { undertaking: 'u' });
    expect(findIn(r.state.undertakings, 'u')?.guarantor).toBe('N');
  });
});

describe('a party', () => {
  it('[EX-86] that another speaks for is reported by that one, until it joins and speaks for itself', () => {
    const r = new Rehearsal('represented');
    r.open(['A'], ['N']);
    expect(letIn(r, 'B', 'power', { representedBy: 'A', witness: '' })).toBe('accepted');
    for (const role of ['coordinator', 'approver'] as const) {
      const by = player('B', role);
      r.play(by, 'KeyEnrolled', { publicKey: by.publicKey });
    }
    r.agree(terms);
    expect(findIn(r.state.parties, 'B' as PartyId)).toMatchObject({
      representedBy: 'A',
      speaksSince: undefined,
    });
    // With terms in force, those whom they bind let it in as itself: its own founders are others.
    const [own, other] = [player('B', 'coordinator', 'own'), player('B', 'approver', 'own approver')];
    const founders = [own, other].map(({ actor, role, key }) => ({ actor, role, key }));
    const body = {
      party: 'B' as PartyId,
      kind: 'power' as const,
      label: 'B',
      founders,
      witness: witnessOf('B'),
    };
    const joined = r.play(r.host, 'PartyAccredited', body);
    for (const role of ['coordinator', 'approver'] as const) {
      r.play(player('A', role), 'PartyAdmitted', { party: 'B' as PartyId });
    }
    expect(findIn(r.state.parties, 'B' as PartyId)).toMatchObject({
      representedBy: undefined,
      speaksSince: joined,
    });
    expect(verdictOf(r.attempt(coordinator('B'), 'ExchangeSuspended', {}))).toBe('KeyRevoked');
    r.play(own, 'KeyEnrolled', { publicKey: own.publicKey });
    expect(verdictOf(r.attempt(own, 'ExchangeSuspended', {}))).toBe('accepted');
  });

  it('[EX-87] leaves by two persons once no terms bind it, and replaces its node’s keys by two', () => {
    const r = listed();
    const leave = (by: Player) => verdictOf(r.attempt(by, 'PartyLeft', {}));
    expect(leave(coordinator('A'))).toBe('PartyBound');
    const replace = (by: Player) =>
      verdictOf(
        r.attempt(by, 'NodeKeysReplaced', { witness: witnessOf('A-anew'), sealing: officer('A').publicKey }),
      );
    expect([replace(coordinator('A')), replace(player('A', 'approver'))]).toEqual(['accepted', 'accepted']);
    expect(findIn(r.state.parties, 'A' as PartyId)).toMatchObject({
      witness: witnessOf('A-anew'),
      sealing: officer('A').publicKey,
    });
    r.play(coordinator('B'), 'ExchangeCancelled', {});
    expect([leave(coordinator('A')), leave(player('A', 'approver')), leave(coordinator('A'))]).toEqual([
      'accepted',
      'accepted',
      'PartyBound',
    ]);
  });
});

describe('without a neutral', () => {
  it('[EX-88] the parties count alone: a whole tranche crosses, and is certified by one of them', () => {
    const alone = madeUpTerms({
      legs: [leg('A-B', 'A', 'B', 2)],
      neutrals: [],
      unwitnessed: 'by-the-parties-alone',
    });
    const r = new Rehearsal('alone');
    r.open(['A', 'B'], []);
    r.agree(alone);
    r.list(alone, [{ leg: there, persons: 2 }]);
    const persons = personsOf(there, 2);
    const clear = (stage: 'before-listing' | 'at-line'): void =>
      void r.play(officer('A'), 'ClearanceRecorded', {
        stage,
        persons: persons.map((id) => ({ entry: id, cleared: true })),
      });
    clear('before-listing');
    const tranche = r.prepare(alone, 1, byLeg({ 'A-B': persons }));
    const ref = { tranche, leg: there, step: 1 };
    r.play(officer('A'), 'ManifestIssued', { ...ref, vehicle: 'bus', persons });
    r.play(officer('A'), 'Departed', ref);
    clear('at-line');
    expect(verdictOf(r.attempt(officer('A'), 'StepReleased', ref))).toBe('CountsMissing');
    r.play(officer('A'), 'HeadCounted', { ...ref, place: 'departure', count: 3 });
    expect(verdictOf(r.attempt(officer('A'), 'StepReleased', ref))).toBe('CountMismatch');
    r.play(officer('A'), 'HeadCounted', { ...ref, place: 'departure', count: 2 });
    r.play(officer('A'), 'StepReleased', ref);
    r.play(officer('B'), 'StepReceived', { ...ref, count: 2 });
    r.play(officer('B'), 'IdentityConfirmed', { ...ref, persons });
    expect(r.step(ref).closed).toBe(true);
    r.confirm(alone, ref);
    r.play(coordinator('B'), 'TrancheCertified', { tranche, returned: byLeg({ 'A-B': 2 }) });
    r.complete(alone);
  });
});
