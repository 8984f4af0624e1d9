/** What a party with good keys may try: sequences of acts, each allowed by itself, that together break a promise. */
import { describe, expect, it } from 'vitest';
import { termsHash } from './rules/agreement.ts';
import type { CrossingId, EntryId, LegId, PartyId, TrancheId } from './act/ids.ts';
import { listRoot } from './rules/lists.ts';
import { findIn, getFrom } from './state/persistent-map.ts';
import {
  byLeg,
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
  soughtOf,
} from '../../testing/rehearsal.ts';
import type { Attempt } from '../../testing/rehearsal.ts';
import type { Leg, Terms } from './act/terms.ts';
import { powersOfTerms } from './act/terms.ts';

const refusalOf = ({ decision }: Attempt): string =>
  decision.kind === 'refused' ? decision.refusal.kind : 'accepted';
const leg = (id: string, from: string, to: string, count: number): Leg => ({
  id: id as LegId,
  from: from as PartyId,
  to: to as PartyId,
  lane: 'exchange',
  count,
});
const [coordinatorOfA, coordinatorOfB] = [player('A', 'coordinator'), player('B', 'coordinator')];
const [officerOfA, officerOfB] = [player('A', 'officer'), player('B', 'officer')];
const observer = player('N', 'observer');
const terms = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 4), leg('B-A', 'B', 'A', 4)] });
const window = { opens: '2025-05-23T06:00:00.000Z', closes: '2025-05-23T18:00:00.000Z' };

/** Four persons held by each side, acknowledged, asked and examined. */
function listed(over: Terms = terms, matched = false): Rehearsal {
  const rehearsal = new Rehearsal('dishonest');
  const powers = powersOfTerms(over);
  rehearsal.open(powers, ['N']);
  rehearsal.agree(over);
  rehearsal.list(
    over,
    over.legs.map(({ id }) => ({ leg: id, persons: 4, matched })),
  );
  for (const { id, from } of over.legs) rehearsal.askAndExamine('N', from, personsOf(id, 4));
  return rehearsal;
}

function propose(rehearsal: Rehearsal, name: string, number: number, persons: readonly EntryId[]) {
  const tranche = madeUpId(`tranche ${name}`) as TrancheId;
  return rehearsal.attempt(coordinatorOfA, 'TrancheProposed', {
    tranche,
    number,
    persons: byLeg({ 'A-B': persons }),
  });
}

function toSealed(rehearsal: Rehearsal, party: string, kind: 'sought' | 'held' | 'withheld', count: number) {
  const openings = personsOf(`${party} ${kind}`, count).map((entry) => ({
    entry,
    commitment: player('A', 'medic').publicKey,
    category: 'military' as const,
    lane: 'exchange' as const,
  }));
  const list = rehearsal.listId(party as PartyId, kind);
  rehearsal.play(player(party, 'coordinator'), 'ListSealed', {
    list,
    kind,
    root: listRoot(openings),
    count,
    records: madeUpHash('records'),
    escrow: madeUpHash('escrow'),
  });
  return { list, openings };
}

