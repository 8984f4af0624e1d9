import { describe, expect, it } from 'vitest';
import type { EntryOpening, ListKind } from '../act/vocabulary.ts';
import { termsHash } from './agreement.ts';
import type { EntryId, LegId, PartyId } from '../act/ids.ts';
import { listRoot } from './lists.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import {
  byLeg,
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
  soughtOf,
} from '../../../testing/rehearsal.ts';
import type { Attempt } from '../../../testing/rehearsal.ts';
import { termsFaultToSentence } from './terms-faults.ts';
import type { Leg, Terms } from '../act/terms.ts';

const refusalOf = ({ decision }: Attempt): string =>
  decision.kind === 'refused' ? decision.refusal.kind : 'accepted';
const leg = (id: string, from: string, to: string, count: number, more: Partial<Leg> = {}): Leg => ({
  id: id as LegId,
  from: from as PartyId,
  to: to as PartyId,
  lane: 'exchange',
  count,
  ...more,
});
const ids = (...names: readonly string[]): readonly LegId[] => names as readonly LegId[];
const two = [leg('A-B', 'A', 'B', 4), leg('B-A', 'B', 'A', 4)];
const terms = madeUpTerms({ legs: two });
const [coordinatorOfA, coordinatorOfB] = [player('A', 'coordinator'), player('B', 'coordinator')];
const observer = player('N', 'observer');

function opened(powers: readonly string[] = ['A', 'B']): Rehearsal {
  const rehearsal = new Rehearsal('lists');
  rehearsal.open(powers, ['N']);
  return rehearsal;
}
function agreed(over: Terms = terms): Rehearsal {
  const rehearsal = opened();
  rehearsal.agree(over);
  return rehearsal;
}
const openings = (leg: string, n: number): readonly EntryOpening[] =>
  personsOf(leg, n).map((entry) => ({
    entry,
    commitment: player('A', 'medic').publicKey,
    category: 'military',
    lane: 'exchange',
  }));
const seal = (rehearsal: Rehearsal, party: string, kind: ListKind, entries: readonly EntryOpening[]) => ({
  list: rehearsal.listId(party as PartyId, kind),
  kind,
  root: listRoot(entries),
  count: entries.length,
  records: madeUpHash('records'),
  escrow: madeUpHash('escrow'),
});
function sealedAll(held: readonly EntryOpening[]): Rehearsal {
  const rehearsal = agreed();
  for (const party of ['A', 'B']) {
    for (const kind of ['sought', 'held', 'withheld'] as const) {
      const entries = party === 'A' && kind === 'held' ? held : [];
      rehearsal.play(player(party, 'coordinator'), 'ListSealed', seal(rehearsal, party, kind, entries));
    }
  }
  return rehearsal;
}
const part = (
  rehearsal: Rehearsal,
  party: string,
  kind: ListKind,
  entries: readonly EntryOpening[],
  n = 1,
  of = 1,
) => ({
  list: rehearsal.listId(party as PartyId, kind),
  part: n,
  parts: of,
  entries,
  reveal: madeUpHash(`reveal ${party} ${kind}`),
});

