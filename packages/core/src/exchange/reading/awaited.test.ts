/** What is awaited of whom, in whole exchanges: every act was awaited of its signer before it came. */
import { describe, expect, it } from 'vitest';
import type { Act, ActKind } from '../acts.ts';
import { termsHash } from '../rules/agreement.ts';
import { findAwaited } from './awaited.ts';
import type { AwaitedKind } from './awaited.ts';
import type { ActId, LegId, PartyId, TrancheId } from '../act/ids.ts';
import { expectedLists, listRoot } from '../rules/lists.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import {
  byLeg,
  legOf,
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
} from '../../../testing/rehearsal.ts';
import type { Attempt } from '../../../testing/rehearsal.ts';
import { findImbalanceOf } from './summary.ts';
import type { Leg } from '../act/terms.ts';

const duties: Partial<Record<ActKind, AwaitedKind>> = {
  TermsAccepted: 'terms',
  ListSealed: 'seal',
  ListOpened: 'open',
  TrancheApproved: 'approvals',
  TrancheScheduled: 'schedule',
  MovementNotified: 'notice',
  MovementAcknowledged: 'acknowledgement',
  ManifestIssued: 'manifest',
  Departed: 'departure',
  HeadCounted: 'heads',
  StepReleased: 'release',
  StepReceived: 'receipt',
  IdentityConfirmed: 'identity',
  PersonTurnedBack: 'turning-back',
  ReturnConfirmed: 'returns',
  TrancheCertified: 'certificate',
  ExchangeCompleted: 'completion',
};

function dutyOf({ kind, body }: Act): AwaitedKind | undefined {
  return kind === 'ClearanceRecorded' && body.stage === 'at-line' ? 'clearance-at-line' : duties[kind];
}

/** A rehearsal that looks, before every act, whether it was awaited of whoever signs it. */
class Watched extends Rehearsal {
  readonly seen = new Set<AwaitedKind>();
  readonly surprises: string[] = [];

  override offer(draft: { readonly act: Act; readonly id: ActId }): Attempt {
    const duty = dutyOf(draft.act);
    const awaited = findAwaited(this.state);
    const party = findIn(this.state.keys, draft.act.by)?.party;
    const attempt = super.offer(draft);
    if (duty === undefined || attempt.decision.kind === 'refused') return attempt;
    this.seen.add(duty);
    if (!awaited.some(({ kind, parties }) => kind === duty && parties.includes(party!))) {
      this.surprises.push(`${draft.act.kind} of ${String(party)}`);
    }
    return attempt;
  }
}

const [there, back] = ['A-B', 'B-A'] as unknown as [LegId, LegId];
const leg = (id: LegId, from: string, to: string, count: number): Leg => ({
  id,
  from: from as PartyId,
  to: to as PartyId,
  lane: 'exchange',
  count,
});
// Eleven of one side cross for each of the other.
const terms = madeUpTerms({
  legs: [leg(there, 'A', 'B', 5), leg(back, 'B', 'A', 55)],
  couplings: [{ legs: [there, back], stepSize: byLeg({ 'A-B': 1, 'B-A': 11 }) }],
});
const withThird = madeUpTerms({ ...terms, legs: [...terms.legs, leg('C-B' as LegId, 'C', 'B', 1)] });
const sizes = { 'A-B': 1, 'B-A': 11 };
const everybody = byLeg({ 'A-B': personsOf(there, 5), 'B-A': personsOf(back, 55) });

function readied(): Watched {
  const watched = new Watched('awaited');
  watched.open(['A', 'B'], ['N']);
  watched.agree(terms);
  watched.list(terms, [
    { leg: there, persons: 5 },
    { leg: back, persons: 55 },
  ]);
  return watched;
}