describe('lists', () => {
  it('[EX-25] [EX-26] nobody begins an opening that could not be ended: what is left fits the parts left, and no part is idle', () => {
    const rehearsal = new Rehearsal('parts');
    rehearsal.open(['A', 'B'], ['N']);
    rehearsal.agree(madeUpTerms({ legs: [leg('A-B', 'A', 'B', 4)] }));
    const { list, openings } = toSealed(rehearsal, 'A', 'held', 450);
    toSealed(rehearsal, 'A', 'withheld', 0);
    toSealed(rehearsal, 'B', 'sought', 0);
    const reveal = madeUpHash('reveal');
    const open = (part: number, parts: number, from: number, to: number): string =>
      refusalOf(
        rehearsal.attempt(coordinatorOfA, 'ListOpened', {
          list,
          part,
          parts,
          entries: openings.slice(from, to),
          reveal,
        }),
      );
    expect(open(1, 2, 0, 1)).toBe('PartsUnfit');
    expect(open(1, 1_000_000, 0, 0)).toBe('PartsUnfit');
    expect(open(1, 452, 0, 0)).toBe('PartsUnfit');
    expect(open(1, 3, 0, 49)).toBe('PartsUnfit');
    expect(open(1, 3, 0, 50)).toBe('accepted');
    expect(open(2, 3, 50, 50 + 199)).toBe('PartsUnfit');
    expect(open(2, 3, 50, 50 + 200)).toBe('accepted');
    expect(open(3, 3, 250, 450)).toBe('accepted');
  });

  it('[EX-26] terms that come to expect another list do not keep shut what had begun to open', () => {
    const rehearsal = new Rehearsal('begun');
    rehearsal.open(['A', 'B', 'C'], ['N']);
    const before = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 4)] });
    rehearsal.agree(before);
    const held = toSealed(rehearsal, 'A', 'held', 2);
    const withheld = toSealed(rehearsal, 'A', 'withheld', 1);
    toSealed(rehearsal, 'B', 'sought', 0);
    const open = (by: typeof coordinatorOfA, { list, openings }: typeof held): string =>
      refusalOf(
        rehearsal.attempt(by, 'ListOpened', {
          list,
          part: 1,
          parts: 1,
          entries: openings,
          reveal: madeUpHash('reveal'),
        }),
      );
    expect(open(coordinatorOfA, held)).toBe('accepted');
    const after = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 4), leg('C-A', 'C', 'A', 1)] });
    rehearsal.play(rehearsal.host, 'TermsAmended', { replaces: termsHash(before), terms: after });
    rehearsal.accept(after);
    expect(open(observer, withheld)).toBe('accepted');
  });

  it('[EX-27] [EX-49] N2. two entries of one person are not parted once one of them is chosen or gone, to cross by the other', () => {
    const rehearsal = listed(terms, true);
    const [held] = personsOf('A-B', 1) as [EntryId];
    const [sought] = soughtOf('A-B', 1) as [EntryId];
    const answer = (one: Rehearsal, verdict: 'not-held' | 'acknowledged'): void =>
      void one.play(coordinatorOfA, 'EntryJudged', { judgements: [{ entry: sought, verdict }] });
    const matchOf = (one: Rehearsal): unknown => getFrom(one.state.entries, held).counterpart;
    const free = rehearsal.fork();
    answer(free, 'not-held');
    expect(matchOf(free)).toBeUndefined();
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': [held] });
    const chosen = rehearsal.fork();
    answer(chosen, 'not-held');
    expect(matchOf(chosen)).toBe(sought);
    expect(getFrom(chosen.state.tranches, tranche).approvals).toEqual([]);
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, [held], 'N');
    rehearsal.cross(terms, ref, 'N');
    rehearsal.confirm(terms, ref);
    rehearsal.certify(tranche, 'N');
    answer(rehearsal, 'not-held');
    answer(rehearsal, 'acknowledged');
    rehearsal.askAndExamine('N', 'A', [sought]);
    expect(refusalOf(propose(rehearsal, 'again', 2, [sought]))).toBe('PersonGone');
  });

  it('[EX-28] only powers of the terms comment: a power let in besides does not use up the rounds', () => {
    const rehearsal = new Rehearsal('comments');
    rehearsal.open(['A', 'B', 'C'], ['N']);
    rehearsal.agree(terms);
    rehearsal.list(terms, [{ leg: 'A-B' as LegId, persons: 1 }]);
    const [entry] = personsOf('A-B', 1) as [EntryId];
    const body = { entry, round: 1, text: madeUpHash('comment') };
    expect(refusalOf(rehearsal.attempt(player('C', 'coordinator'), 'CommentMade', body))).toBe('PartyMayNot');
    expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'CommentMade', body))).toBe('accepted');
  });

  it('[EX-30] gain nobody by a power that has left the terms, whatever it signed before', () => {
    const withC = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 4), leg('C-B', 'C', 'B', 2)] });
    const withoutC = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 4)] });
    const rehearsal = new Rehearsal('left');
    rehearsal.open(['A', 'B', 'C'], ['N']);
    rehearsal.agree(withC);
    rehearsal.list(withC, [{ leg: 'A-B' as LegId, persons: 1 }]);
    const entry = madeUpId('late') as EntryId;
    const late = {
      list: rehearsal.listId('C' as PartyId, 'held'),
      opening: {
        entry,
        commitment: player('C', 'medic').publicKey,
        category: 'military' as const,
        lane: 'exchange' as const,
      },
      records: madeUpHash('late'),
    };
    const sign = (party: string): readonly string[] =>
      (['coordinator', 'approver'] as const).map((role) =>
        refusalOf(rehearsal.attempt(player(party, role), 'EntryAdded', late)),
      );
    const amend = (from: Terms, to: Terms): void => {
      rehearsal.play(rehearsal.host, 'TermsAmended', { replaces: termsHash(from), terms: to });
      rehearsal.accept(to);
    };
    expect(sign('C')).toEqual(['accepted', 'accepted']);
    amend(withC, withoutC);
    expect(sign('B')).toEqual(['ListNotExpected', 'ListNotExpected']);
    expect(findIn(rehearsal.state.entries, entry)).toBeUndefined();
    amend(withoutC, withC);
    expect(sign('B')).toEqual(['accepted', 'accepted']);
    expect(findIn(rehearsal.state.entries, entry)?.verdict).toEqual({ verdict: 'acknowledged', by: 'B' });
  });
});

describe('a commission', () => {
  it('[EX-33] is heard by a party of the terms alone: nobody let in besides keeps a person where they are', () => {
    const rehearsal = listed();
    const stranger = player('M', 'commissioner');
    rehearsal.play(rehearsal.host, 'PartyAccredited', {
      party: 'M' as PartyId,
      kind: 'neutral',
      label: 'M',
      founders: [{ actor: stranger.actor, role: stranger.role, key: stranger.key }],
      witness: '',
    });
    for (const party of ['A', 'B']) {
      for (const role of ['coordinator', 'approver'] as const) {
        rehearsal.play(player(party, role), 'PartyAdmitted', { party: 'M' as PartyId });
      }
    }
    rehearsal.play(stranger, 'KeyEnrolled', { publicKey: stranger.publicKey });
    const [entry] = personsOf('A-B', 1) as [EntryId];
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': [entry] });
    const body = { entry, decision: 'refuse' as const, grounds: madeUpHash('finding') };
    expect(refusalOf(rehearsal.attempt(stranger, 'CommissionDecided', body))).toBe('PartyMayNot');
    expect(getFrom(rehearsal.state.tranches, tranche).approvals).toHaveLength(4);
    expect(refusalOf(rehearsal.attempt(player('N', 'commissioner'), 'CommissionDecided', body))).toBe(
      'accepted',
    );
  });
});