describe('terms', () => {
  it('[EX-19] come into force by two persons of every power they name, third states and homes too', () => {
    const rehearsal = opened(['A', 'B', 'T', 'H']);
    const over = madeUpTerms({
      legs: [leg('A-B', 'A', 'B', 1), leg('A-T', 'A', 'T', 1, { origin: 'H' as PartyId })],
    });
    rehearsal.play(rehearsal.host, 'TermsProposed', { terms: over });
    const hash = { terms: termsHash(over) };
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TermsAccepted', { terms: termsHash(terms) }))).toBe(
      'Unknown',
    );
    for (const party of ['A', 'B', 'T', 'H']) {
      expect(rehearsal.state.terms).toBeUndefined();
      rehearsal.play(player(party, 'approver'), 'TermsAccepted', hash);
      expect(refusalOf(rehearsal.attempt(player(party, 'approver'), 'TermsAccepted', hash))).toBe(
        'SignedAlready',
      );
      expect(rehearsal.state.terms).toBeUndefined();
      rehearsal.play(player(party, 'coordinator'), 'TermsAccepted', hash);
    }
    expect(rehearsal.state.terms?.hash).toBe(hash.terms);
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TermsProposed', { terms }))).toBe('TermsInForce');
  });

  it('[EX-20] may net neither the gravely wounded, nor civilians to be released, nor the dead', () => {
    const rehearsal = opened();
    const lanes = [
      ['direct-repatriation', 'NetsDirectRepatriation', 'GC III, articles 109 and 110'],
      ['civilian-release', 'NetsCivilianRelease', 'GC IV'],
      ['remains', 'NetsRemains', 'GC I, article 17'],
    ] as const;
    for (const [lane, kind, law] of lanes) {
      const legs = [leg('A-B', 'A', 'B', 4, { lane }), leg('B-A', 'B', 'A', 4)];
      const nets: readonly Partial<Terms>[] = [
        { parity: [{ kind: 'equal-per-tranche', sides: ids('A-B', 'B-A').map((id) => [id]) }] },
        { parity: [{ kind: 'ratio', sides: ids('A-B', 'B-A').map((id) => [id]), persons: [1, 1] }] },
        { couplings: [{ legs: ids('A-B', 'B-A'), stepSize: byLeg({ 'A-B': 1, 'B-A': 1 }) }] },
        {
          gates: [
            {
              id: 'g',
              leg: 'A-B' as LegId,
              tranche: 1,
              requires: { kind: 'returned', leg: 'B-A' as LegId, persons: 1 },
            },
          ],
        },
      ];
      for (const net of nets) {
        const { decision } = rehearsal.attempt(rehearsal.host, 'TermsProposed', {
          terms: madeUpTerms({ legs, ...net }),
        });
        expect(decision).toMatchObject({ refusal: { kind: 'TermsFaulty', faults: [{ kind, leg: 'A-B' }] } });
        expect(JSON.stringify(decision)).toContain(law);
      }
      const alone = madeUpTerms({ legs, parity: [{ kind: 'fixed-numbers', legs: ids('A-B', 'B-A') }] });
      expect(refusalOf(rehearsal.fork().attempt(rehearsal.host, 'TermsProposed', { terms: alone }))).toBe(
        'accepted',
      );
    }
  });

  it('[EX-21] that cannot be carried out are refused, each fault by its name', () => {
    const rehearsal = opened();
    const faulty: readonly (readonly [Partial<Terms>, string])[] = [
      [{ legs: [leg('A-A', 'A', 'A', 1)] }, 'SamePower'],
      [{ legs: [leg('A-X', 'A', 'X', 1)] }, 'NotAPower'],
      [{ legs: [leg('A-N', 'A', 'N', 1)] }, 'NotAPower'],
      [{ legs: [two[0]!, two[0]!] }, 'Repeated'],
      [{ neutrals: [] }, 'NoNeutral'],
      [{ neutrals: ['A' as PartyId] }, 'NotANeutral'],
      [{ approvalsPerPower: 1 }, 'TooFewApprovals'],
      [{ parity: [{ kind: 'fixed-numbers', legs: ids('A-C') }] }, 'NoSuch'],
      [
        { parity: [{ kind: 'ratio', sides: ids('A-B', 'B-A').map((id) => [id]), persons: [1, 2] }] },
        'ParityLopsided',
      ],
      [
        { parity: [{ kind: 'ratio', sides: ids('A-B', 'B-A').map((id) => [id]), persons: [0, 0] }] },
        'ParityLopsided',
      ],
      [
        { parity: [{ kind: 'ratio', sides: ids('A-B', 'B-A').map((id) => [id]), persons: [1] }] },
        'ParityLopsided',
      ],
      [{ tranches: [{ number: 1, persons: byLeg({ 'A-B': 5 }) }] }, 'TrancheTotals'],
      [
        {
          parity: [{ kind: 'equal-per-tranche', sides: ids('A-B', 'B-A').map((id) => [id]) }],
          tranches: [{ number: 1, persons: byLeg({ 'A-B': 2, 'B-A': 1 }) }],
        },
        'ParityLopsided',
      ],
      [
        {
          tranches: [
            {
              number: 1,
              persons: byLeg({ 'A-B': 2 }),
              categories: byLeg({ 'A-B': { military: 2, civilian: 1 } }),
            },
          ],
        },
        'CategoryTotals',
      ],
      [{ couplings: [{ legs: ids('A-B', 'B-A'), stepSize: byLeg({ 'A-B': 1 }) }] }, 'StepSizeMissing'],
      [
        { couplings: [{ legs: ids('A-B', 'B-A'), stepSize: byLeg({ 'A-B': 1, 'B-A': 4 }) }] },
        'CouplingUneven',
      ],
      [
        {
          couplings: [
            { legs: ids('A-B', 'B-A'), stepSize: byLeg({ 'A-B': 1, 'B-A': 1 }) },
            { legs: ids('A-B'), stepSize: byLeg({ 'A-B': 1 }) },
          ],
        },
        'CoupledTwice',
      ],
      [
        {
          gates: [
            {
              id: 'g',
              leg: 'A-B' as LegId,
              tranche: 1,
              requires: { kind: 'returned', leg: 'B-A' as LegId, persons: 5 },
            },
          ],
        },
        'GateUnreachable',
      ],
    ];
    for (const [change, kind] of faulty) {
      const { decision } = rehearsal.attempt(rehearsal.host, 'TermsProposed', {
        terms: { ...terms, ...change },
      });
      const faults =
        decision.kind === 'refused' && decision.refusal.kind === 'TermsFaulty' ? decision.refusal.faults : [];
      expect(faults.map((fault) => fault.kind)).toContain(kind);
      for (const fault of faults) expect(termsFaultToSentence(fault)).toMatch(/^[A-Z0-9].*\.$/u);
    }
    // A leg may be called what it likes.
    const odd = madeUpTerms({
      legs: [leg('constructor', 'A', 'B', 1), leg('1', 'B', 'A', 1)],
      couplings: [{ legs: ids('constructor', '1'), stepSize: byLeg({ '1': 1 }) }],
    });
    const { decision } = rehearsal.attempt(rehearsal.host, 'TermsProposed', { terms: odd });
    expect(decision).toMatchObject({
      refusal: { faults: [{ kind: 'StepSizeMissing', leg: 'constructor' }] },
    });
  });

  it('[EX-22] are amended by name, never below who has crossed, and approvals die', () => {
    const rehearsal = agreed();
    rehearsal.list(
      terms,
      two.map(({ id }) => ({ leg: id, persons: 4 })),
    );
    for (const { id, from } of two) rehearsal.askAndExamine('N', from, personsOf(id, 4));
    const first = rehearsal.prepare(terms, 1, { 'A-B': personsOf('A-B', 2) });
    const ref = { tranche: first, leg: 'A-B' as LegId, step: 1 };
    const later = rehearsal.prepare(terms, 2, { 'B-A': personsOf('B-A', 2) });
    rehearsal.bringToLine(terms, ref, personsOf('A-B', 2), 'N');
    const amend = (over: Terms): Attempt =>
      rehearsal.attempt(rehearsal.host, 'TermsAmended', {
        replaces: rehearsal.state.terms!.hash,
        terms: over,
      });
    const more = madeUpTerms({ legs: [leg('A-B', 'A', 'B', 6), two[1]!] });
    expect(refusalOf(amend(more))).toBe('accepted');
    expect(
      refusalOf(
        rehearsal.attempt(rehearsal.host, 'TermsAmended', { replaces: termsHash(more), terms: more }),
      ),
    ).toBe('TermsReplaced');
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TermsAccepted', { terms: termsHash(more) }))).toBe(
      'PersonsInMotion',
    );
    rehearsal.cross(terms, ref, 'N');
    rehearsal.confirm(terms, ref);
    expect(amend(madeUpTerms({ legs: [leg('A-B', 'A', 'B', 1), two[1]!] })).decision).toMatchObject({
      refusal: { faults: [{ kind: 'BelowReceived', received: 2 }] },
    });
    expect(amend(madeUpTerms({ legs: [two[1]!] })).decision).toMatchObject({
      refusal: { faults: [{ kind: 'LegDropped', leg: 'A-B' }] },
    });
    expect(getFrom(rehearsal.state.tranches, later).approvals).toHaveLength(4);
    rehearsal.accept(more);
    expect(rehearsal.state.terms?.hash).toBe(termsHash(more));
    const { approvals, voided, hash } = getFrom(rehearsal.state.tranches, later);
    expect([approvals.length, voided?.approvals]).toEqual([0, 4]);
    expect(voided?.act).toBe(rehearsal.acts.at(-1)?.id);
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TrancheApproved', { tranche: later, hash }))).toBe(
      'TermsReplaced',
    );
  });
});