describe('what is awaited', () => {
  it('[EX-67] was awaited of its signer before every act of a whole exchange, and is nothing at its end', () => {
    const r = readied();
    for (const [id, giver] of [
      [there, 'A'],
      [back, 'B'],
    ] as const) {
      r.askAndExamine('N', giver, everybody[id]!);
    }
    const tranche = r.prepare(terms, 1, everybody);
    r.carry(terms, tranche, sizes, 'N', [everybody[back]![54]!]);
    r.certify(tranche, 'N');
    r.complete(terms);
    expect(r.surprises).toEqual([]);
    expect([...r.seen].sort()).toEqual(
      [...Object.values(duties), 'clearance-at-line'].filter((kind) => kind !== 'turning-back').sort(),
    );
    expect(findAwaited(r.state)).toEqual([]);
  });

  it('[EX-67] names who is to ask, examine, count again and take back', () => {
    const r = readied();
    const kinds = (): readonly string[] =>
      findAwaited(r.state).map(({ kind, parties, persons }) =>
        [kind, parties.join('/'), persons].filter((part) => part !== undefined).join(' '),
      );
    expect(kinds()).toEqual([]);
    const tranche = madeUpId('tranche awaited') as TrancheId;
    r.play(player('A', 'coordinator'), 'TrancheProposed', { tranche, number: 1, persons: everybody });
    expect(kinds()).toEqual(['approvals A', 'approvals B', 'clearance N 5', 'clearance N 55']);
    r.askAndExamine('N', 'A', everybody[there]!);
    r.askAndExamine('N', 'B', everybody[back]!);
    const { hash } = getFrom(r.state.tranches, tranche);
    r.play(player('A', 'coordinator'), 'TrancheApproved', { tranche, hash });
    expect(findAwaited(r.state).map(({ has, needs }) => [has, needs])).toEqual([
      [1, 2],
      [0, 2],
    ]);
    r.play(player('A', 'approver'), 'TrancheApproved', { tranche, hash });
    for (const role of ['coordinator', 'approver'] as const) {
      r.play(player('B', role), 'TrancheApproved', { tranche, hash });
    }
    expect(kinds()).toEqual(['schedule HOST']);
    r.schedule(terms, tranche, [there, back]);
    expect(kinds()).toEqual(['manifest A', 'manifest B']);
    const ref = { tranche, leg: there, step: 1 };
    const officer = player(legOf(terms, there).from, 'officer');
    const persons = everybody[there]!.slice(0, 1);
    r.play(officer, 'ManifestIssued', { ...ref, vehicle: 'bus', persons });
    r.play(officer, 'Departed', ref);
    r.play(officer, 'HeadCounted', { ...ref, place: 'departure', count: 1 });
    r.play(player('N', 'observer'), 'HeadCounted', { ...ref, place: 'departure', count: 2 });
    // Two counts that differ: both count again, and nothing coupled leaves before.
    expect(kinds()).toEqual(['heads A', 'heads N', 'clearance-at-line N 1']);
    r.play(player('N', 'observer'), 'HeadCounted', { ...ref, place: 'departure', count: 1 });
    r.play(player('N', 'observer'), 'ClearanceRecorded', {
      stage: 'at-line',
      persons: [{ entry: persons[0]!, cleared: true }],
    });
    r.play(officer, 'StepReleased', ref);
    r.play(player('B', 'officer'), 'IdentityRejected', { ...ref, person: persons[0]! });
    expect(kinds()).toEqual(['turning-back A 1', 'receipt B', 'heads N']);
    r.play(player('A', 'coordinator'), 'ExchangeSuspended', {});
    expect(kinds()).toEqual(['turning-back A 1', 'receipt B', 'heads N']);
  });

  it('[EX-67] is the route of a leg also once another leg has departed, and of none with nobody to go', () => {
    const r = readied();
    r.askAndExamine('N', 'A', everybody[there]!);
    r.askAndExamine('N', 'B', everybody[back]!);
    const tranche = madeUpId('tranche by legs') as TrancheId;
    const [one] = everybody[back]!;
    const persons = { ...everybody, [back]: [one!] };
    r.play(player('A', 'coordinator'), 'TrancheProposed', { tranche, number: 1, persons });
    const { hash } = getFrom(r.state.tranches, tranche);
    for (const party of ['A', 'B']) {
      for (const role of ['coordinator', 'approver'] as const) {
        r.play(player(party, role), 'TrancheApproved', { tranche, hash });
      }
    }
    r.schedule(terms, tranche, [there]);
    r.bringToLine(terms, { tranche, leg: there, step: 1 }, everybody[there]!.slice(0, 1), 'N');
    const isAwaited = (): boolean => findAwaited(r.state).some(({ kind }) => kind === 'schedule');
    expect(isAwaited()).toBe(true);
    r.play(player('B', 'coordinator'), 'EntryStruck', { entry: one! });
    expect(isAwaited()).toBe(false);
  });

  it('[EX-67] is no opening of a list while the exchange is suspended, unless one has begun to open', () => {
    const r = new Watched('suspended');
    r.open(['A', 'B', 'C'], ['N']);
    r.agree(terms);
    const sealed = expectedLists(terms).map(({ party, list: kind }) => {
      const list = r.listId(party, kind);
      const openings = { list, root: listRoot([]), count: 0 };
      const [records, escrow] = [madeUpHash('records'), madeUpHash('escrow')];
      r.play(player(party, 'coordinator'), 'ListSealed', { ...openings, kind, records, escrow });
      return { party, list };
    });
    const kinds = (): readonly string[] => findAwaited(r.state).map(({ kind }) => kind);
    const suspend = (): ActId => r.play(player('B', 'coordinator'), 'ExchangeSuspended', {});
    const open = ({ party, list }: (typeof sealed)[number]): Attempt =>
      r.attempt(player(party, 'coordinator'), 'ListOpened', {
        list,
        part: 1,
        parts: 1,
        entries: [],
        reveal: madeUpHash('reveal'),
      });
    const suspension = suspend();
    expect(open(sealed[0]!).decision.kind).toBe('refused');
    expect(kinds()).toEqual([]);
    r.play(player('B', 'coordinator'), 'ExchangeResumed', { suspension });
    expect(open(sealed[0]!).decision.kind).toBe('accepted');
    suspend();
    expect(kinds()).toEqual(sealed.slice(1).map(() => 'open'));
    // Terms that come to expect a list of one power more keep none of the others shut.
    r.play(r.host, 'TermsAmended', { replaces: termsHash(terms), terms: withThird });
    r.accept(withThird);
    expect(kinds()).toEqual(sealed.slice(1).map(() => 'open'));
    for (const one of sealed.slice(1)) expect(open(one).decision.kind).toBe('accepted');
    expect(kinds()).toEqual([]);
  });

  it('[EX-67] is neither approval nor will nor finding where somebody of the tranche can no longer go', () => {
    const r = readied();
    const tranche = madeUpId('tranche struck') as TrancheId;
    r.play(player('A', 'coordinator'), 'TrancheProposed', { tranche, number: 1, persons: everybody });
    const struck = everybody[there]![0]!;
    r.play(player('A', 'coordinator'), 'EntryStruck', { entry: struck });
    const { hash } = getFrom(r.state.tranches, tranche);
    const approval = r.attempt(player('B', 'approver'), 'TrancheApproved', { tranche, hash });
    expect(approval.decision).toMatchObject({ kind: 'refused', refusal: { kind: 'EntryStruck' } });
    expect(findAwaited(r.state).map(({ kind, persons }) => [kind, persons])).toEqual([
      ['clearance', 4],
      ['clearance', 55],
    ]);
    const persons = { ...everybody, [there]: everybody[there]!.slice(1) };
    r.play(player('A', 'coordinator'), 'TrancheProposed', { tranche, number: 1, persons });
    expect(findAwaited(r.state).filter(({ kind }) => kind === 'approvals')).toHaveLength(2);
  });

  it('[EX-67] is no word on terms that would undo by now what has crossed', () => {
    const r = readied();
    r.askAndExamine('N', 'A', everybody[there]!);
    const fewer = madeUpTerms({ ...terms, couplings: [], legs: [leg(there, 'A', 'B', 5)] });
    r.play(r.host, 'TermsAmended', { replaces: termsHash(terms), terms: fewer });
    const isAwaited = (): boolean => findAwaited(r.state).some(({ kind }) => kind === 'terms');
    expect(isAwaited()).toBe(true);
    r.askAndExamine('N', 'B', everybody[back]!);
    const tranche = r.prepare(terms, 1, everybody);
    const step = { tranche, leg: back, step: 1 };
    r.bringToLine(terms, step, everybody[back]!.slice(0, 11), 'N');
    r.cross(terms, step, 'N');
    const word = r.attempt(player('A', 'coordinator'), 'TermsAccepted', { terms: termsHash(fewer) });
    expect(word.decision).toMatchObject({ kind: 'refused', refusal: { kind: 'TermsFaulty' } });
    expect(isAwaited()).toBe(false);
  });

  it('[EX-68] unlike legs that have come equally far are even', () => {
    const r = readied();
    r.askAndExamine('N', 'A', everybody[there]!);
    r.askAndExamine('N', 'B', everybody[back]!);
    const tranche = r.prepare(terms, 1, everybody);
    const gap = () => findImbalanceOf(r.state, terms.couplings[0]!)!;
    expect(gap().persons).toBe(0);
    const one = { tranche, leg: back, step: 1 };
    const other = { tranche, leg: there, step: 1 };
    r.bringToLine(terms, one, everybody[back]!.slice(0, 11), 'N');
    r.bringToLine(terms, other, everybody[there]!.slice(0, 1), 'N');
    r.cross(terms, one, 'N');
    expect(gap()).toEqual({ ahead: back, behind: there, persons: 11, stepSize: 11 });
    r.cross(terms, other, 'N');
    expect(gap().persons).toBe(0);
  });
});