describe('terms', () => {
  it('[EX-19] [EX-61] N6. what was agreed before other terms came into force is spent: no one person brings former terms back', () => {
    const rehearsal = new Rehearsal('terms');
    rehearsal.open(['A', 'B'], ['N']);
    const first = terms;
    const second = madeUpTerms({ ...terms, verdictDays: 99 });
    const third = madeUpTerms({ ...terms, verdictDays: 7 });
    const amend = (replaces: Terms, over: Terms): void =>
      void rehearsal.play(rehearsal.host, 'TermsAmended', { replaces: termsHash(replaces), terms: over });
    const late = player('A', 'coordinator', 'late');
    for (const role of ['coordinator', 'approver'] as const) {
      rehearsal.play(player('A', role), 'RoleGranted', { actor: late.actor, role: late.role, key: late.key });
    }
    rehearsal.play(late, 'KeyEnrolled', { publicKey: late.publicKey });
    rehearsal.agree(first);
    amend(first, third);
    for (const role of ['coordinator', 'approver'] as const) {
      rehearsal.play(player('A', role), 'TermsAccepted', { terms: termsHash(third) });
    }
    rehearsal.play(player('B', 'approver'), 'TermsAccepted', { terms: termsHash(third) });
    amend(first, second);
    rehearsal.accept(second);
    amend(second, first);
    rehearsal.accept(first);
    rehearsal.attempt(late, 'TermsAccepted', { terms: termsHash(second) });
    expect(rehearsal.state.terms?.hash).toBe(termsHash(first));
    rehearsal.attempt(coordinatorOfB, 'TermsAccepted', { terms: termsHash(third) });
    expect(rehearsal.state.terms?.hash).toBe(termsHash(first));
    rehearsal.attempt(coordinatorOfA, 'TermsAccepted', { terms: termsHash(second) });
    for (const role of ['coordinator', 'approver'] as const) {
      rehearsal.attempt(player('B', role), 'TermsAccepted', { terms: termsHash(second) });
    }
    rehearsal.attempt(player('A', 'approver'), 'TermsAccepted', { terms: termsHash(second) });
    expect(rehearsal.state.terms?.hash).toBe(termsHash(second));
  });

  it('[EX-22] [EX-57] an amendment keeps the legs of a tranche that has departed, so that it can still be cancelled', () => {
    const rehearsal = listed();
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': personsOf('A-B', 1) });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, personsOf('A-B', 1), 'N');
    rehearsal.play(officerOfA, 'PersonTurnedBack', { ...ref, persons: personsOf('A-B', 1) });
    const other = madeUpTerms({ legs: [leg('other', 'A', 'B', 4), leg('B-A', 'B', 'A', 4)] });
    const amend = rehearsal.attempt(rehearsal.host, 'TermsAmended', {
      replaces: termsHash(terms),
      terms: other,
    });
    expect(amend.decision).toMatchObject({ refusal: { faults: [{ kind: 'LegDropped', leg: 'A-B' }] } });
    rehearsal.play(coordinatorOfB, 'TrancheCancelled', { tranche });
    expect(
      refusalOf(
        rehearsal.attempt(rehearsal.host, 'TermsAmended', { replaces: termsHash(terms), terms: other }),
      ),
    ).toBe('accepted');
  });
});

describe('a person with two entries', () => {
  const [held] = personsOf('A-B', 1) as [EntryId];
  const [sought] = soughtOf('A-B', 1) as [EntryId];
  const against: readonly [string, (rehearsal: Rehearsal) => void, string][] = [
    ['struck', (one) => void one.play(coordinatorOfB, 'EntryStruck', { entry: sought }), 'EntryStruck'],
    [
      'unwilling',
      (one) =>
        void one.play(observer, 'ClearanceRecorded', {
          stage: 'before-listing',
          persons: [{ entry: sought, cleared: false }],
        }),
      'PersonNotCleared',
    ],
    [
      'unfit',
      (one) =>
        void one.play(player('N', 'observer'), 'ClearanceRecorded', {
          stage: 'before-listing',
          persons: [{ entry: sought, cleared: false }],
        }),
      'PersonNotCleared',
    ],
  ];

  it.each(against)('[EX-34] goes by neither when %s by one', (_, say, refusal) => {
    const rehearsal = listed(terms, true);
    say(rehearsal);
    expect(refusalOf(propose(rehearsal, 'twin', 1, [held]))).toBe(refusal);
  });

  it.each(against)(
    '[EX-38] voids what was approved by the one when %s by the other, and falls out alone once others have left',
    (_, say, refusal) => {
      const rehearsal = listed(terms, true);
      const tranche = rehearsal.prepare(terms, 1, { 'A-B': personsOf('A-B', 2) });
      const gone = rehearsal.fork();
      say(rehearsal);
      const { approvals, hash } = getFrom(rehearsal.state.tranches, tranche);
      expect(approvals).toEqual([]);
      expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TrancheApproved', { tranche, hash }))).toBe(
        refusal,
      );
      const [, second] = personsOf('A-B', 2) as [EntryId, EntryId];
      gone.bringToLine(terms, { tranche, leg: 'A-B' as LegId, step: 1 }, [second], 'N');
      say(gone);
      expect(getFrom(gone.state.entries, held).tranche).toBeUndefined();
      expect(getFrom(gone.state.entries, second).tranche).toBe(tranche);
    },
  );

  it('[EX-34] [EX-42] does not leave when matched, after the approvals, with an entry by which they said no', () => {
    const rehearsal = listed(terms, true);
    const judge = (by: typeof coordinatorOfA, entry: EntryId, counterpart?: EntryId): void =>
      void rehearsal.play(by, 'EntryJudged', {
        judgements: [
          counterpart === undefined
            ? { entry, verdict: 'not-held' }
            : { entry, verdict: 'acknowledged', counterpart },
        ],
      });
    judge(coordinatorOfA, sought);
    rehearsal.play(observer, 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: sought, cleared: false }],
    });
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': [held] });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.play(officerOfA, 'ManifestIssued', { ...ref, vehicle: 'bus', persons: [held] });
    judge(coordinatorOfB, held, sought);
    expect(refusalOf(rehearsal.attempt(officerOfA, 'Departed', ref))).toBe('PersonNotCleared');
  });

  it('[EX-34] [EX-49] N2. is not brought again by the other entry after the receiver did not recognise them', () => {
    const rehearsal = listed(terms, true);
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': [held] });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, [held], 'N');
    rehearsal.play(officerOfA, 'StepReleased', ref);
    rehearsal.play(officerOfB, 'StepReceived', { ...ref, count: 1 });
    rehearsal.play(officerOfB, 'IdentityRejected', { ...ref, person: held });
    rehearsal.play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [held] });
    rehearsal.play(coordinatorOfA, 'TrancheCancelled', { tranche });
    expect(refusalOf(propose(rehearsal, 'other', 1, [sought]))).toBe('PersonMisidentified');
  });
});