describe('lists', () => {
  it('[EX-24] are sealed by all before any opens, once each, and only those that the terms expect', () => {
    const rehearsal = opened();
    const held = openings('A-B', 4);
    const body = seal(rehearsal, 'A', 'held', held);
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'ListSealed', body))).toBe('TermsNotInForce');
    rehearsal.agree(madeUpTerms({ legs: [two[0]!] }));
    expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'ListSealed', seal(rehearsal, 'B', 'held', [])))).toBe(
      'ListNotExpected',
    );
    rehearsal.play(coordinatorOfA, 'ListSealed', body);
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'ListSealed', body))).toBe('KnownAlready');
    rehearsal.play(coordinatorOfA, 'ListSealed', seal(rehearsal, 'A', 'withheld', []));
    const opening = rehearsal.attempt(coordinatorOfA, 'ListOpened', part(rehearsal, 'A', 'held', held));
    expect(opening.decision).toMatchObject({
      refusal: { kind: 'ListsUnsealed', missing: [{ party: 'B', list: 'sought' }] },
    });
    rehearsal.play(coordinatorOfB, 'ListSealed', seal(rehearsal, 'B', 'sought', []));
    rehearsal.play(coordinatorOfA, 'ListOpened', part(rehearsal, 'A', 'held', held));
    expect(
      refusalOf(rehearsal.attempt(coordinatorOfB, 'ListSealed', seal(rehearsal, 'B', 'sought', held))),
    ).toBe('ListsOpening');
  });

  it('[EX-25] open part by part to the very entries that were sealed', () => {
    const held = openings('A-B', 5);
    const attempt = (rehearsal: Rehearsal, entries: readonly EntryOpening[], n: number, of: number): string =>
      refusalOf(
        rehearsal.attempt(coordinatorOfA, 'ListOpened', part(rehearsal, 'A', 'held', entries, n, of)),
      );
    const rehearsal = sealedAll(held);
    expect(attempt(rehearsal, held.slice(2), 2, 2)).toBe('PartOutOfOrder');
    expect(attempt(rehearsal, held.slice(0, 2), 1, 2)).toBe('accepted');
    expect(attempt(rehearsal, held.slice(0, 2), 1, 2)).toBe('PartOutOfOrder');
    expect(attempt(rehearsal, held.slice(2), 2, 3)).toBe('PartOutOfOrder');
    expect(attempt(rehearsal, held.slice(1), 2, 2)).toBe('EntryRepeated');
    expect(attempt(rehearsal, held.slice(2, 4), 2, 2)).toBe('CountDiffers');
    expect(attempt(rehearsal, [...held.slice(2), ...openings('C-D', 1)], 2, 2)).toBe('CountDiffers');
    const changes: readonly Partial<EntryOpening>[] = [
      { category: 'civilian' },
      { lane: 'remains' },
      { entry: madeUpId('somebody else') as EntryId },
      { commitment: player('B', 'medic').publicKey },
    ];
    for (const change of changes) {
      expect(attempt(rehearsal, [...held.slice(2, 4), { ...held[4]!, ...change }], 2, 2)).toBe('RootDiffers');
    }
    expect(attempt(rehearsal, [held[3]!, held[2]!, held[4]!], 2, 2)).toBe('RootDiffers');
    const judging = { judgements: [{ entry: held[0]!.entry, verdict: 'acknowledged' as const }] };
    expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'EntryJudged', judging))).toBe('ListNotOpen');
    expect(attempt(rehearsal, held.slice(2), 2, 2)).toBe('accepted');
    expect(attempt(rehearsal, [], 3, 3)).toBe('ListOpen');
    expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'EntryJudged', judging))).toBe('accepted');
  });

  it('[EX-26] cannot be looked at by one side that then walks away', () => {
    const held = openings('A-B', 3);
    for (const stop of ['ExchangeSuspended', 'ExchangeCancelled'] as const) {
      const rehearsal = sealedAll(held);
      const opening = part(rehearsal, 'A', 'held', held);
      expect(refusalOf(rehearsal.attempt(observer, 'ListOpened', opening))).toBe('EscrowNotDue');
      expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'ListOpened', opening))).toBe('PartyMayNot');
      const before = rehearsal.fork();
      before.play(player('A', 'approver'), stop, {});
      expect(['Suspended', 'Ended']).toContain(
        refusalOf(before.attempt(coordinatorOfA, 'ListOpened', opening)),
      );
      rehearsal.play(coordinatorOfB, 'ListOpened', part(rehearsal, 'B', 'held', []));
      rehearsal.play(player('A', 'approver'), stop, {});
      expect(refusalOf(rehearsal.attempt(observer, 'ListOpened', opening))).toBe('accepted');
      expect(findIn(rehearsal.state.entries, held[2]!.entry)).toBeDefined();
    }
  });

  it('[EX-26] are opened after the end too, once one of them has begun: both revealed, or neither', () => {
    const held = openings('A-B', 1);
    const rehearsal = sealedAll(held);
    rehearsal.play(coordinatorOfB, 'ListOpened', part(rehearsal, 'B', 'held', []));
    rehearsal.state = { ...rehearsal.state, status: 'completed' };
    expect(refusalOf(rehearsal.attempt(observer, 'ListOpened', part(rehearsal, 'A', 'held', held)))).toBe(
      'accepted',
    );
    const unbegun = sealedAll(held);
    unbegun.state = { ...unbegun.state, status: 'completed' };
    expect(refusalOf(unbegun.attempt(coordinatorOfA, 'ListOpened', part(unbegun, 'A', 'held', held)))).toBe(
      'Ended',
    );
  });

  it('[EX-27] are answered by the others, each for itself, and matched one to one', () => {
    const rehearsal = agreed();
    rehearsal.list(terms, [{ leg: 'A-B' as LegId, persons: 3, matched: true }]);
    const [first, second] = personsOf('A-B', 3);
    const [sought, other] = soughtOf('A-B', 3);
    const judge = (by = coordinatorOfB, entry = first!, more: object = {}): string =>
      refusalOf(
        rehearsal.attempt(by, 'EntryJudged', { judgements: [{ entry, verdict: 'acknowledged', ...more }] }),
      );
    expect(judge(coordinatorOfA)).toBe('OwnEntry');
    expect(judge(coordinatorOfB, first, { counterpart: other })).toBe('CounterpartUnfit');
    expect(judge(coordinatorOfB, first, { counterpart: second })).toBe('CounterpartUnfit');
    expect(judge(coordinatorOfB, first, { counterpart: sought })).toBe('accepted');
    expect(judge(coordinatorOfB, madeUpId('nobody') as EntryId)).toBe('Unknown');
    expect(judge(coordinatorOfB, first, { verdict: 'identity-queried' })).toBe('accepted');
    const [here, there] = [first!, sought!].map((id) => getFrom(rehearsal.state.entries, id));
    expect([here?.counterpart, there?.counterpart]).toEqual([undefined, undefined]);
    expect(here?.verdict).toEqual({ verdict: 'identity-queried', by: 'B' });
    expect(judge(coordinatorOfB, first, { counterpart: sought })).toBe('accepted');
    const twice = { judgements: [first!, first!].map((entry) => ({ entry, verdict: 'not-held' as const })) };
    expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'EntryJudged', twice))).toBe('EntryRepeated');
  });

  it('[EX-28] are commented on in rounds, answered before the next', () => {
    const rehearsal = agreed();
    rehearsal.list(terms, [{ leg: 'A-B' as LegId, persons: 1 }]);
    const entry = personsOf('A-B', 1)[0]!;
    const text = madeUpHash('comment');
    const comment = (round: number, by = coordinatorOfB): Attempt =>
      rehearsal.attempt(by, 'CommentMade', { entry, round, text });
    expect(refusalOf(comment(1, coordinatorOfA))).toBe('OwnEntry');
    expect(refusalOf(comment(2))).toBe('RoundOutOfOrder');
    for (const round of [1, 2]) {
      const made = comment(round);
      expect(refusalOf(made)).toBe('accepted');
      expect(refusalOf(comment(round + 1))).toBe('CommentOpen');
      const answer = { comment: made.id, text };
      expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'CommentAnswered', answer))).toBe('PartyMayNot');
      expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'CommentAnswered', answer))).toBe('accepted');
      expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'CommentAnswered', answer))).toBe('CommentAnswered');
    }
    expect(refusalOf(comment(3))).toBe('RoundsOver');
  });

  it('[EX-29] lose an entry only by the power that brought it', () => {
    const rehearsal = agreed();
    rehearsal.list(terms, [{ leg: 'A-B' as LegId, persons: 2 }]);
    rehearsal.askAndExamine('N', 'A', personsOf('A-B', 2));
    const entry = personsOf('A-B', 1)[0]!;
    const strike = { entry, reason: 'party-decision' as const };
    expect(refusalOf(rehearsal.attempt(coordinatorOfB, 'EntryStruck', strike))).toBe('PartyMayNot');
    rehearsal.play(coordinatorOfA, 'EntryStruck', strike);
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'EntryStruck', strike))).toBe('EntryStruck');
    const proposal = { tranche: madeUpId('t') as never, number: 1, persons: byLeg({ 'A-B': [entry] }) };
    expect(refusalOf(rehearsal.attempt(coordinatorOfA, 'TrancheProposed', proposal))).toBe('EntryStruck');
  });

  it('[EX-30] gain no late entry by a power that is let in besides the terms', () => {
    const rehearsal = new Rehearsal('late strangers');
    rehearsal.open(['A', 'B', 'C'], ['N']);
    rehearsal.agree(terms);
    rehearsal.list(terms, [{ leg: 'A-B' as LegId, persons: 1 }]);
    const opening = { ...openings('A-B', 1)[0]!, entry: madeUpId('late') as EntryId };
    const late = { list: rehearsal.listId('A' as PartyId, 'held'), opening, records: madeUpHash('late') };
    for (const role of ['coordinator', 'approver'] as const) {
      rehearsal.play(player('A', role), 'EntryAdded', late);
      expect(refusalOf(rehearsal.attempt(player('C', role), 'EntryAdded', late))).toBe('PartyMayNot');
    }
    expect(findIn(rehearsal.state.entries, opening.entry)).toBeUndefined();
  });

  it('[EX-30] gain a late entry by two persons of both sides', () => {
    const rehearsal = agreed();
    rehearsal.list(terms, [{ leg: 'A-B' as LegId, persons: 1 }]);
    const opening = { ...openings('A-B', 1)[0]!, entry: madeUpId('late') as EntryId };
    const late = { list: rehearsal.listId('A' as PartyId, 'held'), opening, records: madeUpHash('late') };
    const sign = (party: string, role: 'coordinator' | 'approver', body = late): string =>
      refusalOf(rehearsal.attempt(player(party, role), 'EntryAdded', body));
    expect(sign('B', 'coordinator')).toBe('PartyMayNot');
    expect(sign('A', 'coordinator')).toBe('accepted');
    expect(sign('A', 'coordinator')).toBe('SignedAlready');
    expect(sign('A', 'approver')).toBe('accepted');
    expect(sign('B', 'approver')).toBe('accepted');
    // Other words are another addition.
    expect(sign('B', 'coordinator', { ...late, records: madeUpHash('other') })).toBe('PartyMayNot');
    expect(findIn(rehearsal.state.entries, opening.entry)).toBeUndefined();
    expect(sign('B', 'coordinator')).toBe('accepted');
    expect(findIn(rehearsal.state.entries, opening.entry)?.verdicts).toEqual([
      { verdict: 'acknowledged', by: 'B' },
    ]);
    expect(sign('A', 'coordinator')).toBe('KnownAlready');
  });
});