describe('tranches', () => {
  it('[EX-39] are revised by the mediator or by a power that has a part in them, and by no third power', () => {
    const over = madeUpTerms({
      legs: [leg('A-B', 'A', 'B', 4), leg('C-A', 'C', 'A', 4)],
    });
    const rehearsal = listed(over);
    const tranche = rehearsal.prepare(over, 1, { 'A-B': personsOf('A-B', 1) });
    const takeOver = { tranche, number: 2, persons: byLeg({ 'C-A': personsOf('C-A', 1) }) };
    expect(refusalOf(rehearsal.attempt(player('C', 'coordinator'), 'TrancheProposed', takeOver))).toBe(
      'PartyMayNot',
    );
    expect(getFrom(rehearsal.state.tranches, tranche).approvals).toHaveLength(4);
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TrancheProposed', takeOver))).toBe('accepted');
  });

  it('[EX-41] a step made up for a large crossing does not depart once it is scheduled to a small one', () => {
    const over = madeUpTerms({
      ...terms,
      crossings: [
        { id: 'C1' as CrossingId, label: 'Large', capacity: 4 },
        { id: 'C2' as CrossingId, label: 'Small', capacity: 1 },
      ],
    });
    const rehearsal = listed(over);
    const tranche = rehearsal.prepare(over, 1, { 'A-B': personsOf('A-B', 2) });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    const manifest = { ...ref, vehicle: 'bus', persons: personsOf('A-B', 2) };
    rehearsal.play(officerOfA, 'ManifestIssued', manifest);
    const { hash } = getFrom(rehearsal.state.tranches, tranche);
    const route = { leg: ref.leg, crossing: 'C2' as CrossingId, ...window };
    rehearsal.play(rehearsal.host, 'TrancheScheduled', { tranche, hash, routes: [route] });
    const notice = rehearsal.play(officerOfA, 'MovementNotified', {
      ...route,
      tranche,
      carrier: 'road',
      vehicles: 1,
      airspaceNeeded: false,
      route: madeUpHash('route'),
    });
    rehearsal.play(officerOfB, 'MovementAcknowledged', { notice });
    expect(refusalOf(rehearsal.attempt(officerOfA, 'Departed', ref))).toBe('StepTooLarge');
    rehearsal.play(officerOfA, 'ManifestIssued', { ...manifest, persons: personsOf('A-B', 1) });
    expect(refusalOf(rehearsal.attempt(officerOfA, 'Departed', ref))).toBe('accepted');
  });

  it('[EX-37] [EX-19] N6. two coordinators approve nothing: one of the two holds an approver’s key', () => {
    const rehearsal = listed();
    const second = player('A', 'coordinator', 'second');
    for (const role of ['coordinator', 'approver'] as const) {
      const { actor, key } = second;
      rehearsal.play(player('A', role), 'RoleGranted', { actor, role: 'coordinator', key });
    }
    rehearsal.play(second, 'KeyEnrolled', { publicKey: second.publicKey });
    propose(rehearsal, 'two hands', 1, personsOf('A-B', 1));
    const tranche = madeUpId('tranche two hands') as TrancheId;
    const { hash } = getFrom(rehearsal.state.tranches, tranche);
    const other = madeUpTerms({ ...terms, verdictDays: 99 });
    const approve = (by: typeof second): void => {
      rehearsal.play(by, 'TrancheApproved', { tranche, hash });
      rehearsal.play(by, 'TermsAccepted', { terms: termsHash(other) });
    };
    const routes = [{ leg: 'A-B' as LegId, crossing: 'C1' as CrossingId, ...window }];
    const schedule = (): string =>
      refusalOf(rehearsal.attempt(rehearsal.host, 'TrancheScheduled', { tranche, hash, routes }));
    rehearsal.play(rehearsal.host, 'TermsAmended', { replaces: termsHash(terms), terms: other });
    for (const by of [coordinatorOfA, second, coordinatorOfB, player('B', 'approver')]) approve(by);
    expect(rehearsal.state.terms?.hash).toBe(termsHash(terms));
    expect(schedule()).toBe('ApprovalsMissing');
    rehearsal.play(player('A', 'approver'), 'TrancheApproved', { tranche, hash });
    expect(schedule()).toBe('accepted');
  });

  it('[EX-46] N1. a step of another tranche waits for one that was released and not heard of since', () => {
    const over = madeUpTerms({
      ...terms,
      couplings: [{ legs: terms.legs.map(({ id }) => id), stepSize: byLeg({ 'A-B': 1, 'B-A': 1 }) }],
    });
    const rehearsal = listed(over);
    const [one, two] = personsOf('A-B', 2) as [EntryId, EntryId];
    const refs = ([one, two] as const).map((person, i) => {
      const tranche = rehearsal.prepare(over, i + 1, { 'A-B': [person] });
      const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
      rehearsal.bringToLine(over, ref, [person], 'N');
      return ref;
    });
    const release = (ref: (typeof refs)[number]): string =>
      refusalOf(rehearsal.attempt(officerOfA, 'StepReleased', ref));
    expect(release(refs[0]!)).toBe('accepted');
    expect(release(refs[1]!)).toBe('BeyondStep');
  });

  it('[EX-39] [EX-48] [EX-57] a tranche that has ended holds nobody by a step that never left, whatever is said of it before or after', () => {
    const over = madeUpTerms({ ...terms, neutrals: ['N'] as unknown as readonly PartyId[] });
    const ends = {
      withdrawn: (one: Rehearsal, tranche: TrancheId) =>
        one.play(coordinatorOfA, 'TrancheWithdrawn', { tranche }),
      cancelled: (one: Rehearsal, tranche: TrancheId) =>
        one.play(coordinatorOfB, 'TrancheCancelled', { tranche }),
      exchange: (one: Rehearsal) => one.play(coordinatorOfB, 'ExchangeCancelled', {}),
    };
    for (const [how, end] of Object.entries(ends)) {
      const rehearsal = listed(over);
      const [one, two] = personsOf('A-B', 2) as [EntryId, EntryId];
      const tranche = rehearsal.prepare(over, 1, { 'A-B': [one] });
      const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
      rehearsal.play(officerOfA, 'ManifestIssued', { ...ref, vehicle: 'bus', persons: [one] });
      const miscount = (): void => {
        rehearsal.play(officerOfA, 'HeadCounted', { ...ref, place: 'departure', count: 1 });
        rehearsal.play(observer, 'HeadCounted', { ...ref, place: 'departure', count: 2 });
      };
      miscount();
      rehearsal.play(officerOfB, 'StepHalted', { ...ref, reason: 'security' });
      const stops = (): number =>
        getFrom(getFrom(rehearsal.state.tranches, tranche).movements, ref.leg).stopped.length;
      expect(stops()).toBe(1);
      end(rehearsal, tranche);
      expect([how, stops()]).toEqual([how, 0]);
      miscount();
      rehearsal.play(officerOfA, 'StepHalted', { ...ref, reason: 'medical' });
      expect([how, stops()]).toEqual([how, 0]);
      if (how === 'exchange') continue;
      const next = rehearsal.prepare(over, 2, { 'A-B': [two] });
      rehearsal.carry(over, next, {}, 'N');
      rehearsal.certify(next, 'N');
    }
  });

  it('[EX-48] [EX-54] a certified tranche holds nobody by a step that never left', () => {
    const rehearsal = listed();
    const [one, two, three] = personsOf('A-B', 3) as [EntryId, EntryId, EntryId];
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': [one, two] });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, [one], 'N');
    rehearsal.play(officerOfA, 'ManifestIssued', { ...ref, step: 2, vehicle: 'bus', persons: [two] });
    rehearsal.play(officerOfB, 'StepHalted', { ...ref, step: 2, reason: 'security' });
    rehearsal.play(coordinatorOfA, 'EntryStruck', { entry: two });
    expect(refusalOf(rehearsal.attempt(officerOfA, 'StepReleased', ref))).toBe('StepHalted');
    rehearsal.play(officerOfB, 'StepResumed', { ...ref, step: 2 });
    rehearsal.cross(terms, ref, 'N');
    rehearsal.confirm(terms, ref);
    rehearsal.play(officerOfB, 'StepHalted', { ...ref, step: 2, reason: 'security' });
    rehearsal.certify(tranche, 'N');
    const next = rehearsal.prepare(terms, 2, { 'A-B': [three] });
    rehearsal.carry(terms, next, {}, 'N');
  });

  it('[EX-48] a party that has halted a step does not halt it again: what is taken at any rate cannot be repeated', () => {
    const rehearsal = listed();
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': personsOf('A-B', 1) });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, personsOf('A-B', 1), 'N');
    const halt = (by: typeof officerOfA, reason: 'security' | 'medical'): string =>
      refusalOf(rehearsal.attempt(by, 'StepHalted', { ...ref, reason }));
    expect(halt(officerOfA, 'security')).toBe('accepted');
    expect(halt(officerOfA, 'security')).toBe('KnownAlready');
    expect(halt(coordinatorOfA, 'medical')).toBe('KnownAlready');
    expect(halt(officerOfB, 'medical')).toBe('accepted');
    rehearsal.play(officerOfA, 'StepResumed', ref);
    expect(halt(officerOfA, 'medical')).toBe('accepted');
  });
});

describe('gates', () => {
  const over = madeUpTerms({
    legs: [leg('A-B', 'A', 'B', 1), leg('B-A', 'B', 'A', 4)],
    gates: [
      {
        id: 'first',
        leg: 'B-A' as LegId,
        tranche: 1,
        requires: { kind: 'received', leg: 'A-B' as LegId, persons: 1 },
      },
    ],
  });
  const [one] = personsOf('A-B', 1) as [EntryId];

  /** One person has been released; a step of the leg that waits for them is made up. */
  function atTheGate() {
    const rehearsal = listed(over);
    const tranche = rehearsal.prepare(over, 1, { 'A-B': [one], 'B-A': personsOf('B-A', 4) });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    const waits = { tranche, leg: 'B-A' as LegId, step: 1 };
    rehearsal.play(officerOfB, 'ManifestIssued', { ...waits, vehicle: 'bus', persons: personsOf('B-A', 4) });
    rehearsal.bringToLine(over, ref, [one], 'N');
    rehearsal.play(officerOfA, 'StepReleased', ref);
    const isShut = (): boolean =>
      refusalOf(rehearsal.fork().attempt(officerOfB, 'Departed', waits)) === 'GateShut';
    expect(isShut()).toBe(true);
    return { rehearsal, ref, isShut };
  }

  it('[EX-44] stay shut while the receiver alone says who came, whatever number it says', () => {
    for (const count of [0, 1, 2]) {
      const { rehearsal, ref, isShut } = atTheGate();
      rehearsal.play(officerOfB, 'StepReceived', { ...ref, count });
      expect(isShut()).toBe(true);
      rehearsal.play(officerOfB, 'IdentityConfirmed', { ...ref, persons: [one] });
      expect(isShut()).toBe(true);
      rehearsal.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 1 });
      expect(isShut()).toBe(count !== 1);
    }
  });

  it('[EX-44] stay shut for a person who has not been recognised, and for one who has been rejected', () => {
    const { rehearsal, ref, isShut } = atTheGate();
    rehearsal.play(officerOfB, 'StepReceived', { ...ref, count: 1 });
    rehearsal.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 1 });
    expect(isShut()).toBe(true);
    rehearsal.play(officerOfB, 'IdentityRejected', { ...ref, person: one });
    expect(isShut()).toBe(true);
    rehearsal.play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [one] });
    expect(isShut()).toBe(true);
  });

  it('[EX-44] once open do not shut: what opened them is nothing that the giver can take back', () => {
    const { rehearsal, ref, isShut } = atTheGate();
    const taken = { ...ref, persons: [one] };
    rehearsal.play(officerOfB, 'StepReceived', { ...ref, count: 1 });
    const back = rehearsal.fork();
    back.play(officerOfA, 'PersonTurnedBack', taken);
    rehearsal.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count: 1 });
    rehearsal.play(officerOfB, 'IdentityConfirmed', taken);
    expect(isShut()).toBe(false);
    expect(refusalOf(rehearsal.attempt(officerOfA, 'PersonTurnedBack', taken))).toBe('StepClosed');
  });
});

describe('somebody on no list', () => {
  const opening = {
    entry: madeUpId('unlisted') as EntryId,
    commitment: officerOfB.publicKey,
    category: 'civilian' as const,
    lane: 'exchange' as const,
  };
  const over = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 1), leg('C-A', 'C', 'A', 1)] });
  const [listedOne] = personsOf('A-B', 1) as [EntryId];

  /** One person is released, and one more arrives with them. */
  function arrived() {
    const rehearsal = listed(over);
    const tranche = rehearsal.prepare(over, 1, { 'A-B': [listedOne] });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(over, ref, [listedOne], 'N');
    rehearsal.play(officerOfA, 'StepReleased', ref);
    rehearsal.play(officerOfB, 'UnlistedReturnee', { ...ref, opening, records: madeUpHash('unlisted') });
    return { rehearsal, tranche, ref };
  }
  function receiveBoth(rehearsal: Rehearsal, ref: Parameters<Rehearsal['step']>[0], count: number): void {
    rehearsal.play(officerOfB, 'StepReceived', { ...ref, count });
    rehearsal.play(observer, 'HeadCounted', { ...ref, place: 'arrival', count });
  }
  /** The other leg brings its one person home too, and the exchange is completed. */
  function complete(rehearsal: Rehearsal): void {
    const rest = rehearsal.prepare(over, 2, { 'C-A': personsOf('C-A', 1) });
    rehearsal.carry(over, rest, {}, 'N');
    rehearsal.certify(rest, 'N');
    rehearsal.complete(over);
    expect(rehearsal.state.status).toBe('completed');
  }
  const confirmAs = (rehearsal: Rehearsal, by: typeof officerOfA, tranche: TrancheId): string =>
    refusalOf(
      rehearsal.attempt(by, 'ReturnConfirmed', { tranche, leg: 'A-B' as LegId, persons: [opening.entry] }),
    );

  it('[EX-54] [EX-55] [EX-58] holds up neither certificate nor end by one side’s silence, and is confirmed after it all the same', () => {
    const { rehearsal, tranche, ref } = arrived();
    receiveBoth(rehearsal, ref, 2);
    rehearsal.play(officerOfB, 'IdentityConfirmed', { ...ref, persons: [listedOne] });
    rehearsal.confirm(over, ref);
    expect(confirmAs(rehearsal, officerOfB, tranche)).toBe('accepted');
    rehearsal.certify(tranche, 'N');
    complete(rehearsal);
    expect(confirmAs(rehearsal, officerOfB, tranche)).toBe('ConfirmedAlready');
    expect(confirmAs(rehearsal, officerOfA, tranche)).toBe('accepted');
    expect(getFrom(rehearsal.state.entries, opening.entry).whereabouts).toBe('returned');
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId)).toMatchObject({ returned: 1, unlisted: 1 });
  });

  it('[EX-52] [EX-58] is received, counted and confirmed after the end, where their step had not closed before', () => {
    const { rehearsal, tranche, ref } = arrived();
    rehearsal.play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [listedOne] });
    rehearsal.bringToLine(over, { ...ref, step: 2 }, [listedOne], 'N');
    rehearsal.cross(over, { ...ref, step: 2 }, 'N');
    rehearsal.confirm(over, { ...ref, step: 2 });
    rehearsal.certify(tranche, 'N');
    complete(rehearsal);
    expect(confirmAs(rehearsal, officerOfA, tranche)).toBe('PersonNotReceived');
    receiveBoth(rehearsal, ref, 1);
    expect(confirmAs(rehearsal, officerOfA, tranche)).toBe('accepted');
    expect(confirmAs(rehearsal, officerOfB, tranche)).toBe('accepted');
    expect(getFrom(rehearsal.state.entries, opening.entry).whereabouts).toBe('returned');
  });

  it('[EX-17] [EX-58] is confirmed after the end also by somebody let in since, when the key that could have is lost', () => {
    const { rehearsal, tranche, ref } = arrived();
    receiveBoth(rehearsal, ref, 2);
    rehearsal.play(officerOfB, 'IdentityConfirmed', { ...ref, persons: [listedOne] });
    rehearsal.confirm(over, ref);
    rehearsal.certify(tranche, 'N');
    complete(rehearsal);
    rehearsal.play(coordinatorOfB, 'KeyRevoked', { key: officerOfB.key, reason: 'lost' });
    const { actor, role, key, publicKey } = player('B', 'officer', 'next');
    for (const by of ['coordinator', 'approver'] as const) {
      rehearsal.play(player('B', by), 'RoleGranted', { actor, role, key });
    }
    rehearsal.play(player('B', 'officer', 'next'), 'KeyEnrolled', { publicKey });
    expect(confirmAs(rehearsal, player('B', 'officer', 'next'), tranche)).toBe('accepted');
    expect(confirmAs(rehearsal, officerOfA, tranche)).toBe('accepted');
  });

  it('[EX-52] [EX-58] is recorded also when it comes to be known only after the end', () => {
    const rehearsal = listed(over);
    const tranche = rehearsal.prepare(over, 1, { 'A-B': [listedOne] });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.carry(over, tranche, {}, 'N');
    rehearsal.certify(tranche, 'N');
    complete(rehearsal);
    rehearsal.play(officerOfB, 'UnlistedReturnee', { ...ref, opening, records: madeUpHash('unlisted') });
    expect(confirmAs(rehearsal, officerOfA, tranche)).toBe('accepted');
    expect(confirmAs(rehearsal, officerOfB, tranche)).toBe('accepted');
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId)).toMatchObject({ returned: 1, unlisted: 1 });
  });

  it('[EX-22] is not left without a leg to be confirmed on: an amendment keeps it', () => {
    const { rehearsal, tranche, ref } = arrived();
    rehearsal.play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [listedOne] });
    rehearsal.play(coordinatorOfB, 'TrancheCancelled', { tranche });
    const other = madeUpTerms({ legs: [leg('other', 'A', 'B', 1), leg('C-A', 'C', 'A', 1)] });
    const amend = rehearsal.attempt(rehearsal.host, 'TermsAmended', {
      replaces: termsHash(over),
      terms: other,
    });
    expect(amend.decision).toMatchObject({ refusal: { faults: [{ kind: 'LegDropped', leg: 'A-B' }] } });
    receiveBoth(rehearsal, ref, 1);
    expect(confirmAs(rehearsal, officerOfA, tranche)).toBe('accepted');
    expect(confirmAs(rehearsal, officerOfB, tranche)).toBe('accepted');
  });
});

describe('the end', () => {
  it('[EX-55] who stepped back is one person, however often: they do not stand in for somebody who was never brought', () => {
    const rehearsal = listed();
    const [wavers, other] = personsOf('A-B', 2) as [EntryId, EntryId];
    const over = terms;
    for (const number of [1, 2]) {
      const tranche = rehearsal.prepare(over, number, { 'A-B': [wavers] });
      rehearsal.bringToLine(over, { tranche, leg: 'A-B' as LegId, step: 1 }, [wavers], 'N', [wavers]);
      rehearsal.certify(tranche, 'N');
      rehearsal.play(observer, 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: wavers, cleared: true }],
      });
    }
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId).notGoing).toBe(0);
    const persons = [wavers, ...personsOf('A-B', 4).slice(2)];
    const rest = rehearsal.prepare(over, 3, { 'A-B': persons, 'B-A': personsOf('B-A', 4) });
    rehearsal.carry(over, rest, {}, 'N');
    rehearsal.certify(rest, 'N');
    const complete = (): Attempt =>
      rehearsal.attempt(rehearsal.host, 'ExchangeCompleted', { returned: byLeg({ 'A-B': 3, 'B-A': 4 }) });
    expect(complete().decision).toMatchObject({ refusal: { kind: 'AgreedNumbersOpen', open: 1 } });
    const last = rehearsal.prepare(over, 4, { 'A-B': [other] });
    rehearsal.bringToLine(over, { tranche: last, leg: 'A-B' as LegId, step: 1 }, [other], 'N', [other]);
    rehearsal.certify(last, 'N');
    expect(refusalOf(complete())).toBe('accepted');
  });

  it('[EX-55] who fell out and went after all is not counted twice', () => {
    const rehearsal = listed();
    const [second, , first] = personsOf('A-B', 3) as [EntryId, EntryId, EntryId];
    const one = rehearsal.prepare(terms, 1, { 'A-B': [first, second] });
    rehearsal.bringToLine(terms, { tranche: one, leg: 'A-B' as LegId, step: 1 }, [first], 'N');
    const examine = (cleared: boolean): void =>
      void rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: second, cleared }],
      });
    examine(false);
    rehearsal.cross(terms, { tranche: one, leg: 'A-B' as LegId, step: 1 }, 'N');
    rehearsal.confirm(terms, { tranche: one, leg: 'A-B' as LegId, step: 1 });
    rehearsal.certify(one, 'N');
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId).notGoing).toBe(1);
    examine(true);
    const rest = rehearsal.prepare(terms, 2, { 'A-B': [second], 'B-A': personsOf('B-A', 4) });
    rehearsal.carry(terms, rest, {}, 'N');
    rehearsal.certify(rest, 'N');
    const complete = rehearsal.attempt(rehearsal.host, 'ExchangeCompleted', {
      returned: byLeg({ 'A-B': 2, 'B-A': 4 }),
    });
    expect(complete.decision).toMatchObject({ refusal: { kind: 'AgreedNumbersOpen', open: 2 } });
  });

  it('[EX-55] who fell out by one entry and went by the one matched with it is one person', () => {
    const rehearsal = listed(terms, true);
    const [held, other] = personsOf('A-B', 2) as [EntryId, EntryId];
    const [sought] = soughtOf('A-B', 1) as [EntryId];
    const examine = (cleared: boolean): void =>
      void rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: [{ entry: held, cleared }],
      });
    const fallsOut = (number: number, by: EntryId, goes: EntryId): void => {
      const tranche = rehearsal.prepare(terms, number, { 'A-B': [by, goes] });
      const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
      rehearsal.bringToLine(terms, ref, [goes], 'N');
      examine(false);
      rehearsal.cross(terms, ref, 'N');
      rehearsal.confirm(terms, ref);
      rehearsal.certify(tranche, 'N');
      examine(true);
    };
    const fellOut = (): number => getFrom(rehearsal.state.legs, 'A-B' as LegId).notGoing;
    rehearsal.askAndExamine('N', 'A', [sought]);
    fallsOut(1, held, other);
    expect(fellOut()).toBe(1);
    fallsOut(2, sought, personsOf('A-B', 3)[2]!);
    expect(fellOut()).toBe(1);
    const last = rehearsal.prepare(terms, 3, { 'A-B': [sought], 'B-A': personsOf('B-A', 4) });
    rehearsal.carry(terms, last, {}, 'N');
    rehearsal.certify(last, 'N');
    expect(fellOut()).toBe(0);
    const complete = rehearsal.attempt(rehearsal.host, 'ExchangeCompleted', {
      returned: byLeg({ 'A-B': 3, 'B-A': 4 }),
    });
    expect(complete.decision).toMatchObject({ refusal: { kind: 'AgreedNumbersOpen', open: 1 } });
  });

  it('[EX-27] [EX-55] who fell out and went by two entries that are matched only afterwards is one person', () => {
    const rehearsal = listed(terms, true);
    const [held, other] = personsOf('A-B', 2) as [EntryId, EntryId];
    const [sought] = soughtOf('A-B', 1) as [EntryId];
    const answer = (by: typeof coordinatorOfA, entry: EntryId, more: object): void =>
      void rehearsal.play(by, 'EntryJudged', {
        judgements: [{ entry, verdict: 'acknowledged', ...more }],
      });
    // Parted before anybody is chosen, the two entries are two persons as far as the record knows.
    answer(coordinatorOfA, sought, { verdict: 'not-held' });
    answer(coordinatorOfA, sought, {});
    rehearsal.askAndExamine('N', 'A', [sought]);
    const tranche = rehearsal.prepare(terms, 1, { 'A-B': [held, sought, other] });
    const ref = { tranche, leg: 'A-B' as LegId, step: 1 };
    rehearsal.bringToLine(terms, ref, [sought, other], 'N');
    rehearsal.play(player('N', 'observer'), 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: held, cleared: false }],
    });
    const fork = rehearsal.fork();
    rehearsal.cross(terms, ref, 'N');
    rehearsal.confirm(terms, ref);
    rehearsal.certify(tranche, 'N');
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId)).toMatchObject({ returned: 2, notGoing: 1 });
    answer(coordinatorOfB, held, { counterpart: sought });
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId)).toMatchObject({ returned: 2, notGoing: 0 });
    // Both fell out: still one.
    fork.play(officerOfA, 'PersonTurnedBack', { ...ref, persons: [sought] });
    fork.play(player('N', 'observer'), 'ClearanceRecorded', {
      stage: 'before-listing',
      persons: [{ entry: sought, cleared: false }],
    });
    expect(getFrom(fork.state.legs, 'A-B' as LegId).notGoing).toBe(2);
    fork.play(coordinatorOfB, 'EntryJudged', {
      judgements: [{ entry: held, verdict: 'acknowledged', counterpart: sought }],
    });
    expect(getFrom(fork.state.legs, 'A-B' as LegId).notGoing).toBe(1);
  });

  it('[EX-55] who stepped back and who was brought in their place are two persons, each counted once', () => {
    const rehearsal = listed();
    const [first, second, third, fourth] = personsOf('A-B', 4) as [EntryId, EntryId, EntryId, EntryId];
    const over = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 3), leg('B-A', 'B', 'A', 4)] });
    rehearsal.play(rehearsal.host, 'TermsAmended', { replaces: termsHash(terms), terms: over });
    rehearsal.accept(over);
    const open = (): unknown => {
      const returned: Record<string, number> = {};
      for (const { id } of over.legs) returned[id] = getFrom(rehearsal.state.legs, id).returned;
      const { decision } = rehearsal.fork().attempt(rehearsal.host, 'ExchangeCompleted', { returned });
      return decision.kind === 'refused' && 'open' in decision.refusal ? decision.refusal.open : 0;
    };
    const bring = (
      number: number,
      persons: Record<string, readonly EntryId[]>,
      back: EntryId[] = [],
    ): void => {
      const tranche = rehearsal.prepare(over, number, persons);
      rehearsal.carry(over, tranche, {}, 'N', back);
      rehearsal.certify(tranche, 'N');
    };
    bring(1, { 'A-B': [first, second], 'B-A': personsOf('B-A', 4) }, [first]);
    expect(open()).toBe(1);
    // Brought in place of the first or as the last of those agreed: the record cannot tell, and owes nobody more.
    bring(2, { 'A-B': [fourth] });
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId)).toMatchObject({ returned: 2, notGoing: 1 });
    expect(open()).toBe(0);
    // What the powers agree to bring besides is brought before the end all the same.
    bring(3, { 'A-B': [third] });
    rehearsal.complete(over);
    expect(getFrom(rehearsal.state.legs, 'A-B' as LegId)).toMatchObject({ returned: 3, notGoing: 1 });
  });
});
